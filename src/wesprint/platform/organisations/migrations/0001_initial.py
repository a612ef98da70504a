import django.core.validators
import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.fields
import wesprint.platform.base.words
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agents', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('urban', 'town house'), ('rural', 'rural house')], max_length=10)),
                ('street', models.CharField(blank=True, max_length=120)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('town', models.CharField(max_length=80)),
                ('state', models.CharField(max_length=2)),
                ('zone', models.CharField(default='Europe/Berlin', max_length=40)),
                ('lat', models.FloatField(null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)])),
                ('lon', models.FloatField(null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)])),
                ('claim', wesprint.platform.base.words.WordsField()),
                ('colour_light', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Please give a colour like #1f5a48.')])),
                ('colour_dark', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Please give a colour like #1f5a48.')])),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['urban', 'rural'])), name='centre_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Floor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.SmallIntegerField()),
                ('name', wesprint.platform.base.words.WordsField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='floors', to='organisations.centre')),
            ],
            options={
                'ordering': ['-level'],
                'constraints': [models.UniqueConstraint(fields=('centre', 'level'), name='floor_level_once'), models.CheckConstraint(condition=models.Q(('level__gte', -5), ('level__lte', 40)), name='floor_level_plausible')],
            },
        ),
        migrations.CreateModel(
            name='FloorWorld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('world', models.CharField(choices=[('work', 'Working'), ('administration', 'Administration'), ('learning', 'Learning'), ('living', 'Living')], max_length=15)),
                ('weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], null=True)),
                ('floor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='worlds', to='organisations.floor')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('world__in', ['work', 'administration', 'learning', 'living'])), name='floor_world_known'), models.UniqueConstraint(fields=('floor', 'world', 'weekday'), name='floor_world_per_weekday'), models.UniqueConstraint(condition=models.Q(('weekday__isnull', True)), fields=('floor', 'world'), name='floor_world_always_once')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')])),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='organisations.centre')),
            ],
            options={
                'ordering': ['weekday', 'opens'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='opening_weekday_known'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='opening_ends_after'), models.UniqueConstraint(fields=('centre', 'weekday', 'opens'), name='opening_once')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('legal_form', models.CharField(choices=[('cooperative', 'cooperative (eG)'), ('municipality', 'municipality'), ('association', 'association (e. V.)'), ('company', 'company'), ('foundation', 'foundation'), ('founding-group', 'founding group, no legal form yet')], max_length=20)),
                ('charitable_since', models.DateField(blank=True, null=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('created_at', models.DateTimeField()),
                ('agent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='organisation', to='agents.agent')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('legal_form__in', ['cooperative', 'municipality', 'association', 'company', 'foundation', 'founding-group'])), name='organisation_legal_form_known')],
            },
        ),
        migrations.CreateModel(
            name='CentreRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('owner', 'owner'), ('operator', 'operator'), ('tenant', 'tenant')], max_length=10)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='organisations.centre')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='centre_relations', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['owner', 'operator', 'tenant'])), name='relation_kind_known'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='relation_ends_after_start'), models.UniqueConstraint(fields=('centre', 'organisation', 'kind', 'since'), name='relation_once')],
            },
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', wesprint.platform.base.words.WordsField()),
                ('room', models.CharField(blank=True, max_length=40)),
                ('note', wesprint.platform.base.words.WordsField()),
                ('weekday', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], null=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('floor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spaces', to='organisations.floor')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reason', wesprint.platform.base.words.WordsField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closed_days', to='organisations.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'day'), name='closed_day_once')],
            },
        ),
    ]
