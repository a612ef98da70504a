import wesprint.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=wesprint.kernel.ids.new_secret, editable=False, max_length=40, unique=True)),
                ('scope', models.CharField(max_length=60)),
                ('purpose', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('sizes', models.JSONField(default=list)),
                ('is_public', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['digest'], name='file_by_digest'), models.Index(fields=['scope', 'purpose'], name='file_by_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('width__gt', 0), ('height__gt', 0)), name='file_has_an_extent')],
            },
        ),
    ]
