from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('command', models.CharField(max_length=80)),
                ('actor', models.CharField(max_length=120)),
                ('scope', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=100)),
                ('cause', models.CharField(blank=True, max_length=300)),
                ('changes', models.JSONField(default=list)),
                ('occurred_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['scope', 'recorded_at'], name='audit_scope_time'), models.Index(fields=['actor', 'recorded_at'], name='audit_actor_time')],
            },
        ),
    ]
