import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(max_length=30)),
                ('state', models.CharField(choices=[('uploaded', 'waits for its columns'), ('checking', 'is being checked'), ('checked', 'checked'), ('importing', 'is being imported'), ('indexing', 'is being made findable'), ('done', 'imported'), ('failed', 'failed'), ('discarded', 'discarded')], default='uploaded', max_length=10)),
                ('file_name', models.CharField(max_length=120)),
                ('size', models.BigIntegerField()),
                ('format', models.CharField(max_length=4)),
                ('encoding', models.CharField(blank=True, max_length=20)),
                ('delimiter', models.CharField(blank=True, max_length=1)),
                ('headings', models.JSONField(default=list)),
                ('first_rows', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('defaults', models.JSONField(default=dict)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('faulty', models.PositiveIntegerField(default=0)),
                ('progress', models.CharField(blank=True, max_length=40)),
                ('command', models.BigIntegerField(null=True)),
                ('result', models.CharField(blank=True, max_length=40)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('uploaded_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='organisations.centre')),
            ],
            options={
                'indexes': [models.Index(fields=['centre', '-uploaded_at'], name='import_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checking', 'checked', 'importing', 'indexing', 'done', 'failed', 'discarded'])), name='import_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('rows', models.JSONField(default=list)),
                ('faults', models.JSONField(default=list)),
                ('parent', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='imports.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('parent', 'number'), name='import_chunk_once')],
            },
        ),
    ]
