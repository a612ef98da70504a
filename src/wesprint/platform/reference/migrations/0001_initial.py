import django.db.models.deletion
import wesprint.platform.base.words
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', wesprint.platform.base.words.WordsField()),
                ('publisher', wesprint.platform.base.words.WordsField()),
                ('year', models.PositiveSmallIntegerField()),
                ('licence', wesprint.platform.base.words.WordsField()),
                ('boundary', wesprint.platform.base.words.WordsField()),
                ('pedigree', models.CharField(blank=True, max_length=20)),
                ('note', wesprint.platform.base.words.WordsField()),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('name_de', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=60)),
                ('synonyms_de', models.CharField(blank=True, max_length=300)),
                ('synonyms_en', models.CharField(blank=True, max_length=300)),
                ('icon', models.CharField(max_length=40)),
                ('electrical', models.BooleanField(default=False)),
                ('batch', models.BooleanField(default=False)),
                ('name_uk', models.CharField(blank=True, max_length=60)),
                ('name_ar', models.CharField(blank=True, max_length=60)),
                ('name_tr', models.CharField(blank=True, max_length=60)),
                ('google_id', models.PositiveIntegerField(null=True)),
                ('google_path', models.CharField(blank=True, max_length=160)),
                ('waste_code', models.CharField(blank=True, max_length=8)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='reference.category')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='SafetyGate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('slug', models.SlugField(max_length=40)),
                ('kind', models.CharField(choices=[('never-sell', 'is never sold'), ('needs-test', 'needs a passed test'), ('needs-data', 'needs product data online')], max_length=10)),
                ('electrical', models.BooleanField(default=False)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('reason_de', models.CharField(max_length=200)),
                ('reason_en', models.CharField(max_length=200)),
                ('category', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='safety_gates', to='reference.category')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('slug',), name='safety_gate_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='safety_gate_dates'), models.CheckConstraint(condition=models.Q(('kind__in', ['never-sell', 'needs-test', 'needs-data'])), name='safety_gate_kind_known'), models.CheckConstraint(condition=models.Q(('category__isnull', False), ('electrical', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='safety_gate_is_about_something')],
            },
        ),
        migrations.CreateModel(
            name='PriceGuide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('per', models.CharField(choices=[('piece', 'Piece'), ('kg', 'Kilogram')], max_length=10)),
                ('grade_a_ct', models.PositiveIntegerField()),
                ('grade_b_ct', models.PositiveIntegerField()),
                ('grade_c_ct', models.PositiveIntegerField()),
                ('grade_d_ct', models.PositiveIntegerField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_guides', to='reference.category')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('category',), name='price_guide_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='price_guide_dates')],
            },
        ),
        migrations.CreateModel(
            name='MassEstimate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('low_g', models.PositiveIntegerField()),
                ('central_g', models.PositiveIntegerField()),
                ('high_g', models.PositiveIntegerField()),
                ('max_plausible_g', models.PositiveIntegerField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='masses', to='reference.category')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('category',), name='mass_estimate_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='mass_estimate_dates'), models.CheckConstraint(condition=models.Q(('central_g__lte', models.F('high_g')), ('low_g__gte', 0), ('low_g__lte', models.F('central_g'))), name='mass_estimate_not_crossed'), models.CheckConstraint(condition=models.Q(('max_plausible_g__gte', models.F('high_g'))), name='mass_estimate_plausible')],
            },
        ),
        migrations.CreateModel(
            name='LifetimeShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('grade', models.CharField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D')], max_length=1)),
                ('low_permille', models.PositiveSmallIntegerField()),
                ('central_permille', models.PositiveSmallIntegerField()),
                ('high_permille', models.PositiveSmallIntegerField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('grade',), name='lifetime_share_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='lifetime_share_dates'), models.CheckConstraint(condition=models.Q(('central_permille__lte', models.F('high_permille')), ('low_permille__gte', 0), ('low_permille__lte', models.F('central_permille'))), name='lifetime_share_not_crossed')],
            },
        ),
        migrations.CreateModel(
            name='FootprintFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('key', models.CharField(max_length=40)),
                ('per', models.CharField(choices=[('item', 'item'), ('kg', 'kg')], max_length=10)),
                ('low_g', models.PositiveIntegerField()),
                ('central_g', models.PositiveIntegerField()),
                ('high_g', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('boundary', models.CharField(max_length=200)),
                ('method', models.CharField(max_length=300)),
                ('pedigree', models.CharField(max_length=20)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='footprint_factors', to='reference.category')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('category', 'key'), name='footprint_factor_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='footprint_factor_dates'), models.CheckConstraint(condition=models.Q(('central_g__lte', models.F('high_g')), ('low_g__gte', 0), ('low_g__lte', models.F('central_g'))), name='footprint_factor_not_crossed')],
            },
        ),
        migrations.CreateModel(
            name='EmissionFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('activity', models.SlugField(max_length=40)),
                ('unit', models.CharField(max_length=5)),
                ('low_g', models.PositiveIntegerField()),
                ('central_g', models.PositiveIntegerField()),
                ('high_g', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('boundary', models.CharField(max_length=200)),
                ('method', models.CharField(max_length=300)),
                ('pedigree', models.CharField(max_length=20)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('activity',), name='emission_factor_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='emission_factor_dates'), models.CheckConstraint(condition=models.Q(('central_g__lte', models.F('high_g')), ('low_g__gte', 0), ('low_g__lte', models.F('central_g'))), name='emission_factor_not_crossed')],
            },
        ),
        migrations.CreateModel(
            name='DisplacementRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('low_permille', models.PositiveSmallIntegerField()),
                ('central_permille', models.PositiveSmallIntegerField()),
                ('high_permille', models.PositiveSmallIntegerField()),
                ('basis', models.CharField(choices=[('survey', 'Survey'), ('assumption', 'Assumption')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='displacement_rates', to='reference.category')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('category',), name='displacement_rate_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='displacement_rate_dates'), models.CheckConstraint(condition=models.Q(('central_permille__lte', models.F('high_permille')), ('low_permille__gte', 0), ('low_permille__lte', models.F('central_permille'))), name='displacement_rate_not_crossed')],
            },
        ),
        migrations.CreateModel(
            name='AcceptanceRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('taken', models.BooleanField()),
                ('note_de', models.CharField(max_length=200)),
                ('note_en', models.CharField(max_length=200)),
                ('note_ar', models.CharField(blank=True, max_length=200)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptance_rules', to='reference.category')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('category',), name='acceptance_rule_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='acceptance_rule_dates')],
            },
        ),
        migrations.CreateModel(
            name='TestLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('protection_class', models.CharField(choices=[('I', 'I: with protective conductor'), ('II', 'II: doubly insulated'), ('III', 'III: safety extra-low voltage')], max_length=3)),
                ('measure', models.CharField(choices=[('conductor-mohm', 'protective conductor resistance'), ('insulation-kohm', 'insulation resistance'), ('leakage-ua', 'leakage current')], max_length=16)),
                ('least', models.PositiveIntegerField(null=True)),
                ('most', models.PositiveIntegerField(null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('protection_class', 'measure'), name='test_limit_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='test_limit_dates'), models.CheckConstraint(condition=models.Q(('least__isnull', False), ('most__isnull', False), _connector='OR'), name='test_limit_limits')],
            },
        ),
        migrations.CreateModel(
            name='WasteCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('code', models.CharField(max_length=8)),
                ('hazardous', models.BooleanField()),
                ('text_de', models.CharField(max_length=300)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('code',), name='waste_code_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='waste_code_dates')],
            },
        ),
    ]
