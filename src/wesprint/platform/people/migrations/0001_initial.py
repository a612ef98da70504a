import django.db.models.deletion
import wesprint.kernel.ids
import wesprint.platform.base.clock
import wesprint.platform.base.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agents', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('is_operator', models.BooleanField(default=False)),
                ('locale', models.CharField(blank=True, max_length=12)),
                ('created_at', models.DateTimeField(default=wesprint.platform.base.clock.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('letter', models.CharField(blank=True, max_length=300)),
                ('locale', models.CharField(blank=True, max_length=12)),
                ('created_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('blocked_until', models.DateField(blank=True, null=True)),
                ('blocked_because', models.CharField(blank=True, max_length=200)),
                ('agent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='person', to='agents.agent')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='organisations.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='persons', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'name'], name='person_by_name'), models.Index(fields=['organisation', 'phone'], name='person_by_phone'), models.Index(fields=['organisation', 'email'], name='person_by_email')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('organisation', 'user'), name='person_one_per_account_and_organisation'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('email', ''), ('letter', ''), ('name', ''), ('phone', ''), ('user__isnull', True)), _connector='OR'), name='person_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='EmailConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('purpose', models.CharField(max_length=60)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', wesprint.platform.base.fields.PublicIdField(default=wesprint.kernel.ids.new_public_id, editable=False, max_length=10, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('lock_after_seconds', models.PositiveIntegerField(default=300)),
                ('registered_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='organisations.centre')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registered_devices', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('lock_after_seconds__gte', 30), ('lock_after_seconds__lte', 3600)), name='device_locks_by_itself')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=60)),
                ('given', models.BooleanField()),
                ('wording', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'purpose', 'at'], name='consent_latest')],
            },
        ),
        migrations.CreateModel(
            name='Badge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('pin_hash', models.CharField(blank=True, max_length=256)),
                ('pin_failures', models.PositiveSmallIntegerField(default=0)),
                ('pin_locked_until', models.DateTimeField(blank=True, null=True)),
                ('issued_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='badges', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'member'), ('volunteer', 'volunteer'), ('staff', 'staff'), ('workshop-lead', 'workshop lead'), ('cashier', 'cashier'), ('dispatcher', 'dispatcher'), ('rider', 'rider'), ('treasurer', 'treasurer'), ('board', 'board'), ('town-hall', 'town hall'), ('auditor', 'auditor')], max_length=15)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='organisations.centre')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='organisations.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'role'], name='role_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['member', 'volunteer', 'staff', 'workshop-lead', 'cashier', 'dispatcher', 'rider', 'treasurer', 'board', 'town-hall', 'auditor'])), name='role_known'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='role_ends_after_start')],
            },
        ),
    ]
