import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('goods', '0001_initial'),
        ('ledger', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('lot', models.CharField(blank=True, max_length=60)),
                ('unit', models.CharField(choices=[('piece', 'pieces'), ('g', 'by weight')], max_length=5)),
                ('price_cents', models.BigIntegerField()),
                ('grams_each', models.BigIntegerField(default=1)),
                ('bought', models.BigIntegerField()),
                ('left', models.BigIntegerField()),
                ('bought_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_lots', to='organisations.centre')),
                ('resource', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_lot', to='ledger.economicresource')),
            ],
            options={
                'indexes': [models.Index(models.F('centre'), models.F('name'), models.F('id'), condition=models.Q(('left__gt', 0)), name='lot_in_stock')],
                'constraints': [models.CheckConstraint(condition=models.Q(('unit__in', ['piece', 'g'])), name='lot_unit_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='lot_says_what'), models.CheckConstraint(condition=models.Q(('bought__gt', 0), ('left__gte', 0), ('left__lte', models.F('bought'))), name='lot_left_of_bought'), models.CheckConstraint(condition=models.Q(('grams_each__gt', 0), ('price_cents__gte', 0)), name='lot_weighs_and_costs')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('repair', 'Repair'), ('upcycle', 'Upcycling'), ('customer', 'Repair for a customer')], max_length=10)),
                ('state', models.CharField(choices=[('assess', 'to assess'), ('in-work', 'in work'), ('waiting', 'waiting for parts'), ('done', 'done'), ('failed', 'did not work out')], default='assess', max_length=10)),
                ('title', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('asked_cents', models.BigIntegerField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('weighed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('loss_g', models.BigIntegerField(default=0)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_orders', to='organisations.centre')),
                ('process', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='order', to='ledger.process')),
            ],
            options={
                'indexes': [models.Index(models.F('centre'), models.F('state'), models.F('number'), name='order_board'), models.Index(models.F('centre'), models.OrderBy(models.F('closed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='order_closed')],
                'constraints': [models.UniqueConstraint(fields=('centre', 'number'), name='order_number_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['repair', 'upcycle', 'customer'])), name='order_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['assess', 'in-work', 'waiting', 'done', 'failed'])), name='order_state_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='order_says_what'), models.CheckConstraint(condition=models.Q(('loss_g__gte', 0)), name='order_loses_no_less'), models.CheckConstraint(condition=models.Q(('asked_cents__isnull', True), ('asked_cents__gte', 0), _connector='OR'), name='order_price_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state__in', ['assess', 'in-work', 'waiting'])), models.Q(models.Q(('state__in', ['assess', 'in-work', 'waiting']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='order_closed_since'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('weighed_at__isnull', False), _connector='OR'), name='order_done_is_weighed')],
            },
        ),
        migrations.CreateModel(
            name='CustomerRepair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('link_until', models.DateTimeField()),
                ('electrical', models.BooleanField(default=False)),
                ('tested_at', models.DateTimeField(null=True)),
                ('test_passed', models.BooleanField(null=True)),
                ('fault', models.CharField(blank=True, max_length=500)),
                ('estimate_cents', models.BigIntegerField(null=True)),
                ('estimate_note', models.CharField(blank=True, max_length=500)),
                ('estimated_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.CharField(blank=True, choices=[('link', 'by the link'), ('telephone', 'by telephone'), ('counter', 'at the counter')], max_length=10)),
                ('declined_at', models.DateTimeField(null=True)),
                ('ready_at', models.DateTimeField(null=True)),
                ('price_cents', models.BigIntegerField(null=True)),
                ('picked_up_at', models.DateTimeField(null=True)),
                ('custody', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_repair', to='ledger.economicresource')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workshop_repairs', to='people.person')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='repair', to='workshop.order')),
            ],
            options={
                'indexes': [models.Index(models.F('ready_at'), condition=models.Q(('picked_up_at__isnull', True)), name='repair_ready')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('estimate_cents__isnull', True), ('estimated_at__isnull', True)), models.Q(('estimate_cents__gte', 0), ('estimated_at__isnull', False)), _connector='OR'), name='repair_estimate_dated'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by', '')), models.Q(('approved_at__isnull', False), ('estimated_at__isnull', False), models.Q(('approved_by', ''), _negated=True)), _connector='OR'), name='repair_approval_says_how'), models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='repair_yes_or_no'), models.CheckConstraint(condition=models.Q(('price_cents__isnull', True), models.Q(('picked_up_at__isnull', False), ('price_cents__gte', 0)), _connector='OR'), name='repair_paid_at_pick_up'), models.CheckConstraint(condition=models.Q(models.Q(('test_passed__isnull', True), ('tested_at__isnull', True)), models.Q(('test_passed__isnull', False), ('tested_at__isnull', False)), _connector='OR'), name='repair_test_has_result')],
            },
        ),
        migrations.CreateModel(
            name='OrderItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_work', models.BooleanField(default=True)),
                ('mass_g', models.BigIntegerField(null=True)),
                ('added_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workshop_orders', to='goods.item')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bench', to='workshop.order')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('in_work', True)), fields=('item',), name='item_in_one_order'), models.CheckConstraint(condition=models.Q(('mass_g__isnull', True), ('mass_g__gt', 0), _connector='OR'), name='order_item_weighs')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('material', models.CharField(blank=True, max_length=12)),
                ('mass_g', models.BigIntegerField()),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='workshop_results', to='goods.item')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='workshop.order')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('mass_g__gt', 0)), name='result_weighs_something'), models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('material', '')), models.Q(('item__isnull', True), models.Q(('material', ''), _negated=True)), _connector='OR'), name='result_item_or_material'), models.UniqueConstraint(fields=('order', 'item'), name='result_item_once')],
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('count', models.BigIntegerField()),
                ('mass_g', models.BigIntegerField()),
                ('cents', models.BigIntegerField()),
                ('noted_at', models.DateTimeField()),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='workshop.lot')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='workshop.order')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cents__gte', 0), ('count__gt', 0), ('mass_g__gt', 0)), name='use_is_something')],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('role', models.CharField(choices=[('volunteer', 'Volunteers'), ('placement', 'Placements'), ('staff', 'Staff'), ('workshop-lead', 'Workshop lead')], max_length=14)),
                ('seconds', models.BigIntegerField()),
                ('cents', models.BigIntegerField()),
                ('noted_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.economicevent')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work', to='workshop.order')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['order', 'role'], name='work_by_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['volunteer', 'placement', 'staff', 'workshop-lead'])), name='work_role_known'), models.CheckConstraint(condition=models.Q(('cents__gte', 0), ('seconds__gt', 0)), name='work_takes_time')],
            },
        ),
        migrations.CreateModel(
            name='WorkshopRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('rate.volunteer', 'an hour of volunteers, in cents'), ('rate.placement', 'an hour of a placement, in cents'), ('rate.staff', 'an hour of staff, in cents'), ('rate.workshop-lead', 'an hour of the workshop lead, in cents'), ('loss-percent', 'dust of a job, at most per cent of what went in')], max_length=24)),
                ('value', models.PositiveIntegerField()),
                ('since', models.DateField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workshop_rules', to='organisations.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'name', 'since'), name='workshop_rule_once'), models.CheckConstraint(condition=models.Q(('name__in', ['rate.volunteer', 'rate.placement', 'rate.staff', 'rate.workshop-lead', 'loss-percent'])), name='workshop_rule_known')],
            },
        ),
    ]
