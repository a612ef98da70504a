import wesprint.kernel.ids
import wesprint.platform.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('scope', models.CharField(max_length=60)),
                ('template', models.CharField(max_length=80)),
                ('language', models.CharField(max_length=12)),
                ('to', models.EmailField(blank=True, max_length=254)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('body', models.TextField(blank=True)),
                ('unsubscribe', models.CharField(blank=True, default='', max_length=300)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Sending'), ('sent', 'Sent'), ('uncertain', 'Uncertain'), ('failed', 'Failed')], default='waiting', max_length=9)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('purged_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'tried_at'], name='letter_by_state'), models.Index(fields=['to'], name='letter_by_address'), models.Index(fields=['created_at'], name='letter_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sending', 'sent', 'uncertain', 'failed'])), name='letter_state_known'), models.CheckConstraint(condition=models.Q(('purged_at__isnull', True), models.Q(('body', ''), ('subject', ''), ('to', '')), _connector='OR'), name='letter_purged_is_empty')],
            },
        ),
    ]
