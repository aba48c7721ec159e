import django.db.models.deletion
import nintei.registry.models.passes
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('registry', '0001_whole'), ('registry', '0003_renewal_withdrawn'), ('registry', '0004_register'), ('registry', '0005_pass_ids')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Employer',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=100)),
                        ('code', models.CharField(max_length=20, unique=True)),
                        ('token_sha256', models.CharField(max_length=64, unique=True)),
                        ('entered_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7d8213a9586b0181a32c6a2615666aa46e6511ed', operation='DELETE', pgid='pgtrigger_never_deleted_473ef', table='registry_employer', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ExamPass',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('exam', models.CharField(max_length=10)),
                        ('number', models.CharField(max_length=40)),
                        ('name', models.CharField(max_length=100)),
                        ('kana', models.CharField(max_length=100)),
                        ('born_on', models.DateField(blank=True, null=True)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('passed', models.BooleanField()),
                        ('issued_on', models.DateField()),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exam_passes', to=settings.AUTH_USER_MODEL)),
                        ('imported_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('confirmed', '確認済み'), ('unseen', '写しを確認中'), ('declined', '写しを確かめられず'), ('replaced', '取り込んだ記録に置き換え')], db_index=True, default='confirmed', max_length=20)),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_on', models.DateField(blank=True, null=True)),
                        ('check_reason', models.CharField(blank=True, max_length=500)),
                        ('verify_id', models.CharField(default=nintei.registry.models.passes.new_verify_id, max_length=43, unique=True)),
                        ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='registry.exampass')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('exam', 'number'), name='registry_one_report'), models.UniqueConstraint(condition=models.Q(('state', 'unseen')), fields=('person', 'exam', 'number'), name='registry_one_copy'), models.CheckConstraint(condition=models.Q(('checked_by', None), models.Q(('checked_by', models.F('person')), _negated=True), _connector='OR'), name='registry_copy_seen_by_another'), models.CheckConstraint(condition=models.Q(('state', 'confirmed'), ('person__isnull', False), _connector='OR'), name='registry_copy_has_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'replaced'), _negated=True), ('replaced_by__isnull', False), _connector='OR'), name='registry_replaced_by_what')],
                    },
                ),
                migrations.CreateModel(
                    name='Certification',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certifications', to=settings.AUTH_USER_MODEL)),
                        ('qualification', models.CharField(max_length=10)),
                        ('number', models.CharField(max_length=40, unique=True)),
                        ('verify_id', models.CharField(max_length=43, unique=True)),
                        ('exam_pass', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.exampass')),
                        ('certified_on', models.DateField()),
                        ('footing', models.CharField(choices=[('in_force', '効力あり'), ('suspended', '停止'), ('revoked', '取消'), ('ended', '終了')], db_default='in_force', default='in_force', max_length=10)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='begins_in_force', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."footing" = \'in_force\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='2c8c87a6f515d72bba96cf3b1e5637fac2ce6783', operation='INSERT', pgid='pgtrigger_begins_in_force_e09d6', table='registry_certification', when='BEFORE')), pgtrigger.compiler.Trigger(name='footing_follows', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.footing IS DISTINCT FROM NEW.footing AND pg_trigger_depth() = 0)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='332ec956f8e1cc075e1d2b0bc5314030dcebd5c2', operation='UPDATE', pgid='pgtrigger_footing_follows_b6de3', table='registry_certification', when='BEFORE'))],
                        'indexes': [models.Index(fields=['-certified_on', '-number'], name='registry_newest_first')],
                        'constraints': [models.UniqueConstraint(fields=('person', 'qualification'), name='registry_one_certification')],
                    },
                ),
                migrations.CreateModel(
                    name='HeldName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='registry.certification')),
                        ('name', models.CharField(max_length=100)),
                        ('kana', models.CharField(blank=True, max_length=100)),
                        ('latin', models.CharField(blank=True, max_length=100)),
                        ('from_on', models.DateField()),
                        ('cause', models.CharField(max_length=200)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c7d6f2e552bc36e5e0ce67e2a7f72648a7800876', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_06bc6', table='registry_heldname', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('certification', 'cause'), name='registry_one_name_a_cause')],
                    },
                ),
                migrations.CreateModel(
                    name='HolderFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200)),
                        ('rows', models.PositiveIntegerField()),
                        ('imported_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='NumberSeries',
                    fields=[
                        ('key', models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ('last', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='PassFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200)),
                        ('rows', models.PositiveIntegerField()),
                        ('imported_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='ReportCopy',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('exam_pass', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='registry.exampass')),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['added_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='12d9aa41437fff5d3e75c6a2ca972780678d5b3e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c523a', table='registry_reportcopy', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('exam_pass', 'sha256'), name='registry_same_copy_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Sharing',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='registry.certification')),
                        ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='registry.employer')),
                        ('given_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['given_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ad15a157d6a16a6858038a9bf7e40319349955fd', operation='DELETE', pgid='pgtrigger_never_deleted_70181', table='registry_sharing', when='BEFORE')), pgtrigger.compiler.Trigger(name='ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ed0943eb03451ef5d7542d5fd9d0dae98d7c2a95', operation='UPDATE', pgid='pgtrigger_ended_once_ab75c', table='registry_sharing', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('certification', 'employer'), name='registry_one_open_sharing')],
                    },
                ),
                migrations.CreateModel(
                    name='StatusChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registry.certification')),
                        ('kind', models.CharField(choices=[('renewal_filed', '更新審査申請'), ('renewal_refused', '更新不可'), ('renewal_withdrawn', '更新審査申請の取下げ'), ('suspended', '停止'), ('released', '停止解除'), ('revoked', '取消'), ('reinstated', '復活'), ('ended', '終了'), ('annulled', '記録の訂正')], max_length=20)),
                        ('effective_on', models.DateField()),
                        ('recorded_at', models.DateTimeField()),
                        ('cause', models.CharField(max_length=200)),
                        ('annuls', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annulled_by', to='registry.statuschange')),
                        ('found', models.CharField(choices=[('in_force', '効力あり'), ('suspended', '停止'), ('revoked', '取消'), ('ended', '終了')], default='in_force', max_length=10)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='046235859d49e9a09a3d2f03a4caf2650cd009ee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_604a2', table='registry_statuschange', when='BEFORE')), pgtrigger.compiler.Trigger(name='follow_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE was text; after text;', func="\n    SELECT footing INTO was FROM registry_certification WHERE id = NEW.certification_id FOR UPDATE;\n    NEW.found := was;\n    IF NEW.kind = 'annulled' THEN\n        SELECT c.found INTO after FROM registry_statuschange c\n        WHERE c.id = NEW.annuls_id AND c.id = (\n            SELECT max(m.id) FROM registry_statuschange m\n            WHERE m.certification_id = NEW.certification_id AND m.kind IN ('suspended', 'released', 'revoked', 'reinstated', 'ended')\n            AND NOT EXISTS (SELECT FROM registry_statuschange a WHERE a.annuls_id = m.id)\n        );\n    ELSE\n        after := CASE was || ':' || NEW.kind WHEN 'ended:renewal_refused' THEN 'ended' WHEN 'ended:renewal_withdrawn' THEN 'ended' WHEN 'in_force:ended' THEN 'ended' WHEN 'in_force:renewal_filed' THEN 'in_force' WHEN 'in_force:renewal_refused' THEN 'in_force' WHEN 'in_force:renewal_withdrawn' THEN 'in_force' WHEN 'in_force:revoked' THEN 'revoked' WHEN 'in_force:suspended' THEN 'suspended' WHEN 'revoked:reinstated' THEN 'in_force' WHEN 'revoked:renewal_refused' THEN 'revoked' WHEN 'revoked:renewal_withdrawn' THEN 'revoked' WHEN 'suspended:ended' THEN 'ended' WHEN 'suspended:released' THEN 'in_force' WHEN 'suspended:renewal_filed' THEN 'suspended' WHEN 'suspended:renewal_refused' THEN 'suspended' WHEN 'suspended:renewal_withdrawn' THEN 'suspended' WHEN 'suspended:revoked' THEN 'revoked' END;\n    END IF;\n    IF after IS NULL THEN\n        RAISE EXCEPTION USING MESSAGE = 'Not in the table of states: ' || NEW.kind || ' while ' || was;\n    END IF;\n    UPDATE registry_certification SET footing = after WHERE id = NEW.certification_id AND footing <> after;\n    RETURN NEW;\n", hash='d657f3d9279b4b7199601dbbf36e5e2e31d0be23', operation='INSERT', pgid='pgtrigger_follow_the_table_e12f0', table='registry_statuschange', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('certification', 'kind', 'cause'), name='registry_one_change'), models.CheckConstraint(condition=models.Q(models.Q(('annuls__isnull', False), ('kind', 'annulled')), models.Q(models.Q(('kind', 'annulled'), _negated=True), ('annuls', None)), _connector='OR'), name='registry_annuls_what')],
                    },
                ),
                migrations.CreateModel(
                    name='Term',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='registry.certification')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('decided_on', models.DateField()),
                        ('edition', models.CharField(max_length=200)),
                        ('cause', models.CharField(max_length=200)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a5d2fd853b11846314a35f9cca9d5f715fb9bd8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74369', table='registry_term', when='BEFORE')), pgtrigger.compiler.Trigger(name='in_a_footing', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE was text;', func="\n    SELECT footing INTO was FROM registry_certification WHERE id = NEW.certification_id;\n    IF was NOT IN ('in_force', 'suspended') THEN\n        RAISE EXCEPTION USING MESSAGE = 'Not in the table of states: a new validity while ' || was;\n    END IF;\n    RETURN NEW;\n", hash='33f9ad6f53ff99010af9ab5a907569bd424199c1', operation='INSERT', pgid='pgtrigger_in_a_footing_c588d', table='registry_term', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('certification', 'starts_on'), name='registry_one_term_a_start'), models.UniqueConstraint(fields=('cause',), name='registry_one_term_a_cause'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='registry_term_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Case',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='registry.certification')),
                        ('kind', models.CharField(choices=[('name', '氏名の変更'), ('reissue', '認定証の再発行'), ('loss', '認定証の紛失'), ('suspend', '停止'), ('release', '停止の解除'), ('revoke', '取消'), ('reinstate', '取消からの復活'), ('death', '死亡'), ('annul', '誤った記録の訂正')], max_length=20)),
                        ('state', models.CharField(choices=[('asked', '書類の確認待ち'), ('proposed', '二人目の決定待ち'), ('granted', '行いました'), ('declined', '行いませんでした'), ('withdrawn', '取下げ')], default='asked', max_length=20)),
                        ('effective_on', models.DateField()),
                        ('reason', models.CharField(max_length=1000)),
                        ('name', models.CharField(blank=True, max_length=100)),
                        ('kana', models.CharField(blank=True, max_length=100)),
                        ('latin', models.CharField(blank=True, max_length=100)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, max_length=1000)),
                    ],
                    options={
                        'ordering': ['asked_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:proposed,asked:withdrawn,proposed:declined,proposed:granted,proposed:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='1737e7fc79b5b0956cfea5a5c4767df46f25d1ac', operation='UPDATE', pgid='pgtrigger_steps_0030a', table='registry_case', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d360829c2dd80561198518749d63c3e60a75044f', operation='DELETE', pgid='pgtrigger_never_deleted_a67f3', table='registry_case', when='BEFORE')), pgtrigger.compiler.Trigger(name='asked_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."certification_id" IS DISTINCT FROM (NEW."certification_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."kana" IS DISTINCT FROM (NEW."kana") OR OLD."latin" IS DISTINCT FROM (NEW."latin") OR OLD."asked_by_id" IS DISTINCT FROM (NEW."asked_by_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1579f4923cf7534ff8cc4dc709891ef24598eeb6', operation='UPDATE', pgid='pgtrigger_asked_stays_f4444', table='registry_case', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'proposed'])), fields=('certification', 'kind'), name='registry_one_open_case'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['granted', 'declined']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('proposed_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='registry_two_decide_a_case'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='registry_declined_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'name'), _negated=True), models.Q(('name', ''), _negated=True), _connector='OR'), name='registry_name_case_has_one')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='registry.case')),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['added_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4d5748f67013107b3124d626e0508c20343690d1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ce048', table='registry_casefile', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('case', 'sha256'), name='registry_same_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='registry.certification')),
                        ('exam_pass', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='registry.exampass')),
                        ('field', models.CharField(choices=[('name', '氏名'), ('latin', '氏名のローマ字'), ('validity', '有効期間と日付')], max_length=10)),
                        ('given', models.BooleanField()),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0d5aa5ddee96c74c07a72e328eeb709f5140915f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0cc74', table='registry_consent', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('certification__isnull', False), ('exam_pass', None)), models.Q(('certification', None), ('exam_pass__isnull', False)), _connector='OR'), name='registry_consent_to_one_thing')],
                    },
                ),
            ],
        ),
    ]
