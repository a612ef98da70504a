import wesprint.kernel.ids
import wesprint.platform.agents.models
import wesprint.platform.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('Person', 'Person'), ('Organization', 'Organization'), ('EcologicalAgent', 'Ecological')], max_length=20)),
                ('salt', models.CharField(blank=True, default=wesprint.platform.agents.models.new_salt, max_length=32)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['Person', 'Organization', 'EcologicalAgent'])), name='agent_kind_known')],
            },
        ),
    ]
