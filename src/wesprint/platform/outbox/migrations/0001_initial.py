import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('scope', models.CharField(max_length=60)),
                ('payload', models.JSONField(default=dict)),
                ('command', models.CharField(max_length=80)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['recorded_at'], name='outbox_recorded_at')],
            },
        ),
        migrations.CreateModel(
            name='Failure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(max_length=80)),
                ('attempt', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(max_length=500)),
                ('dead', models.BooleanField(default=False)),
                ('failed_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='failures', to='outbox.outboxevent')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dead', True)), fields=['failed_at'], name='outbox_dead_failures')],
                'constraints': [models.UniqueConstraint(fields=('event', 'handler', 'attempt'), name='outbox_failure_numbered')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(max_length=80)),
                ('delivered_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='outbox.outboxevent')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'handler'), name='outbox_delivered_once')],
            },
        ),
    ]
