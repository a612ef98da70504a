import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.fields
import wesprint.platform.base.words
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('yes', models.PositiveIntegerField()),
                ('perhaps', models.PositiveIntegerField()),
                ('no', models.PositiveIntegerField()),
                ('counted_at', models.DateTimeField()),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.category')),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answer_counts', to='organisations.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'month', 'category'), name='answer_count_once')],
            },
        ),
        migrations.CreateModel(
            name='Baseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('kind', models.CharField(choices=[('bulky-waste', 'Bulky waste'), ('footfall', 'People in the street'), ('vacancy', 'Empty floor space'), ('vans', 'Delivery vans'), ('jobs', 'Jobs in the house'), ('other', 'Something else')], max_length=12)),
                ('unit', wesprint.platform.base.words.WordsField(blank=True, default=wesprint.platform.base.words.Words)),
                ('value', models.BigIntegerField()),
                ('as_of', models.DateField()),
                ('source', wesprint.platform.base.words.WordsField(blank=True, default=wesprint.platform.base.words.Words)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baselines', to='organisations.centre')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['bulky-waste', 'footfall', 'vacancy', 'vans', 'jobs', 'other'])), name='baseline_kind_known'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='baseline_not_negative'), models.CheckConstraint(condition=models.Q(('source__has_key', 'de'), ('unit__has_key', 'de')), name='baseline_has_source')],
            },
        ),
        migrations.CreateModel(
            name='OwnUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('month', models.DateField()),
                ('activity', models.CharField(choices=[('electricity', 'Electricity'), ('natural-gas', 'Natural gas'), ('district-heat', 'District heat'), ('heating-oil', 'Heating oil'), ('van-diesel', 'Own van (diesel)'), ('cardboard', 'Cardboard for packing'), ('plastic-film', 'Plastic film for packing')], max_length=20)),
                ('quantity', models.BigIntegerField()),
                ('note', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='own_uses', to='organisations.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'month', 'activity'), name='own_use_once_a_month'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='own_use_not_negative'), models.CheckConstraint(condition=models.Q(('activity__in', ['electricity', 'natural-gas', 'district-heat', 'heating-oil', 'van-diesel', 'cardboard', 'plastic-film'])), name='own_use_activity_known')],
            },
        ),
    ]
