import django.contrib.postgres.fields
import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('courses', '0001_whole'), ('courses', '0002_machines'), ('courses', '0003_changes'), ('courses', '0004_reflows')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Course',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('title', models.CharField(max_length=200)),
                        ('provider', models.CharField(max_length=200)),
                        ('minutes', models.PositiveIntegerField()),
                        ('timetable', models.TextField(blank=True, max_length=2000)),
                        ('form', models.CharField(choices=[('in_person', '会場'), ('online', 'オンライン'), ('on_demand', '録画'), ('mixed', '会場とオンライン')], max_length=20)),
                        ('hosted', models.BooleanField(default=False)),
                        ('summary', models.TextField(blank=True, max_length=2000)),
                        ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                        ('competencies', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None)),
                        ('standard', models.TextField(blank=True, max_length=2000)),
                        ('accredited_from', models.DateField()),
                        ('accredited_until', models.DateField(blank=True, null=True)),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('draft', '下書き'), ('proposed', '審査待ち'), ('accredited', '認定'), ('returned', '差戻し'), ('refused', '不認定'), ('withdrawn', '取下げ'), ('ended', '認定の取消し')], db_index=True, default='accredited', max_length=20)),
                        ('state_since_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='states', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accredited:ended,draft:proposed,draft:withdrawn,proposed:accredited,proposed:refused,proposed:returned,proposed:withdrawn,returned:proposed,returned:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a0d795ef0a0a8ee86209545c4501aadb09f705ef', operation='UPDATE', pgid='pgtrigger_states_f218f', table='courses_course', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" IN (\'draft\', \'accredited\')))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='c4d3943957d8b158c00fdd5be085587ff4e4e726', operation='INSERT', pgid='pgtrigger_begins_b11f5', table='courses_course', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bf2c5ba3762ea18aaea05de0cc446501219e6e4e', operation='DELETE', pgid='pgtrigger_never_deleted_fc532', table='courses_course', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='courses_minutes_positive'), models.CheckConstraint(condition=models.Q(('accredited_until', None), ('accredited_until__gte', models.F('accredited_from')), _connector='OR'), name='courses_accreditation_order'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('accredited_from')), _connector='OR'), name='courses_ended_after_it_began'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('state', 'ended'), _connector='OR'), name='courses_ended_has_its_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['accredited', 'ended'])), fields=('provider', 'title', 'accredited_from'), name='courses_one_accreditation_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='CourseSession',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='courses.course')),
                        ('first_on', models.DateField(db_index=True)),
                        ('last_on', models.DateField()),
                        ('days', models.JSONField(blank=True, default=list)),
                        ('place', models.CharField(max_length=200)),
                        ('revision', models.PositiveSmallIntegerField(default=1)),
                        ('opened_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['first_on', 'place', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2369a4c0554b9a7be21ad1a34dac61fb7c111f79', operation='DELETE', pgid='pgtrigger_never_deleted_d9cb4', table='courses_coursesession', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='courses_session_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='courses.coursesession')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to=settings.AUTH_USER_MODEL)),
                        ('number', models.CharField(blank=True, max_length=100)),
                        ('kana', models.CharField(blank=True, max_length=100)),
                        ('first_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['first_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='attended_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."kana" IS DISTINCT FROM (NEW."kana") OR OLD."first_at" IS DISTINCT FROM (NEW."first_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b7c5d814873df436972151614ac96d300bb91bdd', operation='UPDATE', pgid='pgtrigger_attended_stays_ff451', table='courses_attendance', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5abcc6a34cca5108d72bcd552629f4b1d3bddbc0', operation='DELETE', pgid='pgtrigger_never_deleted_9e93c', table='courses_attendance', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='courses_one_attendance_a_person')],
                    },
                ),
                migrations.CreateModel(
                    name='AttendanceRevision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='courses.attendance')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('parts', models.JSONField(blank=True, default=list)),
                        ('source', models.CharField(choices=[('roster', '受講者名簿'), ('code', '受講コード'), ('hand', '提供者の訂正'), ('api', '提供者のプログラム'), ('xapi', 'eラーニング（xAPI）')], max_length=10)),
                        ('reason', models.CharField(blank=True, max_length=500)),
                        ('by', models.CharField(max_length=100)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['number'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d564047ac0bea06fa65faa1a4d2e5e96c7891c21', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc7bb', table='courses_attendancerevision', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('attendance', 'number'), name='courses_one_attendance_revision_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='CourseChange',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='courses.course')),
                        ('fields', models.JSONField()),
                        ('reason', models.CharField(max_length=500)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposed_changes', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('proposed', '審査待ち'), ('accepted', '直しました'), ('refused', '直しませんでした'), ('withdrawn', '取下げ')], default='proposed', max_length=20)),
                        ('ruled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ruled_changes', to=settings.AUTH_USER_MODEL)),
                        ('ruled_at', models.DateTimeField(blank=True, null=True)),
                        ('ruling', models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        'ordering': ['-proposed_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='change_states', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:accepted,proposed:refused,proposed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='83bf0ce55d96a0d59e4299547a98758760173615', operation='UPDATE', pgid='pgtrigger_change_states_3618b', table='courses_coursechange', when='BEFORE')), pgtrigger.compiler.Trigger(name='change_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'proposed\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='06a0d6f5f0d7a52086163143a0679027a6890f95', operation='UPDATE', pgid='pgtrigger_change_is_final_604c1', table='courses_coursechange', when='BEFORE')), pgtrigger.compiler.Trigger(name='change_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."course_id" IS DISTINCT FROM (NEW."course_id") OR OLD."fields" IS DISTINCT FROM (NEW."fields") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a9f4130d989e4efe1fa2f13f837d747fdbf638cd', operation='UPDATE', pgid='pgtrigger_change_stays_86b48', table='courses_coursechange', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='600d9c2fbd1964cb214a6399ce13f21e4ad14432', operation='DELETE', pgid='pgtrigger_never_deleted_21b64', table='courses_coursechange', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('course',), name='courses_one_change_waits'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='courses_change_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ruled_at__isnull', False), ('ruled_by__isnull', False), ('state__in', ['accepted', 'refused'])), models.Q(('ruled_at', None), ('ruled_by', None), ('state__in', ['proposed', 'withdrawn'])), _connector='OR'), name='courses_change_ruled_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='HeldCorrection',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_corrections', to='courses.course')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_corrections', to=settings.AUTH_USER_MODEL)),
                        ('line', models.UUIDField()),
                        ('cause', models.CharField(max_length=200)),
                        ('told', models.JSONField()),
                        ('held_at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_corrections', to=settings.AUTH_USER_MODEL)),
                        ('note', models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        'ordering': ['held_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='267e20016fa109c39ee8775f9b4858e8e9d81be0', operation='DELETE', pgid='pgtrigger_never_deleted_1c88b', table='courses_heldcorrection', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('line', 'cause'), name='courses_held_once'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('note', ''), _negated=True)), _connector='OR'), name='courses_settled_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='Provider',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200)),
                        ('kana', models.CharField(max_length=200)),
                        ('address', models.CharField(max_length=300)),
                        ('teaches', models.TextField(max_length=2000)),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provides_as', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('draft', '下書き'), ('proposed', '審査待ち'), ('accredited', '認定'), ('returned', '差戻し'), ('refused', '不認定'), ('withdrawn', '取下げ'), ('ended', '認定の取消し')], db_index=True, default='draft', max_length=20)),
                        ('state_since_on', models.DateField()),
                        ('started_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='states', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accredited:ended,draft:proposed,draft:withdrawn,proposed:accredited,proposed:refused,proposed:returned,proposed:withdrawn,returned:proposed,returned:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='da8965bf2da6ae066325732c352a2ec019ee649e', operation='UPDATE', pgid='pgtrigger_states_47096', table='courses_provider', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" IN (\'draft\', \'accredited\')))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='9850d3f91c8cd68eb868e87f80d03e928571c002', operation='INSERT', pgid='pgtrigger_begins_fe79c', table='courses_provider', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='236c28376ccb1cb21f5d3ca91e01e31aeeef245b', operation='DELETE', pgid='pgtrigger_never_deleted_801e8', table='courses_provider', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('kana', ''), _negated=True)), name='courses_provider_has_a_name'), models.UniqueConstraint(condition=models.Q(('state__in', ['refused', 'withdrawn', 'ended']), _negated=True), fields=('contact',), name='courses_one_provider_a_contact')],
                    },
                ),
                migrations.CreateModel(
                    name='ProviderToken',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='courses.provider')),
                        ('name', models.CharField(max_length=100)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('made_by', models.CharField(max_length=100)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('minute', models.DateTimeField(blank=True, null=True)),
                        ('requests', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['-made_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='token_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."provider_id" IS DISTINCT FROM (NEW."provider_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."made_by" IS DISTINCT FROM (NEW."made_by") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cf4961cd37f5bed1737c79cc5f569183181231ca', operation='UPDATE', pgid='pgtrigger_token_stays_71a86', table='courses_providertoken', when='BEFORE')), pgtrigger.compiler.Trigger(name='ended_for_good', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e201f1e7d30c2aab8ca8d2be38a2bb645176bdea', operation='UPDATE', pgid='pgtrigger_ended_for_good_48bea', table='courses_providertoken', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='efe3cb227be203f0415a0412ca5a0a683c1f76fa', operation='DELETE', pgid='pgtrigger_never_deleted_3d03e', table='courses_providertoken', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='courses_token_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='SeatCode',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='courses.coursesession')),
                        ('day', models.PositiveSmallIntegerField()),
                        ('seat', models.PositiveSmallIntegerField()),
                        ('opens_at', models.DateTimeField()),
                        ('closes_at', models.DateTimeField()),
                        ('issued_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['day', 'seat'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b8581bafecbcd8bdbab4e2db980b3cc9ad7fb10f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9fda3', table='courses_seatcode', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('session', 'day', 'seat'), name='courses_one_code_a_seat'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='courses_code_is_open')],
                    },
                ),
                migrations.CreateModel(
                    name='Reflow',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reflows', to='courses.course')),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reflows', to='courses.coursesession')),
                        ('cause', models.CharField(max_length=200, unique=True)),
                        ('before', models.JSONField(blank=True, null=True)),
                        ('reason', models.TextField(blank=True, max_length=2000)),
                        ('by', models.CharField(max_length=100)),
                        ('begun_at', models.DateTimeField()),
                        ('last', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                        ('reached', models.PositiveIntegerField(default=0)),
                        ('left', models.PositiveIntegerField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['begun_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='reflow_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."course_id" IS DISTINCT FROM (NEW."course_id") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."begun_at" IS DISTINCT FROM (NEW."begun_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0bf4c43ebab3a17500e984815ae091268ddae2d8', operation='UPDATE', pgid='pgtrigger_reflow_stays_12d4d', table='courses_reflow', when='BEFORE')), pgtrigger.compiler.Trigger(name='reflow_ends_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."finished_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f3409df37a5614c4b7d059377066bd92fb6c4e40', operation='UPDATE', pgid='pgtrigger_reflow_ends_once_59e32', table='courses_reflow', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4628d4a18bd0de591d94e731d74c2ca26068cbf8', operation='DELETE', pgid='pgtrigger_never_deleted_89896', table='courses_reflow', when='BEFORE'))],
                        'indexes': [models.Index(condition=models.Q(('finished_at', None)), fields=['begun_at'], name='courses_reflows_open')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('finished_at', None), ('left', 0), _connector='OR'), name='courses_finished_leaves_nobody')],
                    },
                ),
                migrations.CreateModel(
                    name='Roster',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rosters', to='courses.coursesession')),
                        ('sha256', models.CharField(max_length=64)),
                        ('file_name', models.CharField(max_length=200)),
                        ('content', models.BinaryField(blank=True)),
                        ('dropped_by', models.CharField(max_length=100)),
                        ('dropped_at', models.DateTimeField()),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('token', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rosters', to='courses.providertoken')),
                        ('key', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'ordering': ['-dropped_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('token__isnull', False)), fields=('token', 'key'), name='courses_one_roster_a_key'), models.CheckConstraint(condition=models.Q(('token', None), models.Q(('key', ''), _negated=True), _connector='OR'), name='courses_token_brings_its_key'), models.CheckConstraint(condition=models.Q(('finished_at', None), ('confirmed_at__isnull', False), _connector='OR'), name='courses_roster_finished_after_confirmed')],
                    },
                ),
                migrations.CreateModel(
                    name='RosterRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('roster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='courses.roster')),
                        ('line', models.PositiveIntegerField()),
                        ('number', models.CharField(max_length=100)),
                        ('kana', models.CharField(max_length=100)),
                        ('on', models.DateField(blank=True, null=True)),
                        ('minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='roster_rows', to=settings.AUTH_USER_MODEL)),
                        ('outcome', models.CharField(choices=[('waiting', '取り込み待ち'), ('credited', '受け付けました'), ('known', '登録済み'), ('not_taken', '受け付けられません')], default='waiting', max_length=10)),
                    ],
                    options={
                        'ordering': ['line'],
                        'triggers': [pgtrigger.compiler.Trigger(name='decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."outcome" = \'waiting\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='12f1d4cde9621411224b02adc641374f6e20decf', operation='UPDATE', pgid='pgtrigger_decided_once_e99c6', table='courses_rosterrow', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b3829ee88fffd5de9fdc58d2d7aba005bf3127c6', operation='DELETE', pgid='pgtrigger_never_deleted_19c21', table='courses_rosterrow', when='BEFORE'))],
                        'indexes': [models.Index(condition=models.Q(('outcome', 'waiting')), fields=['roster'], name='courses_rows_waiting')],
                        'constraints': [models.UniqueConstraint(fields=('roster', 'line'), name='courses_one_row_a_line'), models.CheckConstraint(condition=models.Q(('outcome', 'not_taken'), ('person__isnull', False), _connector='OR'), name='courses_taken_is_somebodys')],
                    },
                ),
                migrations.CreateModel(
                    name='Ruling',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='courses.provider')),
                        ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='courses.course')),
                        ('event', models.CharField(choices=[('edit', '直す'), ('propose', '審査に出す'), ('withdraw', '取り下げる'), ('accredit', '認定する'), ('return', '差し戻す'), ('refuse', '認定しない'), ('end', '認定を取り消す')], max_length=20)),
                        ('reason', models.TextField(max_length=2000)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='course_rulings', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['made_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83b9cd28379d551524fac648233a8595745d13bc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_86894', table='courses_ruling', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('course__isnull', False), ('provider', None)), models.Q(('course', None), ('provider__isnull', False)), _connector='OR'), name='courses_ruling_is_about_one'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='courses_ruling_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionRevision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='courses.coursesession')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                        ('days', models.JSONField(blank=True, default=list)),
                        ('place', models.CharField(max_length=200)),
                        ('reason', models.CharField(blank=True, max_length=500)),
                        ('by', models.CharField(max_length=100)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['number'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5cabf380ddd6be63e120821b1452d826ace78295', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7c921', table='courses_sessionrevision', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('session', 'number'), name='courses_one_revision_a_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Statement',
                    fields=[
                        ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='courses.provider')),
                        ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='courses.attendance')),
                        ('registration', models.UUIDField(blank=True, null=True)),
                        ('on', models.DateField()),
                        ('lasted', models.PositiveIntegerField()),
                        ('minutes', models.PositiveIntegerField()),
                        ('body', models.JSONField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('stored_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['stored_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0045ecbf24222ef1820835518dcd9ee7959c52c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3f7c', table='courses_statement', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('minutes__lte', models.F('lasted'))), name='courses_statement_adds_no_more_than_it_says')],
                    },
                ),
                migrations.CreateModel(
                    name='Redemption',
                    fields=[
                        ('code', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='redemption', serialize=False, to='courses.seatcode')),
                        ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redemptions', to='courses.attendance')),
                        ('redeemed_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6952967c27e290581333fd87e7b4f890e6c13e0d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_590ad', table='courses_redemption', when='BEFORE'))],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='course',
            name='offered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='courses.provider'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('hosted', False), ('offered_by', None), _connector='OR'), name='courses_hosted_has_no_provider'),
        ),
    ]
