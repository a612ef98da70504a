from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Command',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=80)),
                ('payload_hash', models.CharField(max_length=64)),
                ('result', models.JSONField(null=True)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['recorded_at'], name='command_recorded_at')],
                'constraints': [models.UniqueConstraint(fields=('scope', 'key'), name='command_once_per_scope_and_key')],
            },
        ),
    ]
