import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('audits', '0001_audits'), ('audits', '0002_person_moves'), ('audits', '0003_retention')]

    initial = True

    dependencies = [
        ('applications', '0001_whole_20261122'),
        ('journal', '0001_whole_20261122'),
        ('people', '__first__'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Terms',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('share', models.DecimalField(decimal_places=2, max_digits=5)),
                        ('risk', models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                        ('risk_rules', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('no_file', '証明書類のない行がある'), ('just_enough', '必要なポイントちょうど'), ('struck_before', '前の監査で除かれた行がある')], max_length=20), default=list, size=None)),
                        ('strata', models.CharField(choices=[('together', '分けない'), ('qualification', '資格ごと')], max_length=20)),
                        ('leaving', models.CharField(choices=[('nobody', 'だれも外れない'), ('with_files', '数に入る行すべてに書類を付けた更新は外れる')], max_length=20)),
                        ('response_days', models.PositiveSmallIntegerField()),
                        ('extension_days', models.PositiveSmallIntegerField()),
                        ('appeal_days', models.PositiveSmallIntegerField()),
                        ('retention_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('small_cell', models.PositiveSmallIntegerField(default=5)),
                        ('from_on', models.DateField()),
                        ('words', models.TextField(max_length=1000)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('open', '二人目を待つ'), ('agreed', '決まった'), ('declined', '見送った')], default='open', max_length=10)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4f43f886b6265fee630d111f1087df4d7a65ad25', operation='DELETE', pgid='pgtrigger_never_deleted_c2ab9', table='audits_terms', when='BEFORE')), pgtrigger.compiler.Trigger(name='answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'open\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0c9523e0f1fbb69726ecbd686b17d1ddcfcf9be0', operation='UPDATE', pgid='pgtrigger_answered_once_5a9b4', table='audits_terms', when='BEFORE')), pgtrigger.compiler.Trigger(name='terms_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."share" IS DISTINCT FROM (NEW."share") OR OLD."risk" IS DISTINCT FROM (NEW."risk") OR OLD."risk_rules" IS DISTINCT FROM (NEW."risk_rules") OR OLD."strata" IS DISTINCT FROM (NEW."strata") OR OLD."leaving" IS DISTINCT FROM (NEW."leaving") OR OLD."response_days" IS DISTINCT FROM (NEW."response_days") OR OLD."extension_days" IS DISTINCT FROM (NEW."extension_days") OR OLD."appeal_days" IS DISTINCT FROM (NEW."appeal_days") OR OLD."retention_months" IS DISTINCT FROM (NEW."retention_months") OR OLD."small_cell" IS DISTINCT FROM (NEW."small_cell") OR OLD."from_on" IS DISTINCT FROM (NEW."from_on") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5f4a215fc220898c9de42a0feff47682651c5bd8', operation='UPDATE', pgid='pgtrigger_terms_stay_ced8a', table='audits_terms', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('risk__gte', 0), ('risk__lte', 100), ('share__gt', 0), ('share__lte', 100)), name='audits_shares'), models.CheckConstraint(condition=models.Q(models.Q(('risk', 0), ('risk_rules', [])), models.Q(('risk__gt', 0), models.Q(('risk_rules', []), _negated=True)), _connector='OR'), name='audits_risk_has_rules'), models.CheckConstraint(condition=models.Q(('appeal_days__gte', 1), ('response_days__gte', 1), ('small_cell__gte', 3), models.Q(('retention_months', None), ('retention_months__gte', 1), _connector='OR')), name='audits_terms_are_set'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state__in', ['agreed', 'declined'])), _connector='OR'), name='audits_terms_answered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(('answered_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='audits_terms_by_two'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='audits_terms_say_where'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('state',), name='audits_one_open_terms')],
                    },
                ),
                migrations.CreateModel(
                    name='Frame',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('from_on', models.DateField()),
                        ('to_on', models.DateField()),
                        ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frames', to='audits.terms')),
                        ('text', models.TextField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('left_out', models.PositiveIntegerField(default=0)),
                        ('decided_before', models.PositiveIntegerField(default=0)),
                        ('committed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('committed_on', models.DateField()),
                        ('committed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-number'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f8ddc3ed8583b3c258267e1bfdc4c5551bb1840f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3ba3', table='audits_frame', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('committed_on__gt', models.F('to_on')), ('to_on__gte', models.F('from_on'))), name='audits_frame_after_its_window'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('from_on', 'to_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='audits_frames_never_overlap')],
                    },
                ),
                migrations.CreateModel(
                    name='Draw',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('frame', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='audits.frame')),
                        ('ordinal', models.PositiveSmallIntegerField(default=1)),
                        ('reason', models.TextField(blank=True, max_length=1000)),
                        ('seed_on', models.DateField()),
                        ('number_what', models.CharField(max_length=300)),
                        ('number_url', models.URLField(blank=True, max_length=300)),
                        ('number_at', models.DateTimeField()),
                        ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('announced_on', models.DateField()),
                        ('announced_at', models.DateTimeField()),
                        ('leaf', models.BigIntegerField()),
                        ('checkpoint', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.checkpoint')),
                        ('number', models.CharField(blank=True, max_length=100)),
                        ('seed', models.CharField(blank=True, max_length=64)),
                        ('path', models.JSONField(default=list)),
                        ('drawn_at', models.DateTimeField(blank=True, null=True)),
                        ('drawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['frame', 'ordinal'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ffab13ee53c0bf4467abca804ac802a9fd51629e', operation='DELETE', pgid='pgtrigger_never_deleted_515a4', table='audits_draw', when='BEFORE')), pgtrigger.compiler.Trigger(name='drawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."drawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='23f8d26a455e1112dee2e1215cff2ded03cbe6d8', operation='UPDATE', pgid='pgtrigger_drawn_once_c0f41', table='audits_draw', when='BEFORE')), pgtrigger.compiler.Trigger(name='announcement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."frame_id" IS DISTINCT FROM (NEW."frame_id") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."seed_on" IS DISTINCT FROM (NEW."seed_on") OR OLD."number_what" IS DISTINCT FROM (NEW."number_what") OR OLD."number_url" IS DISTINCT FROM (NEW."number_url") OR OLD."number_at" IS DISTINCT FROM (NEW."number_at") OR OLD."announced_by_id" IS DISTINCT FROM (NEW."announced_by_id") OR OLD."announced_on" IS DISTINCT FROM (NEW."announced_on") OR OLD."announced_at" IS DISTINCT FROM (NEW."announced_at") OR OLD."leaf" IS DISTINCT FROM (NEW."leaf"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='59d8b5e544c2e2e443e6678dd159cb1a844e2356', operation='UPDATE', pgid='pgtrigger_announcement_stays_69260', table='audits_draw', when='BEFORE')), pgtrigger.compiler.Trigger(name='seed_is_public', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.drawn_at IS NOT NULL)', func="\n                    IF (SELECT count(*) FROM audits_seedword w\n                        WHERE w.draw_id = NEW.id AND w.value = NEW.number) < 2\n                    THEN RAISE EXCEPTION 'Two people have to read the public number'; END IF;\n                    IF NOT EXISTS (\n                        SELECT FROM journal_checkpoint c WHERE c.size = NEW.checkpoint_id\n                        AND c.size > NEW.leaf AND c.at < NEW.number_at\n                        AND (c.at AT TIME ZONE 'Asia/Tokyo')::date = NEW.seed_on\n                        AND NOT EXISTS (\n                            SELECT FROM journal_checkpoint earlier WHERE earlier.at < c.at\n                            AND (earlier.at AT TIME ZONE 'Asia/Tokyo')::date = NEW.seed_on\n                        )\n                    ) THEN RAISE EXCEPTION 'Not the first checkpoint of the announced day'; END IF;\n                    RETURN NEW;\n                ", hash='160d3e854a73f79888894a326946ef07fab42bab', operation='UPDATE', pgid='pgtrigger_seed_is_public_56603', table='audits_draw', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('frame', 'ordinal'), name='audits_one_draw_an_ordinal'), models.CheckConstraint(condition=models.Q(models.Q(('ordinal', 1), ('reason', '')), models.Q(('ordinal__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='audits_another_draw_says_why'), models.CheckConstraint(condition=models.Q(('number_at__gt', models.F('announced_at')), ('seed_on__gt', models.F('announced_on')), models.Q(('number_what', ''), _negated=True)), name='audits_seed_comes_later'), models.CheckConstraint(condition=models.Q(models.Q(('checkpoint', None), ('drawn_at', None), ('drawn_by', None), ('number', ''), ('seed', '')), models.Q(('checkpoint__isnull', False), ('drawn_at__gte', models.F('number_at')), ('drawn_by__isnull', False), models.Q(('seed', ''), _negated=True), models.Q(('number', ''), _negated=True)), _connector='OR'), name='audits_drawn_with_its_seed')],
                    },
                ),
                migrations.CreateModel(
                    name='Ticket',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('frame', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='audits.frame')),
                        ('ticket', models.CharField(max_length=64, unique=True)),
                        ('salt', models.CharField(max_length=64)),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audit_tickets', to='applications.application')),
                        ('stratum', models.CharField(max_length=20)),
                        ('marks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                        ('left_out', models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d674ac5069a9bff1f8aa1d1b45fe2f21183d16ca', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_160b2', table='audits_ticket', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('application',), name='audits_one_ticket_a_renewal')],
                    },
                ),
                migrations.CreateModel(
                    name='Audit',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField(unique=True)),
                        ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audits', to='audits.draw')),
                        ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='audit', to='audits.ticket')),
                        ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audits', to='applications.application')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='audits', to=settings.AUTH_USER_MODEL)),
                        ('for_risk', models.BooleanField()),
                        ('hold', models.CharField(max_length=200)),
                        ('state', models.CharField(choices=[('asked', '回答待ち'), ('answered', '回答あり'), ('checking', '確認中'), ('proposed', '決定待ち'), ('referred', '付託中'), ('closed', '終了'), ('appealed', '不服の申立て')], default='asked', max_length=10)),
                        ('state_since_on', models.DateField()),
                        ('started_on', models.DateField()),
                        ('due_on', models.DateField()),
                        ('auditor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audits_checked', to=settings.AUTH_USER_MODEL)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['due_on', 'number'],
                        'triggers': [pgtrigger.compiler.Trigger(name='states', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{answered:checking,appealed:checking,asked:answered,asked:checking,checking:asked,checking:proposed,closed:appealed,proposed:checking,proposed:closed,proposed:referred,referred:checking}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='6ad5a453337c59c4296e67d61ee960efc773e76b', operation='UPDATE', pgid='pgtrigger_states_e63d8', table='audits_audit', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='22b6e6271615ad16191118011a022c7cc6c1202a', operation='DELETE', pgid='pgtrigger_never_deleted_20b44', table='audits_audit', when='BEFORE')), pgtrigger.compiler.Trigger(name='whose_it_is_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."draw_id" IS DISTINCT FROM (NEW."draw_id") OR OLD."ticket_id" IS DISTINCT FROM (NEW."ticket_id") OR OLD."application_id" IS DISTINCT FROM (NEW."application_id") OR OLD."for_risk" IS DISTINCT FROM (NEW."for_risk") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d681cfbc45bbf8fb39f82f8a39d6f4439507dab9', operation='UPDATE', pgid='pgtrigger_whose_it_is_stays_ac440', table='audits_audit', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_conflict', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.auditor_id IS DISTINCT FROM OLD.auditor_id)', func="\n    IF EXISTS (\n        SELECT FROM audits_conflict c WHERE c.audit_id = NEW.id AND c.auditor_id = NEW.auditor_id AND c.lifted_at IS NULL\n    ) OR EXISTS (\n        SELECT FROM audits_audit a WHERE a.id = NEW.id AND a.person_id = NEW.auditor_id\n    ) THEN RAISE EXCEPTION 'A conflict of interest in this audit'; END IF;\nRETURN NEW;", hash='c19ecd391d4a8d5178815d67479d3191b0acb4cb', operation='UPDATE', pgid='pgtrigger_no_conflict_c9baf', table='audits_audit', when='BEFORE'))],
                        'indexes': [models.Index(fields=['state', 'due_on'], name='audits_queue')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('auditor', None), models.Q(('auditor', models.F('person')), _negated=True), _connector='OR'), name='audits_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['checking', 'proposed']), _negated=True), ('auditor__isnull', False), _connector='OR'), name='audits_checking_has_an_auditor')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='audits.audit')),
                        ('ordinal', models.PositiveSmallIntegerField()),
                        ('line', models.CharField(max_length=60)),
                        ('told', models.JSONField()),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('as_other', models.BooleanField(default=False)),
                        ('nothing', models.BooleanField(default=False)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['ordinal'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='04bc4db89eb8641232c3deb969b6d067679cacec', operation='DELETE', pgid='pgtrigger_never_deleted_164cf', table='audits_auditline', when='BEFORE')), pgtrigger.compiler.Trigger(name='claimed_line_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audit_id" IS DISTINCT FROM (NEW."audit_id") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."line" IS DISTINCT FROM (NEW."line") OR OLD."told" IS DISTINCT FROM (NEW."told"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='59262c6a507c6dc7d7918545a57371ba06b99aa8', operation='UPDATE', pgid='pgtrigger_claimed_line_stays_af971', table='audits_auditline', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('audit', 'ordinal'), name='audits_one_line_an_ordinal'), models.UniqueConstraint(fields=('audit', 'line'), name='audits_a_line_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Conflict',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='audits.audit')),
                        ('auditor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('words', models.TextField(max_length=1000)),
                        ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('declared_at', models.DateTimeField()),
                        ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b532b78c20c85336447c290c1d3e5cf17dc2a879', operation='DELETE', pgid='pgtrigger_never_deleted_c8623', table='audits_conflict', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('audit', 'auditor', 'declared_by'), name='audits_one_conflict_a_word'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='audits_conflict_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False), models.Q(('lifted_by', models.F('auditor')), _negated=True), models.Q(('declared_by', models.F('auditor')), _negated=True)), _connector='OR'), name='audits_own_conflict_stays')],
                    },
                ),
                migrations.CreateModel(
                    name='LineFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='audits.auditline')),
                        ('added_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['added_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('line', 'sha256'), name='audits_same_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LineMark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='audits.auditline')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='audits.audit')),
                        ('verdict', models.CharField(choices=[('accepted', '認める'), ('as_other', '別のカテゴリとして認める'), ('struck', '除く'), ('asked', 'もう一度尋ねる')], max_length=10)),
                        ('shows', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                        ('clear', models.BooleanField(default=True)),
                        ('found', models.CharField(max_length=20)),
                        ('reason', models.CharField(blank=True, max_length=30)),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b1a8d7326b1238a5700f2c5e3bdf99c56e4c4746', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60373', table='audits_linemark', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_conflict', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT FROM audits_conflict c WHERE c.audit_id = NEW.audit_id AND c.auditor_id = NEW.by_id AND c.lifted_at IS NULL\n    ) OR EXISTS (\n        SELECT FROM audits_audit a WHERE a.id = NEW.audit_id AND a.person_id = NEW.by_id\n    ) THEN RAISE EXCEPTION 'A conflict of interest in this audit'; END IF;\nRETURN NEW;", hash='0339147b81eb234ab7b5e2d50280efdca9f4ac88', operation='INSERT', pgid='pgtrigger_no_conflict_8a17a', table='audits_linemark', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['accepted', 'as_other']), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='audits_mark_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Plea',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pleas', to='audits.audit')),
                        ('kind', models.CharField(choices=[('extension', '期限を延ばしてほしい'), ('exemption', '監査を免除してほしい'), ('conflict', '担当を替えてほしい（利害関係）'), ('appeal', '結果に不服がある')], max_length=10)),
                        ('words', models.TextField(max_length=2000)),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_on', models.DateField()),
                        ('made_at', models.DateTimeField()),
                        ('granted', models.BooleanField(blank=True, null=True)),
                        ('answer', models.TextField(blank=True, max_length=2000)),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['made_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8e11f8db07c4bc3406b480c70946d29e2ca891fb', operation='DELETE', pgid='pgtrigger_never_deleted_c52a1', table='audits_plea', when='BEFORE')), pgtrigger.compiler.Trigger(name='answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."granted" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='94e40d63a5086e0820e941ee6c90173ca5b65c21', operation='UPDATE', pgid='pgtrigger_answered_once_2c1fa', table='audits_plea', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='audits_plea_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('answered_by', None), ('granted', None)), models.Q(('answered_by__isnull', False), ('granted__isnull', False)), _connector='OR'), name='audits_plea_answered'), models.UniqueConstraint(condition=models.Q(('granted', None)), fields=('audit', 'kind'), name='audits_one_open_plea'), models.UniqueConstraint(condition=models.Q(('kind', 'appeal')), fields=('audit',), name='audits_one_appeal')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='audits.audit')),
                        ('outcome', models.CharField(choices=[('not_drawn', '抽選に当たらなかった'), ('upheld', '申請のとおり'), ('reduced', 'ポイントを減らした'), ('refused', '更新を認めない'), ('referred', '協会の判断に回した'), ('exempt', '監査を免除した')], max_length=10)),
                        ('struck', models.JSONField(default=list)),
                        ('as_other', models.JSONField(default=list)),
                        ('total_before', models.CharField(max_length=20)),
                        ('total_after', models.CharField(max_length=20)),
                        ('less', models.BooleanField()),
                        ('meets', models.BooleanField()),
                        ('balance', models.JSONField()),
                        ('edition', models.CharField(max_length=200)),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a2682ad71beee9250b4676833b77074040fe61ff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ce37c', table='audits_proposal', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_conflict', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT FROM audits_conflict c WHERE c.audit_id = NEW.audit_id AND c.auditor_id = NEW.by_id AND c.lifted_at IS NULL\n    ) OR EXISTS (\n        SELECT FROM audits_audit a WHERE a.id = NEW.audit_id AND a.person_id = NEW.by_id\n    ) THEN RAISE EXCEPTION 'A conflict of interest in this audit'; END IF;\n\n    IF EXISTS (\n        SELECT FROM audits_plea a WHERE a.audit_id = NEW.audit_id AND a.kind = 'appeal'\n    ) AND EXISTS (\n        SELECT FROM audits_plea a JOIN audits_proposal p ON p.audit_id = a.audit_id AND p.at <= a.made_at\n        LEFT JOIN audits_ruling r ON r.proposal_id = p.id\n        WHERE a.audit_id = NEW.audit_id AND a.kind = 'appeal' AND NEW.by_id IN (p.by_id, r.decider_id)\n    ) THEN RAISE EXCEPTION 'Somebody of the audit that is appealed against'; END IF;\nRETURN NEW;", hash='72956fd16b5419621f0d7ff8403fa861cee53277', operation='INSERT', pgid='pgtrigger_no_conflict_036ca', table='audits_proposal', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('less', False), ('outcome', 'upheld')), models.Q(('less', True), ('meets', True), ('outcome', 'reduced')), models.Q(('less', True), ('meets', False), ('outcome', 'refused')), ('outcome__in', ['referred', 'exempt']), _connector='OR'), name='audits_outcome_follows'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['referred', 'exempt']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='audits_outcome_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Ruling',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ruling', to='audits.proposal')),
                        ('audit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='audits.audit')),
                        ('proposer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('agreed', models.BooleanField()),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('appeal_until', models.DateField(blank=True, null=True)),
                        ('on', models.DateField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0bd5ef88002eb2f734a772991876b4106e793410', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7b15', table='audits_ruling', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_conflict', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT FROM audits_conflict c WHERE c.audit_id = NEW.audit_id AND c.auditor_id = NEW.decider_id AND c.lifted_at IS NULL\n    ) OR EXISTS (\n        SELECT FROM audits_audit a WHERE a.id = NEW.audit_id AND a.person_id = NEW.decider_id\n    ) THEN RAISE EXCEPTION 'A conflict of interest in this audit'; END IF;\n\n    IF EXISTS (\n        SELECT FROM audits_plea a WHERE a.audit_id = NEW.audit_id AND a.kind = 'appeal'\n    ) AND EXISTS (\n        SELECT FROM audits_plea a JOIN audits_proposal p ON p.audit_id = a.audit_id AND p.at <= a.made_at\n        LEFT JOIN audits_ruling r ON r.proposal_id = p.id\n        WHERE a.audit_id = NEW.audit_id AND a.kind = 'appeal' AND NEW.decider_id IN (p.by_id, r.decider_id)\n    ) THEN RAISE EXCEPTION 'Somebody of the audit that is appealed against'; END IF;\nRETURN NEW;", hash='e24808640847014218feda37b27412bd26d6c343', operation='INSERT', pgid='pgtrigger_no_conflict_7e2d4', table='audits_ruling', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decider', models.F('proposer')), _negated=True), name='audits_two_people_rule'), models.CheckConstraint(condition=models.Q(('agreed', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='audits_sent_back_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='SeedWord',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='audits.draw')),
                        ('value', models.CharField(max_length=100)),
                        ('source', models.CharField(max_length=300)),
                        ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('said_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['said_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71119ecd28f91f06fb0e79b2058d0ab826ad3234', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_334bb', table='audits_seedword', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('draw', 'said_by'), name='audits_one_reading_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('value', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='audits_reading_says_where')],
                    },
                ),
            ],
        ),
    ]
