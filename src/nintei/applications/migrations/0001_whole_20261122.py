import django.contrib.postgres.fields
import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('applications', '0001_whole'), ('applications', '0005_renewals'), ('applications', '0006_exempt'), ('applications', '0007_leaves_and_one_acceptance')]

    initial = True

    dependencies = [
        ('experience', '0001_whole_20261122'),
        ('ledger', '0001_whole_20261122'),
        ('people', '__first__'),
        ('registry', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.CharField(blank=True, max_length=20, null=True, unique=True)),
                        ('kind', models.CharField(choices=[('first', '認定申請'), ('renewal', '更新審査申請')], max_length=10)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to=settings.AUTH_USER_MODEL)),
                        ('qualification', models.CharField(max_length=10)),
                        ('exam_pass', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.exampass')),
                        ('certification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.certification')),
                        ('state', models.CharField(choices=[('draft', '下書き'), ('incomplete', '書類の不足'), ('submitted', '入金待ち'), ('accepted', '受理'), ('in_review', '審査中'), ('on_hold', '保留'), ('returned', '差戻し'), ('recommended', '決定待ち'), ('certified', '認定'), ('refused', '不認定'), ('turned_away', '不受理'), ('withdrawn', '取下げ')], default='draft', max_length=20)),
                        ('state_since_on', models.DateField()),
                        ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviewed', to=settings.AUTH_USER_MODEL)),
                        ('earlier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_up_again', to='applications.application')),
                        ('again', models.CharField(blank=True, choices=[('appeal', '不服の申立て'), ('reversal', '決定の見直し')], max_length=10)),
                        ('claim', models.JSONField(default=dict)),
                        ('edition', models.CharField(blank=True, max_length=200)),
                        ('understood_on', models.DateField(blank=True, null=True)),
                        ('started_at', models.DateTimeField()),
                        ('saved_at', models.DateTimeField()),
                        ('submitted_at', models.DateTimeField(blank=True, null=True)),
                        ('submitted_on', models.DateField(blank=True, null=True)),
                        ('complete_on', models.DateField(blank=True, null=True)),
                        ('accepted_on', models.DateField(blank=True, null=True)),
                        ('decided_on', models.DateField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('names', models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        'ordering': ['state_since_on', 'started_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='states', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{accepted:in_review,accepted:withdrawn,draft:incomplete,draft:submitted,draft:withdrawn,in_review:on_hold,in_review:recommended,in_review:returned,in_review:withdrawn,incomplete:submitted,incomplete:turned_away,incomplete:withdrawn,on_hold:in_review,on_hold:withdrawn,recommended:certified,recommended:in_review,recommended:refused,recommended:withdrawn,returned:in_review,returned:submitted,returned:withdrawn,submitted:accepted,submitted:in_review,submitted:returned,submitted:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='255649990a45a7d9c543081b579a507d29e5a39f', operation='UPDATE', pgid='pgtrigger_states_62381', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_as_draft', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'draft\') OR NEW."accepted_on" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='a7422e136ffea33d0a0a74957206bf19a7367d3f', operation='INSERT', pgid='pgtrigger_begins_as_draft_66811', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='accepted_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_on" IS NOT NULL AND (OLD."accepted_on" IS DISTINCT FROM (NEW."accepted_on") OR OLD."complete_on" IS DISTINCT FROM (NEW."complete_on")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8a3bf758b5e09ab47cfb70d480847a38ece0fc1b', operation='UPDATE', pgid='pgtrigger_accepted_once_10d42', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='accepted_on_acceptance', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.accepted_on IS NULL AND NEW.accepted_on IS NOT NULL AND NOT (OLD.state = 'submitted' AND NEW.state = 'accepted'))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='621909ba2294350eeecdbda8718b0272631971e9', operation='UPDATE', pgid='pgtrigger_accepted_on_acceptance_637a6', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='accepted_with_the_fee', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'submitted' AND NEW.state = 'accepted' AND NEW.kind = 'first' AND NEW.earlier_id IS NULL)", func="\n                    IF NOT EXISTS (\n                        SELECT FROM payments_fee fee JOIN payments_match m ON m.fee_id = fee.id\n                        LEFT JOIN payments_matchundo undo ON undo.match_id = m.id\n                        WHERE fee.reference = 'application:' || NEW.id AND m.confirmed_on <= NEW.accepted_on\n                        AND undo.id IS NULL\n                    ) THEN RAISE EXCEPTION 'No confirmed fee for application %', NEW.number; END IF;\n                    RETURN NEW;\n                ", hash='a1ac467d47731c035273d0b3f0bee7a3308612b9', operation='UPDATE', pgid='pgtrigger_accepted_with_the_fee_8f3af', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='db8eedc47e131b65f094e29b65a8b68ecfe475a6', operation='DELETE', pgid='pgtrigger_never_deleted_44dde', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='earlier_case_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."earlier_id" IS DISTINCT FROM (NEW."earlier_id") OR OLD."again" IS DISTINCT FROM (NEW."again"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cc6b69b869062aac30ef18310ae30502d53d9d6e', operation='UPDATE', pgid='pgtrigger_earlier_case_stays_3b5a8', table='applications_application', when='BEFORE')), pgtrigger.compiler.Trigger(name='another_reviewer', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.again = 'appeal' AND NEW.reviewer_id IS NOT NULL AND NEW.reviewer_id IS DISTINCT FROM OLD.reviewer_id)", func="\n                    IF EXISTS (\n                        SELECT FROM applications_decision d WHERE d.application_id = NEW.earlier_id\n                        AND NEW.reviewer_id IN (d.decider_id, d.reviewer_id)\n                    ) THEN RAISE EXCEPTION 'Somebody of the earlier case'; END IF;\n                    RETURN NEW;\n                ", hash='821e0994555f9eb192ad70d3d88d650e2a0f6919', operation='UPDATE', pgid='pgtrigger_another_reviewer_bb173', table='applications_application', when='BEFORE'))],
                        'indexes': [models.Index(fields=['state', 'state_since_on', 'started_at'], name='applications_queue'), models.Index(fields=['reviewer', 'state'], name='applications_in_charge')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['certified', 'refused', 'turned_away', 'withdrawn']), _negated=True), fields=('person', 'qualification', 'kind'), name='applications_one_open'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('number__isnull', False), ('submitted_on__isnull', False)), _connector='OR'), name='applications_submitted_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'accepted', 'in_review', 'on_hold', 'recommended', 'certified', 'refused']), _negated=True), ('complete_on__isnull', False), _connector='OR'), name='applications_complete_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('accepted', 'in_review', 'on_hold', 'recommended', 'certified', 'refused')), _negated=True), ('accepted_on__isnull', False), _connector='OR'), name='applications_accepted_is_dated'), models.CheckConstraint(condition=models.Q(('accepted_on', None), ('accepted_on__gte', models.F('complete_on')), _connector='OR'), name='applications_accepted_when_complete'), models.CheckConstraint(condition=models.Q(models.Q(('again', ''), ('earlier', None)), models.Q(('earlier__isnull', False), models.Q(('again', ''), _negated=True)), _connector='OR'), name='applications_again_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('certification__isnull', False), ('kind', 'renewal')), models.Q(('certification__isnull', True), ('kind', 'first')), _connector='OR'), name='applications_renewal_names_certification'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['in_review', 'on_hold', 'recommended', 'certified', 'refused']), _negated=True), models.Q(('reviewer__isnull', False), models.Q(('reviewer', models.F('person')), _negated=True)), _connector='OR'), name='applications_reviewed_by_another')],
                    },
                ),
                migrations.CreateModel(
                    name='AskedItem',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='applications.application')),
                        ('ordinal', models.PositiveSmallIntegerField()),
                        ('reason', models.CharField(max_length=40)),
                        ('words', models.TextField(max_length=2000)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('asked_on', models.DateField()),
                        ('closed_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['ordinal'],
                        'constraints': [models.UniqueConstraint(fields=('application', 'ordinal'), name='applications_item_ordinal'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='applications_item_has_words')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditHold',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_holds', to='applications.application')),
                        ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.claim')),
                        ('cause', models.CharField(max_length=200)),
                        ('held_on', models.DateField()),
                        ('held_at', models.DateTimeField()),
                        ('outcome', models.CharField(blank=True, choices=[('not_drawn', '抽選に当たらなかった'), ('upheld', '申請のとおり'), ('reduced', 'ポイントを減らした'), ('refused', '更新を認めない'), ('referred', '協会の判断に回した'), ('exempt', '監査を免除した')], max_length=12)),
                        ('told', models.JSONField(default=dict)),
                        ('settled_on', models.DateField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['held_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7c1865da75edbae000baa9cd190aecf9a0350cc8', operation='DELETE', pgid='pgtrigger_never_deleted_2bce9', table='applications_audithold', when='BEFORE')), pgtrigger.compiler.Trigger(name='settled_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."settled_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ab5ff5ee3224f047f0fbf5ea55d3d764397c520f', operation='UPDATE', pgid='pgtrigger_settled_once_c0579', table='applications_audithold', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('application',), name='applications_one_audit_hold'), models.UniqueConstraint(fields=('application', 'cause'), name='applications_held_once_a_cause'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('settled_at', None), ('settled_on', None)), models.Q(models.Q(('outcome', ''), _negated=True), ('settled_at__isnull', False), ('settled_on__isnull', False)), _connector='OR'), name='applications_audit_settled_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='RenewalBatch',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_on', models.DateField()),
                        ('proposed_at', models.DateTimeField()),
                        ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('settled_on', models.DateField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-proposed_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='52849575f0ab734b747c50019eea8abab7fd36ab', operation='DELETE', pgid='pgtrigger_never_deleted_21d7e', table='applications_renewalbatch', when='BEFORE')), pgtrigger.compiler.Trigger(name='settled_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."settled_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='82370a17e5e0678d177c03265d67e1a84033d5dc', operation='UPDATE', pgid='pgtrigger_settled_once_373e0', table='applications_renewalbatch', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('settled_on', None)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), ('settled_on__isnull', False), models.Q(('settled_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='applications_batch_two_people')],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='applications.application')),
                        ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                        ('advice', models.CharField(choices=[('certify', '基準を満たす'), ('refuse', '基準を満たさない')], max_length=10)),
                        ('notes', models.TextField(blank=True, max_length=4000)),
                        ('facts', models.JSONField()),
                        ('findings', models.JSONField()),
                        ('edition', models.CharField(max_length=200)),
                        ('day', models.DateField()),
                        ('reviewed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['reviewed_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c0272cdd0684912f591d5c7623840d1a49ead387', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_18b03', table='applications_review', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='BatchLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='applications.renewalbatch')),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batch_lines', to='applications.application')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.review')),
                        ('left_out', models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('batch', 'application'), name='applications_once_in_a_batch')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseSeries',
                    fields=[
                        ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ('last', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=100, unique=True)),
                        ('created_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Roster',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rosters', to='applications.organisation')),
                        ('sha256', models.CharField(max_length=64)),
                        ('file_name', models.CharField(max_length=200)),
                        ('dropped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('dropped_at', models.DateTimeField()),
                        ('imported_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'sha256'), name='applications_roster_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='applications.organisation')),
                        ('roster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='applications.roster')),
                        ('name', models.CharField(max_length=100)),
                        ('kana', models.CharField(blank=True, max_length=100)),
                        ('email', models.EmailField(max_length=254)),
                        ('qualification', models.CharField(max_length=10)),
                        ('number', models.CharField(blank=True, max_length=40)),
                        ('token_sha256', models.BinaryField(max_length=32, unique=True)),
                        ('state', models.CharField(choices=[('invited', '返事待ち'), ('joined', '参加'), ('declined', '参加しない')], default='invited', max_length=10)),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                        ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='applications.application')),
                        ('invited_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['invited_at', 'email'],
                        'triggers': [pgtrigger.compiler.Trigger(name='joined_once', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{invited:joined,invited:declined,declined:joined}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='451edaaa4d3552cc543a7de8bd2b81d6bf7903f4', operation='UPDATE', pgid='pgtrigger_joined_once_10fe0', table='applications_invitation', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'email', 'qualification'), name='applications_invited_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'joined'), _negated=True), models.Q(('application__isnull', False), ('person__isnull', False)), _connector='OR'), name='applications_joined_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='applications.invitation')),
                        ('scope', models.CharField(choices=[('progress', '申請の進みぐあい'), ('outcome', '審査の結果')], max_length=10)),
                        ('given', models.BooleanField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at', 'id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2ebf77be99c53a0e0546f4c2722e840cd1f278ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_690f9', table='applications_consent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='applications.application')),
                        ('outcome', models.CharField(choices=[('certified', '認定'), ('refused', '不認定')], max_length=10)),
                        ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decided', to=settings.AUTH_USER_MODEL)),
                        ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('matched_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='applications.review')),
                        ('reasons', models.JSONField(default=dict)),
                        ('grounds', models.JSONField(default=dict)),
                        ('words', models.TextField(blank=True, max_length=4000)),
                        ('facts', models.JSONField()),
                        ('findings', models.JSONField()),
                        ('evidence', models.JSONField()),
                        ('edition', models.CharField(max_length=200)),
                        ('day', models.DateField()),
                        ('decided_on', models.DateField()),
                        ('decided_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='362d7589313b9fac085709e87ccb1c0a26622eda', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_31464', table='applications_decision', when='BEFORE')), pgtrigger.compiler.Trigger(name='another_decider', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        WITH RECURSIVE before AS (\n                            SELECT earlier_id FROM applications_application WHERE id = NEW.application_id\n                            UNION SELECT a.earlier_id FROM applications_application a JOIN before b\n                            ON a.id = b.earlier_id\n                        )\n                        SELECT FROM applications_decision d JOIN before b ON d.application_id = b.earlier_id\n                        WHERE NEW.decider_id IN (d.decider_id, d.reviewer_id)\n                    ) THEN RAISE EXCEPTION 'The reviewer or decider of the earlier case'; END IF;\n                    RETURN NEW;\n                ", hash='d72b76cefedd5277a0f3cefe1c1b86ff7c404610', operation='INSERT', pgid='pgtrigger_another_decider_dff16', table='applications_decision', when='BEFORE')), pgtrigger.compiler.Trigger(name='not_while_audited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT FROM applications_audithold h\n                        WHERE h.application_id = NEW.application_id AND h.outcome = ''\n                    ) THEN RAISE EXCEPTION 'Held for an audit'; END IF;\n                    RETURN NEW;\n                ", hash='07db6c7f4fc4d61c30c2d0f3f08c3826882525a2', operation='INSERT', pgid='pgtrigger_not_while_audited_e6108', table='applications_decision', when='BEFORE')), pgtrigger.compiler.Trigger(name='accountant_does_not_decide', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN ('person:' || NEW.decider_id::text = ANY(NEW.matched_by))", func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='6e3037293a3a4984a00cc9e75b9441e45a6c0897', operation='INSERT', pgid='pgtrigger_accountant_does_not_decide_f4b00', table='applications_decision', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decider', models.F('reviewer')), _negated=True), name='applications_two_people_decide')],
                    },
                ),
                migrations.CreateModel(
                    name='Hold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='applications.application')),
                        ('reason', models.CharField(max_length=40)),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('look_again_on', models.DateField(blank=True, null=True)),
                        ('held_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('held_at', models.DateTimeField()),
                        ('held_on', models.DateField()),
                        ('released_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                        ('released_words', models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        'ordering': ['held_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('application',), name='applications_one_hold'), models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_by', None)), models.Q(('released_at__isnull', False), ('released_by__isnull', False)), _connector='OR'), name='applications_release_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='ItemAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='applications.askeditem')),
                        ('words', models.TextField(blank=True, max_length=4000)),
                        ('answered_at', models.DateTimeField()),
                        ('answered_on', models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name='ItemFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='applications.askeditem')),
                        ('taken_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['taken_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('item', 'sha256'), name='applications_item_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='applications.review')),
                        ('criterion', models.CharField(max_length=20)),
                        ('stance', models.CharField(choices=[('confirm', 'そのとおり'), ('override', '人の判断で満たす'), ('doubt', '満たさない')], max_length=10)),
                        ('reason', models.TextField(blank=True, max_length=2000)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e85f32019275f3fd3d6bbcffeefff23226497f53', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_19f59', table='applications_mark', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('review', 'criterion'), name='applications_one_mark'), models.CheckConstraint(condition=models.Q(('stance', 'confirm'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='applications_mark_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Note',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='applications.application')),
                        ('words', models.TextField(max_length=4000)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d05d6ca24230a1d22507e0e27b9b9058a58eb535', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1bbf6', table='applications_note', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='OrganisationContact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='applications.organisation')),
                        ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('organisation', 'contact'), name='applications_one_open_contact'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='applications_contact_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Override',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='applications.application')),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='applications.review')),
                        ('criterion', models.CharField(max_length=20)),
                        ('finding', models.JSONField()),
                        ('reason', models.TextField(max_length=2000)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c1df31f612947438c317c7e6b3dcf3b4cdaccb43', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a24e8', table='applications_override', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('review', 'criterion'), name='applications_one_override'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='applications_override_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='PaperScan',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='applications.application')),
                        ('form', models.CharField(max_length=20)),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['form', 'added_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87759cbc33ce5172b5a4d1bd55378455c678a274', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8275f', table='applications_paperscan', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('application', 'form', 'sha256'), name='applications_same_scan_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PhoneCheck',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phone_checks', to='applications.application')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experience.attestationrequest')),
                        ('question', models.TextField(max_length=2000)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('asked_on', models.DateField()),
                        ('outcome', models.CharField(blank=True, choices=[('confirmed', '確かめられた'), ('denied', '違うと言われた'), ('unreached', 'つながらなかった')], max_length=12)),
                        ('told', models.TextField(blank=True, max_length=4000)),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['asked_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('told', ''), _negated=True), ('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='applications_call_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='PledgeText',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.CharField(max_length=40, unique=True)),
                        ('ja', models.TextField()),
                        ('en', models.TextField()),
                        ('is_sample', models.BooleanField(default=False)),
                        ('from_on', models.DateField()),
                        ('published_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='68f69c8c5e72903b0a6d6c993cfd36ab87ba8157', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_57f70', table='applications_pledgetext', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Pledge',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='pledge', to='applications.application')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='applications.pledgetext')),
                        ('language', models.CharField(max_length=2)),
                        ('text_sha256', models.CharField(max_length=64)),
                        ('signed_name', models.CharField(max_length=100)),
                        ('signed_at', models.DateTimeField()),
                        ('signed_on', models.DateField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9d79d2e9127cacc1dbc482bbf746a956b83e519e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_733c6', table='applications_pledge', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Reopening',
                    fields=[
                        ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='reopening', serialize=False, to='applications.application')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='applications.decision')),
                        ('words', models.TextField(max_length=4000)),
                        ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('filed_on', models.DateField()),
                        ('filed_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='414291ca08192cead4f6045d50a15efc1c4c3147', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3ad65', table='applications_reopening', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReopeningFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('reopening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='applications.reopening')),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9bcfa551e5f7500b6f795bb158b691b84ed02ce6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74826', table='applications_reopeningfile', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('reopening', 'sha256'), name='applications_same_appeal_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedFilter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=40)),
                        ('query', models.CharField(max_length=500)),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'name'), name='applications_filter_name')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceLevel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('draft', '下書き'), ('incomplete', '書類の不足'), ('submitted', '入金待ち'), ('accepted', '受理'), ('in_review', '審査中'), ('on_hold', '保留'), ('returned', '差戻し'), ('recommended', '決定待ち'), ('certified', '認定'), ('refused', '不認定'), ('turned_away', '不受理'), ('withdrawn', '取下げ')], max_length=20)),
                        ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2c899a079576b0b28c68b59b82381c7c71ec063', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0d019', table='applications_servicelevel', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SubtractedLeave',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subtracted', to='applications.application')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='experience.post')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('reason', models.TextField(max_length=2000)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                        ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                        ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['from_on', 'at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='34b207c2ec516b6bd566babb8986155d08789fce', operation='DELETE', pgid='pgtrigger_never_deleted_ed381', table='applications_subtractedleave', when='BEFORE')), pgtrigger.compiler.Trigger(name='subtracted_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."post_id" IS DISTINCT FROM (NEW."post_id") OR OLD."from_on" IS DISTINCT FROM (NEW."from_on") OR OLD."until_on" IS DISTINCT FROM (NEW."until_on") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a7e423a104cf482db541e272d859f66453d6c1ba', operation='UPDATE', pgid='pgtrigger_subtracted_stays_9b822', table='applications_subtractedleave', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='applications_subtracted_order'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='applications_subtracted_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='applications_taken_back_is_whole')],
                    },
                ),
                migrations.CreateModel(
                    name='PaperCase',
                    fields=[
                        ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='paper', serialize=False, to='applications.application')),
                        ('arrived_on', models.DateField()),
                        ('postmark_on', models.DateField(blank=True, null=True)),
                        ('keyed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('keyed_at', models.DateTimeField()),
                        ('gaps', models.JSONField(default=list)),
                        ('asked_on', models.DateField(blank=True, null=True)),
                        ('until_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('postmark_on', None), ('postmark_on__lte', models.F('arrived_on')), _connector='OR'), name='applications_posted_before_arrival'), models.CheckConstraint(condition=models.Q(models.Q(('asked_on', None), ('until_on', None)), ('until_on__gte', models.F('asked_on')), _connector='OR'), name='applications_period_is_whole')],
                    },
                ),
            ],
        ),
    ]
