import django.contrib.postgres.constraints
import django.db.models.deletion
import tongxing.access.ranges
import tongxing.keys.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        # Exclusion constraints over uuid and daterange need it; it stays when we go.
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('username', models.TextField(unique=True)),
                ('person_name', models.TextField()),
                ('identity_index', models.BinaryField(unique=True)),
                ('phone', tongxing.keys.fields.SealedTextField(context='access.account.phone', null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=True)),
                ('password_changed_at', models.DateTimeField(null=True)),
                ('last_seen_on', models.DateField(null=True)),
                ('session_token', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('username', ''), _negated=True), models.Q(('person_name', ''), _negated=True)), name='access_account_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('power', models.SmallIntegerField()),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('end_reason', models.TextField(blank=True)),
                ('entry_check', models.TextField(blank=True)),
                ('entry_check_on', models.DateField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.BigIntegerField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('level', models.SmallIntegerField()),
                ('kind', models.TextField()),
                ('parent_code', models.BigIntegerField()),
                ('pinyin', models.TextField()),
                ('initials', models.TextField()),
                ('former_names', models.JSONField(default=list)),
                ('valid_from', models.DateField(null=True)),
                ('valid_until', models.DateField(null=True)),
                ('edition', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['parent_code', 'code'], name='access_division_parent'), models.Index(fields=['pinyin'], name='access_division_pinyin'), models.Index(fields=['initials'], name='access_division_initials'), models.Index(fields=['name'], name='access_division_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__gte', 10000000000), ('code__lt', 1000000000000)), name='access_division_code_has_twelve_digits'), models.CheckConstraint(condition=models.Q(('level__in', [2, 4, 6, 9, 12])), name='access_division_known_level'), models.CheckConstraint(condition=models.Q(('kind__in', ['administrative', 'grouping', 'zone'])), name='access_division_known_kind'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='access_division_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('kind', models.TextField()),
                ('department', models.TextField(blank=True)),
                ('division', models.BigIntegerField()),
                ('area_lo', models.BigIntegerField()),
                ('area_hi', models.BigIntegerField()),
                ('pinyin', models.TextField(blank=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offshoots', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='PasswordRecord',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('password', models.TextField()),
                ('set_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passwords', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('role', models.TextField()),
                ('title', models.TextField()),
                ('area_lo', models.BigIntegerField()),
                ('area_hi', models.BigIntegerField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('contract_until', models.DateField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='access.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('since', models.DateField()),
                ('reason', models.TextField()),
                ('state', models.TextField(default='requested')),
                ('requested_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_reason', models.TextField(blank=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('appointment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='access.appointment')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='access.post')),
            ],
        ),
        migrations.AddField(
            model_name='appointment',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='access.post'),
        ),
        migrations.CreateModel(
            name='DivisionSuccession',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='precessions', to='access.division')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='access.division')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('old', 'new', 'on'), name='access_divisionsuccession_once'), models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='access_divisionsuccession_of_two')],
            },
        ),
        migrations.CreateModel(
            name='KnownDevice',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.TextField()),
                ('name', models.TextField(blank=True)),
                ('first_seen_at', models.DateTimeField()),
                ('last_seen_at', models.DateTimeField()),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'token_hash'), name='access_knowndevice_once')],
            },
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['area_lo'], name='access_organisation_area'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['department', 'township_government', 'development_zone', 'protection_centre', 'protection_station', 'welfare_institution', 'kindergarten', 'school', 'hospital', 'vaccination_unit', 'family_education_station', 'parents_committee', 'village_committee', 'childrens_home', 'self_declaration_point', 'social_work_agency', 'charity', 'mass_body', 'site_operator'])), name='access_organisation_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('department__in', ['', 'CIVIL_AFFAIRS', 'EDUCATION', 'POLICE', 'HEALTH', 'CDC', 'MEDICAL_INSURANCE', 'DPF', 'WOMENS_FEDERATION', 'NWCCW', 'YOUTH_LEAGUE', 'POLITICAL_LEGAL', 'CAC', 'HOUSING', 'HR_SOCIAL_SECURITY', 'TRANSPORT', 'JUSTICE', 'NDRC', 'FINANCE', 'CULTURE_BROADCAST', 'STATISTICS', 'PROCURATORATE', 'COURT', 'CARE_NEXT_GENERATION', 'TRADE_UNION'])), name='access_organisation_known_department'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('area_hi__lte', 1000000000000), ('area_lo__gte', 0), ('area_lo__lt', models.F('area_hi'))), name='access_organisation_area_is_an_interval'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='access_organisation_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until', None)), fields=('division', 'name'), name='access_organisation_name_once_in_a_division'),
        ),
        migrations.AddIndex(
            model_name='passwordrecord',
            index=models.Index(fields=['account', '-set_at'], name='access_passwordrecord_last'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['area_lo'], name='access_post_area'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['CHILD_DIRECTOR', 'CHILD_SUPERVISOR', 'COUNTY_OFFICER', 'CITY_OFFICER', 'PROVINCE_OFFICER', 'DEPARTMENT_CLERK', 'SCHOOL', 'HOSPITAL', 'SOCIAL_WORKER', 'GRID_WORKER', 'CHUNLEI_OFFICER', 'AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN', 'AUDIT_ADMIN'])), name='access_post_known_role'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('area_hi__lte', 1000000000000), ('area_lo__gte', 0), ('area_lo__lt', models.F('area_hi'))), name='access_post_area_is_an_interval'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='access_post_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'SOCIAL_WORKER'), _negated=True), models.Q(('contract_until', None), _negated=True), _connector='OR'), name='access_post_agency_works_under_contract'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'confirmed', 'refused', 'withdrawn'])), name='access_grant_known_state'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('requested_by')), _negated=True), models.Q(('decided_by', models.F('account')), _negated=True)), _connector='OR'), name='access_grant_needs_two_people'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('appointment__isnull', False), ('state', 'confirmed')), models.Q(models.Q(('state', 'confirmed'), _negated=True), ('appointment', None)), _connector='OR'), name='access_grant_confirmed_means_appointed'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('account', 'post'), name='access_grant_one_open_request'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='access_appointment_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('power__in', [0, 1, 2, 3, 4])), name='access_appointment_known_power'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry_check', ''), ('entry_check_on', None)), models.Q(('entry_check__in', ['clear', 'not_clear']), ('entry_check_on__isnull', False)), _connector='OR'), name='access_appointment_check_has_answer_and_day'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('post', '='), (tongxing.access.ranges.Days('since', 'until'), '&&')], name='access_appointment_one_holder_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('account', '='), ('power', '<>'), (tongxing.access.ranges.Days('since', 'until'), '&&')], name='access_appointment_one_power_a_person'),
        ),
    ]
