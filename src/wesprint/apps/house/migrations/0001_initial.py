import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('street', models.CharField(blank=True, max_length=120)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('town', models.CharField(blank=True, max_length=80)),
                ('represented_by', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('register', models.CharField(blank=True, max_length=120)),
                ('vat_id', models.CharField(blank=True, max_length=20)),
                ('supervised_by', models.CharField(blank=True, max_length=200)),
                ('privacy_contact', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='legal_notice', to='organisations.organisation')),
            ],
        ),
    ]
