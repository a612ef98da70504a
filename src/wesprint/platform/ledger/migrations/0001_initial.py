import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agents', '0001_initial'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='organisations.centre')),
            ],
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('based_on', models.CharField(max_length=60)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='organisations.centre')),
            ],
            options={
                'verbose_name_plural': 'processes',
            },
        ),
        migrations.CreateModel(
            name='ResourceSpecification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('code', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('unit', models.CharField(max_length=5)),
                ('may_be_negative', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('unit__in', ['piece', 'g', 'ct', 's', 'm', 'Wh'])), name='specification_unit_known')],
            },
        ),
        migrations.CreateModel(
            name='EconomicResource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('unit', models.CharField(max_length=5)),
                ('accounting_quantity', models.BigIntegerField(default=0)),
                ('onhand_quantity', models.BigIntegerField(default=0)),
                ('may_be_negative', models.BooleanField(default=False)),
                ('current_location', models.CharField(blank=True, max_length=60)),
                ('stage', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(blank=True, max_length=60)),
                ('tracking_identifier', models.CharField(blank=True, max_length=60)),
                ('lot', models.CharField(blank=True, max_length=60)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='organisations.centre')),
                ('contained_in', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='ledger.economicresource')),
                ('custodian', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='agents.agent')),
                ('primary_accountable', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='accountable_for', to='agents.agent')),
                ('conforms_to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='ledger.resourcespecification')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('contained_in__isnull', False)), fields=['contained_in'], name='resource_contained_in'), models.Index(condition=models.Q(('tracking_identifier', ''), _negated=True), fields=['tracking_identifier'], name='resource_tracking')],
                'constraints': [models.CheckConstraint(condition=models.Q(('unit__in', ['piece', 'g', 'ct', 's', 'm', 'Wh'])), name='resource_unit_known'), models.CheckConstraint(condition=models.Q(('may_be_negative', True), models.Q(('accounting_quantity__gte', 0), ('onhand_quantity__gte', 0)), _connector='OR'), name='resource_not_negative'), models.CheckConstraint(condition=models.Q(('contained_in__isnull', True), models.Q(('contained_in', models.F('id')), _negated=True), _connector='OR'), name='resource_not_in_itself')],
            },
        ),
        migrations.CreateModel(
            name='EconomicEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('scope', models.CharField(max_length=60)),
                ('action', models.CharField(max_length=20)),
                ('flow', models.CharField(max_length=30)),
                ('provider_commitment', models.CharField(blank=True, max_length=64)),
                ('receiver_commitment', models.CharField(blank=True, max_length=64)),
                ('resource_classified_as', models.JSONField(default=list)),
                ('resource_quantity', models.BigIntegerField(null=True)),
                ('resource_unit', models.CharField(blank=True, max_length=5)),
                ('effort_quantity', models.BigIntegerField(null=True)),
                ('effort_unit', models.CharField(blank=True, max_length=5)),
                ('accounting_change', models.BigIntegerField(default=0)),
                ('onhand_change', models.BigIntegerField(default=0)),
                ('basis', models.CharField(max_length=10)),
                ('at_location', models.CharField(blank=True, max_length=60)),
                ('to_location', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(blank=True, max_length=60)),
                ('occurred_at', models.DateTimeField()),
                ('occurred_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('command', models.BigIntegerField()),
                ('leaf_hash', models.CharField(max_length=64)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='organisations.centre')),
                ('corrects', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='ledger.economicevent')),
                ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events_provided', to='agents.agent')),
                ('realization_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ledger.agreement')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events_received', to='agents.agent')),
                ('resource_inventoried_as', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ledger.economicresource')),
                ('to_resource_inventoried_as', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events_to', to='ledger.economicresource')),
                ('input_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='ledger.process')),
                ('output_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outputs', to='ledger.process')),
                ('resource_conforms_to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ledger.resourcespecification')),
            ],
            options={
                'indexes': [models.Index(fields=['centre', 'occurred_on'], name='event_centre_day'), models.Index(condition=models.Q(('resource_inventoried_as__isnull', False)), fields=['resource_inventoried_as'], name='event_resource'), models.Index(condition=models.Q(('to_resource_inventoried_as__isnull', False)), fields=['to_resource_inventoried_as'], name='event_to_resource'), models.Index(condition=models.Q(('input_of__isnull', False)), fields=['input_of'], name='event_input_of'), models.Index(condition=models.Q(('output_of__isnull', False)), fields=['output_of'], name='event_output_of'), models.Index(condition=models.Q(('realization_of__isnull', False)), fields=['realization_of'], name='event_realization_of'), models.Index(condition=models.Q(('corrects__isnull', False)), fields=['corrects'], name='event_corrects')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action__in', ['produce', 'consume', 'use', 'work', 'cite', 'deliverService', 'accept', 'modify', 'combine', 'separate', 'pickup', 'dropoff', 'transfer', 'transferCustody', 'transferAllRights', 'move', 'copy', 'raise', 'lower'])), name='event_action'), models.CheckConstraint(condition=models.Q(models.Q(('resource_quantity__isnull', True), ('resource_unit', '')), models.Q(('resource_quantity__isnull', False), ('resource_unit__in', ['piece', 'g', 'ct', 's', 'm', 'Wh'])), _connector='OR'), name='event_resource_unit_known'), models.CheckConstraint(condition=models.Q(models.Q(('effort_quantity__isnull', True), ('effort_unit', '')), models.Q(('effort_quantity__isnull', False), ('effort_unit__in', ['piece', 'g', 'ct', 's', 'm', 'Wh'])), _connector='OR'), name='event_effort_unit_known'), models.CheckConstraint(condition=models.Q(('resource_quantity__isnull', False), ('effort_quantity__isnull', False), _connector='OR'), name='event_has_quantity'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('action__in', ['work']), _negated=True), ('resource_quantity__isnull', True), _connector='OR'), models.Q(models.Q(('action__in', ['accept', 'cite', 'combine', 'consume', 'copy', 'deliverService', 'dropoff', 'lower', 'modify', 'move', 'pickup', 'produce', 'raise', 'separate', 'transfer', 'transferAllRights', 'transferCustody']), _negated=True), ('effort_quantity__isnull', True), _connector='OR')), name='event_quantity_of_action'), models.CheckConstraint(condition=models.Q(('corrects__isnull', False), models.Q(models.Q(('resource_quantity__isnull', True), ('resource_quantity__gte', 0), _connector='OR'), models.Q(('effort_quantity__isnull', True), ('effort_quantity__gte', 0), _connector='OR')), _connector='OR'), name='event_negative_only_corrects'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(models.Q(('resource_quantity__isnull', True), ('resource_quantity__lte', 0), _connector='OR'), models.Q(('effort_quantity__isnull', True), ('effort_quantity__lte', 0), _connector='OR')), _connector='OR'), name='event_correction_negative'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('action__in', ['accept', 'cite', 'combine', 'consume', 'copy', 'deliverService', 'move', 'pickup', 'transfer', 'transferAllRights', 'transferCustody', 'use', 'work']), _negated=True), ('provider__isnull', False), _connector='OR'), models.Q(models.Q(('action__in', ['copy', 'deliverService', 'dropoff', 'modify', 'move', 'produce', 'separate', 'transfer', 'transferAllRights', 'transferCustody']), _negated=True), ('receiver__isnull', False), _connector='OR'), models.Q(('provider__isnull', False), ('receiver__isnull', False), _connector='OR')), name='event_agents_of_action'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('action__in', ['copy', 'dropoff', 'lower', 'modify', 'move', 'produce', 'raise', 'separate', 'transfer', 'transferAllRights', 'transferCustody']), _negated=True), ('input_of__isnull', True), _connector='OR'), models.Q(models.Q(('action__in', ['accept', 'cite', 'combine', 'consume', 'copy', 'lower', 'move', 'pickup', 'raise', 'transfer', 'transferAllRights', 'transferCustody', 'use', 'work']), _negated=True), ('output_of__isnull', True), _connector='OR'), models.Q(models.Q(('action__in', ['accept', 'dropoff', 'modify', 'pickup']), _negated=True), ('input_of__isnull', False), ('output_of__isnull', False), _connector='OR')), name='event_process_of_action'), models.CheckConstraint(condition=models.Q(models.Q(('action__in', ['accept', 'cite', 'consume', 'deliverService', 'dropoff', 'lower', 'modify', 'pickup', 'produce', 'raise', 'separate', 'use', 'work']), _negated=True), ('to_resource_inventoried_as__isnull', True), _connector='OR'), name='event_to_resource_of_action'), models.CheckConstraint(condition=models.Q(models.Q(('provider__isnull', True), ('provider_commitment', '')), models.Q(('provider__isnull', False), models.Q(('provider_commitment', ''), _negated=True)), _connector='OR'), name='event_provider_committed'), models.CheckConstraint(condition=models.Q(models.Q(('receiver__isnull', True), ('receiver_commitment', '')), models.Q(('receiver__isnull', False), models.Q(('receiver_commitment', ''), _negated=True)), _connector='OR'), name='event_receiver_committed'), models.CheckConstraint(condition=models.Q(('basis__in', ['measured', 'estimated', 'none'])), name='event_basis_known'), models.CheckConstraint(condition=models.Q(('flow', ''), _negated=True), name='event_has_flow')],
            },
        ),
        migrations.CreateModel(
            name='UnfoldedEvent',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='unfolded', serialize=False, to='ledger.economicevent')),
            ],
        ),
        migrations.CreateModel(
            name='RollUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grain', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], max_length=5)),
                ('starts_on', models.DateField()),
                ('flow', models.CharField(max_length=30)),
                ('action', models.CharField(max_length=20)),
                ('measure', models.CharField(choices=[('resource', 'Resource'), ('effort', 'Effort')], max_length=8)),
                ('unit', models.CharField(max_length=5)),
                ('basis', models.CharField(max_length=10)),
                ('quantity', models.BigIntegerField()),
                ('accounting_change', models.BigIntegerField()),
                ('onhand_change', models.BigIntegerField()),
                ('events', models.BigIntegerField()),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='roll_ups', to='organisations.centre')),
                ('resource_conforms_to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='roll_ups', to='ledger.resourcespecification')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'grain', 'starts_on', 'flow', 'action', 'resource_conforms_to', 'measure', 'unit', 'basis'), name='roll_up_once'), models.CheckConstraint(condition=models.Q(('grain__in', ['day', 'month', 'year'])), name='roll_up_grain'), models.CheckConstraint(condition=models.Q(('measure__in', ['resource', 'effort'])), name='roll_up_measure')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='organisations.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'number'), name='seal_number_once'), models.UniqueConstraint(fields=('centre', 'previous'), name='seal_chain_no_fork'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('size__gte', 1)), name='seal_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='SealLeaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('leaf_hash', models.CharField(max_length=64)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal_leaf', to='ledger.economicevent')),
                ('seal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='ledger.seal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seal', 'position'), name='seal_leaf_position_once')],
            },
        ),
        migrations.CreateModel(
            name='Intent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('action', models.CharField(max_length=20)),
                ('quantity', models.BigIntegerField()),
                ('unit', models.CharField(max_length=5)),
                ('due', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('open', 'Open'), ('satisfied', 'Satisfied'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intents', to='organisations.centre')),
                ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='intents_provided', to='agents.agent')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='intents_received', to='agents.agent')),
                ('resource_inventoried_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='intents', to='ledger.economicresource')),
                ('resource_conforms_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='intents', to='ledger.resourcespecification')),
            ],
            options={
                'indexes': [models.Index(fields=['centre', 'state', 'due'], name='intent_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action__in', ['produce', 'consume', 'use', 'work', 'cite', 'deliverService', 'accept', 'modify', 'combine', 'separate', 'pickup', 'dropoff', 'transfer', 'transferCustody', 'transferAllRights', 'move', 'copy', 'raise', 'lower'])), name='intent_action'), models.CheckConstraint(condition=models.Q(('unit__in', ['piece', 'g', 'ct', 's', 'm', 'Wh'])), name='intent_unit_known'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='intent_quantity'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'satisfied', 'withdrawn'])), name='intent_state_known'), models.CheckConstraint(condition=models.Q(('provider__isnull', False), ('receiver__isnull', False), _connector='OR'), name='intent_of_somebody')],
            },
        ),
    ]
