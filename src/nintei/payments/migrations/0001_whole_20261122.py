import django.db.models.deletion
import django.db.models.expressions
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('payments', '0001_whole'), ('payments', '0002_tolerance_suspense_company_receipts')]

    initial = True

    dependencies = [
        ('people', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='BankFile',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('sha256', models.CharField(max_length=64, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('format', models.CharField(max_length=40)),
                        ('rows', models.PositiveIntegerField()),
                        ('left_out', models.JSONField(default=list)),
                        ('imported_by', models.CharField(max_length=200)),
                        ('imported_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9f74e8638cb9a253afd14d9a8045a19a461928ec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_09315', table='payments_bankfile', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='BankLine',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.bankfile')),
                        ('row', models.PositiveIntegerField()),
                        ('account', models.CharField(max_length=20)),
                        ('value_on', models.DateField()),
                        ('amount', models.PositiveBigIntegerField()),
                        ('payer_name', models.CharField(max_length=200)),
                        ('payer_key', models.CharField(max_length=400)),
                        ('ordinal', models.PositiveIntegerField()),
                        ('raw', models.JSONField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='416e36061300d62e17388129bfda6ea584e73a83', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3fbf', table='payments_bankline', when='BEFORE')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'line:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='f6f90a42fa0a165c43cc4631c93730d764997737', operation='INSERT', pgid='pgtrigger_booked_ee759', table='payments_bankline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.UniqueConstraint(fields=('account', 'value_on', 'amount', 'payer_key', 'ordinal'), name='payments_line_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_line_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='Close',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('day', '日締め'), ('month', '月締め')], max_length=10)),
                        ('through', models.DateField(unique=True)),
                        ('balances', models.JSONField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f9a2b39c536325339a830a2a68d28cc2027652db', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_66df0', table='payments_close', when='BEFORE')), pgtrigger.compiler.Trigger(name='later', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM pg_advisory_xact_lock(1668050803);\nIF EXISTS (SELECT 1 FROM payments_close WHERE through >= NEW.through) THEN\n    RAISE EXCEPTION 'payments: the books are closed beyond that day' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='0f4841071d4646f1ba26ea8f3210177dc5c61b21', operation='INSERT', pgid='pgtrigger_later_88e7b', table='payments_close', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DroppedFile',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200)),
                        ('content', models.BinaryField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('came', '入金の記帳'), ('settled', '消込'), ('undone', '消込の取消し'), ('accepted', '受理による収入'), ('refund_due', '返金の決定'), ('refund_dropped', '返金の取りやめ'), ('refund_paid', '返金の振込'), ('refund_corrected', '返金の訂正'), ('written_off', '仮受金の処理'), ('restored', '仮受金に戻す')], max_length=20)),
                        ('cause', models.CharField(max_length=60, unique=True)),
                        ('booked_on', models.DateField(db_index=True)),
                        ('happened_on', models.DateField()),
                        ('party', models.CharField(blank=True, max_length=200)),
                        ('party_key', models.CharField(blank=True, max_length=400)),
                        ('amount', models.PositiveBigIntegerField()),
                        ('size', models.PositiveSmallIntegerField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dff7ef170e1fb52ca49f8bde2e52788fd7eade17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28380', table='payments_entry', when='BEFORE')), pgtrigger.compiler.Trigger(name='open_day', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM pg_advisory_xact_lock_shared(1668050803);\nIF EXISTS (SELECT 1 FROM payments_close WHERE through >= NEW.booked_on) THEN\n    RAISE EXCEPTION 'payments: the books are closed for that day' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='cd8bb3d814af462e2ffb77581efb02e2af113903', operation='INSERT', pgid='pgtrigger_open_day_640b9', table='payments_entry', when='BEFORE')), pgtrigger.compiler.Trigger(name='balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NOT (\n    SELECT count(*) = NEW.size AND coalesce(sum(amount), 1) = 0\n       AND coalesce(sum(amount) FILTER (WHERE amount > 0), 0) = NEW.amount\n    FROM payments_posting WHERE entry_id = NEW.id\n) THEN\n    RAISE EXCEPTION 'payments: the postings of an entry do not balance' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='05bcc382c8246ca86f9bc9a2ff9cd3438e8b792b', operation='INSERT', pgid='pgtrigger_balanced_e87e2', table='payments_entry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 2)), name='payments_entry_has_two_sides'), models.CheckConstraint(condition=models.Q(('booked_on__gte', models.F('happened_on'))), name='payments_entry_not_before')],
                    },
                ),
                migrations.CreateModel(
                    name='Fee',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(max_length=20)),
                        ('reference', models.CharField(max_length=200, unique=True)),
                        ('qualification', models.CharField(max_length=10)),
                        ('base', models.PositiveIntegerField()),
                        ('tax', models.PositiveIntegerField()),
                        ('total', models.PositiveIntegerField()),
                        ('priced_on', models.DateField()),
                        ('edition', models.CharField(max_length=200)),
                        ('pass_number', models.CharField(blank=True, max_length=40)),
                        ('certificate_number', models.CharField(blank=True, max_length=40)),
                        ('kana', models.CharField(max_length=100)),
                        ('due_on', models.DateField(blank=True, null=True)),
                        ('opened_at', models.DateTimeField()),
                        ('accepted_on', models.DateField(blank=True, null=True)),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='amount_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."qualification" IS DISTINCT FROM (NEW."qualification") OR OLD."base" IS DISTINCT FROM (NEW."base") OR OLD."tax" IS DISTINCT FROM (NEW."tax") OR OLD."total" IS DISTINCT FROM (NEW."total") OR OLD."priced_on" IS DISTINCT FROM (NEW."priced_on") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."pass_number" IS DISTINCT FROM (NEW."pass_number") OR OLD."certificate_number" IS DISTINCT FROM (NEW."certificate_number") OR OLD."kana" IS DISTINCT FROM (NEW."kana") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='28949fef7c53751051ae1eada6c90f975d763832', operation='UPDATE', pgid='pgtrigger_amount_stays_144a6', table='payments_fee', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e1803155ab29503a1296d35f50d5957f685dcfad', operation='DELETE', pgid='pgtrigger_never_deleted_7efca', table='payments_fee', when='BEFORE')), pgtrigger.compiler.Trigger(name='accepted_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_on" IS NOT NULL AND OLD."accepted_on" IS DISTINCT FROM (NEW."accepted_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='06d9b740915cddf1254e5695935a63cff2c37371', operation='UPDATE', pgid='pgtrigger_accepted_once_de082', table='payments_fee', when='BEFORE')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."accepted_on" IS NOT NULL)', constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'accepted:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='50f2d96090b747f8baa8862f0a424963330fed36', operation='UPDATE OF "accepted_on"', pgid='pgtrigger_booked_7df1c', table='payments_fee', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('total', django.db.models.expressions.CombinedExpression(models.F('base'), '+', models.F('tax')))), name='payments_total_adds_up'), models.CheckConstraint(condition=models.Q(('total__gt', 0)), name='payments_fee_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('dropped', models.UUIDField(unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('lines', models.PositiveIntegerField()),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='payments.bankfile')),
                        ('new', models.PositiveIntegerField(default=0)),
                        ('settled', models.PositiveIntegerField(default=0)),
                        ('problem', models.JSONField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='KnownPayer',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='known_payers', to=settings.AUTH_USER_MODEL)),
                        ('payer_name', models.CharField(max_length=200)),
                        ('payer_key', models.CharField(max_length=400)),
                        ('note', models.CharField(max_length=400)),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('revoked_by', models.CharField(blank=True, max_length=200)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person', 'payer_key'), name='payments_payer_known_once'), models.CheckConstraint(condition=models.Q(('payer_key', ''), _negated=True), name='payments_payer_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Match',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('fee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='payments.fee')),
                        ('base', models.PositiveIntegerField()),
                        ('tax', models.PositiveIntegerField()),
                        ('waived', models.PositiveIntegerField(default=0)),
                        ('tolerance', models.PositiveIntegerField(default=0)),
                        ('automatic', models.BooleanField()),
                        ('reasons', models.JSONField()),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('confirmed_on', models.DateField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='00268055163776f3e9c93e2f4a44598310ce5f31', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e23f9', table='payments_match', when='BEFORE')), pgtrigger.compiler.Trigger(name='one_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM payments_fee WHERE id = NEW.fee_id AND cancelled_at IS NULL FOR UPDATE;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'payments: the fee is cancelled' USING ERRCODE = 'integrity_constraint_violation';\nEND IF;\nIF EXISTS (\n    SELECT 1 FROM payments_match m WHERE m.fee_id = NEW.fee_id\n    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = m.id)\n) THEN\n    RAISE EXCEPTION 'payments: the fee has a match that stands' USING ERRCODE = 'unique_violation';\nEND IF;\nRETURN NEW;\n", hash='59c7edf3592c7905b326f9bf3cdbd7278dc2fe3d', operation='INSERT', pgid='pgtrigger_one_stands_43f5d', table='payments_match', when='BEFORE')), pgtrigger.compiler.Trigger(name='parts_add_up', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF (SELECT coalesce(sum(amount), 0) FROM payments_matchpart WHERE match_id = NEW.id)\n    <> NEW.base + NEW.tax - NEW.waived THEN\n    RAISE EXCEPTION 'payments: the parts of a match do not add up' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='1e2b415c11f2b8b75704667b67a858cdab711739', operation='INSERT', pgid='pgtrigger_parts_add_up_a2fed', table='payments_match', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'match:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='d9d14c395c88bb1097ab57de4dd027b0c12d1b9f', operation='INSERT', pgid='pgtrigger_booked_2121f', table='payments_match', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('waived__lte', models.F('tolerance')), ('waived__lt', django.db.models.expressions.CombinedExpression(models.F('base'), '+', models.F('tax')))), name='payments_waived_within_tolerance')],
                    },
                ),
                migrations.CreateModel(
                    name='MatchPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.match')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.bankline')),
                        ('amount', models.PositiveBigIntegerField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='74e05d1d31226f87c153b011f7a3becf3ae8006a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0ea80', table='payments_matchpart', when='BEFORE')), pgtrigger.compiler.Trigger(name='within_line', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM payments_bankline WHERE id = NEW.line_id FOR UPDATE;\nIF NEW.amount + (\n    SELECT coalesce(sum(p.amount), 0) FROM payments_matchpart p WHERE p.line_id = NEW.line_id\n    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = p.match_id)\n) + (\n    SELECT coalesce(sum(p.amount), 0) FROM payments_refundpart p JOIN payments_refund r ON r.id = p.refund_id\n    WHERE p.line_id = NEW.line_id AND r.state <> 'dropped'\n) + (\n    SELECT coalesce(sum(w.amount), 0) FROM payments_writeoff w WHERE w.line_id = NEW.line_id\n    AND NOT EXISTS (SELECT 1 FROM payments_writeoffundo u WHERE u.write_off_id = w.id)\n) > (SELECT amount FROM payments_bankline WHERE id = NEW.line_id) THEN\n    RAISE EXCEPTION 'payments: the line does not hold that much' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='de2403e9818c6a4612462533f6071318e3cb40d7', operation='INSERT', pgid='pgtrigger_within_line_4ba1e', table='payments_matchpart', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('match', 'line'), name='payments_one_part_a_line'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_part_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='MatchUndo',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('match', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undo', to='payments.match')),
                        ('reason', models.CharField(max_length=400)),
                        ('by', models.CharField(max_length=200)),
                        ('second', models.CharField(blank=True, max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a3de83caca937db2b3dbbb5b31008ae9be0b6d31', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_15e8e', table='payments_matchundo', when='BEFORE')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'undo:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='ceb78d12a049b1ea8bd0a4e908ca2f9d5ff6d4bf', operation='INSERT', pgid='pgtrigger_booked_bbfc9', table='payments_matchundo', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('second', models.F('by')), _negated=True), name='payments_undo_by_two')],
                    },
                ),
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.entry')),
                        ('place', models.PositiveSmallIntegerField()),
                        ('account', models.CharField(choices=[('bank', '普通預金'), ('receivable', '未収金'), ('suspense', '仮受金'), ('advances', '前受金'), ('refunds', '未払返金'), ('tax', '仮受消費税'), ('earned', '認定審査手数料収入'), ('charges', '支払手数料'), ('losses', '雑損失'), ('misc', '雑収入'), ('elsewhere', '他会計への振替')], max_length=20)),
                        ('amount', models.BigIntegerField()),
                        ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.bankline')),
                        ('fee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.fee')),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e9511c1ae0c4be83de5c51416a4b7acbdbc9018', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ff2e', table='payments_posting', when='BEFORE')), pgtrigger.compiler.Trigger(name='place_in_entry', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.place > (SELECT size FROM payments_entry WHERE id = NEW.entry_id) THEN\n    RAISE EXCEPTION 'payments: the entry is complete' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='adad05b830a64adb2a9bc0c554e7afc483fa51cd', operation='INSERT', pgid='pgtrigger_place_in_entry_ce251', table='payments_posting', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'place'), name='payments_one_posting_a_place'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='payments_posting_not_zero'), models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='payments_posting_place'), models.CheckConstraint(condition=models.Q(('account__in', ['bank', 'receivable', 'suspense', 'advances', 'refunds', 'tax', 'earned', 'charges', 'losses', 'misc', 'elsewhere'])), name='payments_posting_known_account')],
                    },
                ),
                migrations.CreateModel(
                    name='Receipt',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('match', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='payments.match')),
                        ('line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='payments.bankline')),
                        ('year', models.PositiveIntegerField()),
                        ('place', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('void_reason', models.CharField(blank=True, max_length=400)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='printed_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."match_id" IS DISTINCT FROM (NEW."match_id") OR OLD."line_id" IS DISTINCT FROM (NEW."line_id") OR OLD."year" IS DISTINCT FROM (NEW."year") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='53d22b6101805016a92bbf4730e627ca98011967', operation='UPDATE', pgid='pgtrigger_printed_stays_ceed0', table='payments_receipt', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='04d235a8cd79b1345c791003d11e2f634162742b', operation='DELETE', pgid='pgtrigger_never_deleted_fb487', table='payments_receipt', when='BEFORE')), pgtrigger.compiler.Trigger(name='voided_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."voided_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d1981bf21fd0c673c66c645e6cdb8885bba6a335', operation='UPDATE', pgid='pgtrigger_voided_once_905ce', table='payments_receipt', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_gap', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.place <> 1 + (SELECT coalesce(max(place), 0) FROM payments_receipt WHERE year = NEW.year) THEN\n    RAISE EXCEPTION 'payments: receipts are numbered without gaps' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='4706e9c286a782feab3cd9b7d8843f5a69fbfd64', operation='INSERT', pgid='pgtrigger_no_gap_f5408', table='payments_receipt', when='BEFORE')), pgtrigger.compiler.Trigger(name='not_on_another', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."match_id" IS NOT NULL)', func="\nIF EXISTS (\n    SELECT 1 FROM payments_receipt r LEFT JOIN payments_receiptshare s ON s.receipt_id = r.id\n    WHERE r.voided_at IS NULL AND r.id <> NEW.id AND NEW.match_id IN (r.match_id, s.match_id)\n) THEN\n    RAISE EXCEPTION 'payments: the fee is on another receipt' USING ERRCODE = 'unique_violation';\nEND IF;\nRETURN NEW;\n", hash='2aa9edb0e6e43a89f3f406c556f5ea59541c38e2', operation='INSERT', pgid='pgtrigger_not_on_another_30445', table='payments_receipt', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('year', 'place'), name='payments_receipt_number_once'), models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('match',), name='payments_one_receipt_a_match'), models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('line',), name='payments_one_receipt_a_transfer'), models.CheckConstraint(condition=models.Q(models.Q(('line__isnull', False), ('match', None)), models.Q(('line', None), ('match__isnull', False)), _connector='OR'), name='payments_receipt_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at', None)), models.Q(('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='payments_void_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='ReceiptCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='payments.receipt')),
                        ('nth', models.PositiveIntegerField()),
                        ('reason', models.CharField(max_length=400)),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='669daf7f73adbfe0bc57a1a145ba2538d3e6c2d1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_26e6a', table='payments_receiptcopy', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('receipt', 'nth'), name='payments_copy_numbered')],
                    },
                ),
                migrations.CreateModel(
                    name='ReceiptSeries',
                    fields=[
                        ('year', models.PositiveIntegerField(primary_key=True, serialize=False)),
                        ('last', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='ReceiptShare',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='payments.receipt')),
                        ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='payments.match')),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='540ff2a3f9853fd477b46ad82777b935c79002ee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5270', table='payments_receiptshare', when='BEFORE')), pgtrigger.compiler.Trigger(name='not_on_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (\n    SELECT 1 FROM payments_receipt r LEFT JOIN payments_receiptshare s ON s.receipt_id = r.id\n    WHERE r.voided_at IS NULL AND r.id <> NEW.receipt_id AND NEW.match_id IN (r.match_id, s.match_id)\n) THEN\n    RAISE EXCEPTION 'payments: the fee is on another receipt' USING ERRCODE = 'unique_violation';\nEND IF;\nRETURN NEW;\n", hash='e8084f76c9d777a589cad9482f16621fc6dd3f6e', operation='INSERT', pgid='pgtrigger_not_on_another_ce2b6', table='payments_receiptshare', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('receipt', 'match'), name='payments_share_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Refund',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('fee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.fee')),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to=settings.AUTH_USER_MODEL)),
                        ('payee', models.CharField(max_length=200)),
                        ('gross', models.PositiveBigIntegerField()),
                        ('charge', models.PositiveIntegerField(null=True)),
                        ('net', models.PositiveBigIntegerField(null=True)),
                        ('rule', models.CharField(max_length=20)),
                        ('send_to', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(max_length=400)),
                        ('state', models.CharField(choices=[('due', '返金を決めた'), ('approved', '返金を承認した'), ('paid', '返金した'), ('dropped', '返金を取りやめた')], default='due', max_length=10)),
                        ('paid_on', models.DateField(null=True)),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='refund_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."fee_id" IS DISTINCT FROM (NEW."fee_id") OR OLD."payee" IS DISTINCT FROM (NEW."payee") OR OLD."gross" IS DISTINCT FROM (NEW."gross") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d65e2a373e662062d706e7255fd49f883d38e69e', operation='UPDATE', pgid='pgtrigger_refund_stays_9992b', table='payments_refund', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='956de1291ad48afbddf247982946f79b6bfc1ce4', operation='DELETE', pgid='pgtrigger_never_deleted_eb90c', table='payments_refund', when='BEFORE')), pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:approved,due:dropped,approved:paid,approved:dropped,paid:approved}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='3099eca36154679dbfca0c2cc207aee3f0022d26', operation='UPDATE', pgid='pgtrigger_moves_30f89', table='payments_refund', when='BEFORE')), pgtrigger.compiler.Trigger(name='two_hands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.state = 'approved' AND NOT EXISTS (\n    SELECT 1 FROM payments_approval a WHERE a.subject = 'refund:' || NEW.id AND a.granted\n    AND a.decided_by <> a.by AND (a.data->>'net')::bigint = NEW.net AND (a.data->>'charge')::bigint = NEW.charge\n) THEN\n    RAISE EXCEPTION 'payments: a refund needs two people' USING ERRCODE = 'check_violation';\nEND IF;\nIF OLD.state <> 'due' AND (NEW.net, NEW.charge, NEW.send_to) IS DISTINCT FROM (OLD.net, OLD.charge, OLD.send_to) THEN\n    RAISE EXCEPTION 'payments: an approved refund does not change' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='0d3b5cb69a953ff0d1ad80e3d61d0f5f5b30d8ee', operation='UPDATE', pgid='pgtrigger_two_hands_09300', table='payments_refund', when='BEFORE')), pgtrigger.compiler.Trigger(name='has_parts', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF (SELECT coalesce(sum(amount), 0) FROM payments_refundpart WHERE refund_id = NEW.id) <> NEW.gross THEN\n    RAISE EXCEPTION 'payments: the parts of a refund do not add up' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='3b17be53862799b5c3a2bd2591bc73ee45c17e55', operation='INSERT', pgid='pgtrigger_has_parts_63ae6', table='payments_refund', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('gross__gt', 0)), name='payments_refund_above_zero'), models.CheckConstraint(condition=models.Q(('net__lte', models.F('gross'))), name='payments_refund_within'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), models.Q(('net__gt', 0), ('paid_on__isnull', False)), _connector='OR'), name='payments_refund_paid_on')],
                    },
                ),
                migrations.CreateModel(
                    name='RefundPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('refund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='payments.refund')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_parts', to='payments.bankline')),
                        ('amount', models.PositiveBigIntegerField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='47496646ff84f1dfbda6f3c215a3802fc54037fb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_25b1c', table='payments_refundpart', when='BEFORE')), pgtrigger.compiler.Trigger(name='within_line', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM payments_bankline WHERE id = NEW.line_id FOR UPDATE;\nIF NEW.amount + (\n    SELECT coalesce(sum(p.amount), 0) FROM payments_matchpart p WHERE p.line_id = NEW.line_id\n    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = p.match_id)\n) + (\n    SELECT coalesce(sum(p.amount), 0) FROM payments_refundpart p JOIN payments_refund r ON r.id = p.refund_id\n    WHERE p.line_id = NEW.line_id AND r.state <> 'dropped'\n) + (\n    SELECT coalesce(sum(w.amount), 0) FROM payments_writeoff w WHERE w.line_id = NEW.line_id\n    AND NOT EXISTS (SELECT 1 FROM payments_writeoffundo u WHERE u.write_off_id = w.id)\n) > (SELECT amount FROM payments_bankline WHERE id = NEW.line_id) THEN\n    RAISE EXCEPTION 'payments: the line does not hold that much' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='5fe848dec6f827dc260bb7baa3f1e11e0eed13a6', operation='INSERT', pgid='pgtrigger_within_line_52d4f', table='payments_refundpart', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('refund', 'line'), name='payments_one_refund_part_a_line'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_refund_part_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='RefundStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('refund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='payments.refund')),
                        ('move', models.CharField(choices=[('due', '決めた'), ('approved', '承認した'), ('paid', '振り込んだ'), ('dropped', '取りやめた'), ('corrected', '振込の記録を取り消した')], max_length=10)),
                        ('on', models.DateField()),
                        ('note', models.CharField(blank=True, max_length=400)),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24856294b9c028e297a9e2bfd28db6b9dd494387', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3a70', table='payments_refundstep', when='BEFORE')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.move <> 'approved')", constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'step:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='3120305e6d883353f60246246e8a43dabc4a478b', operation='INSERT', pgid='pgtrigger_booked_acf72', table='payments_refundstep', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TaughtTable',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=60)),
                        ('columns', models.JSONField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('forgotten_by', models.CharField(blank=True, max_length=200)),
                        ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('forgotten_at', None)), fields=('name',), name='payments_table_taught_once')],
                    },
                ),
                migrations.CreateModel(
                    name='WriteOff',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='write_offs', to='payments.bankline')),
                        ('amount', models.PositiveBigIntegerField()),
                        ('account', models.CharField(choices=[('bank', '普通預金'), ('receivable', '未収金'), ('suspense', '仮受金'), ('advances', '前受金'), ('refunds', '未払返金'), ('tax', '仮受消費税'), ('earned', '認定審査手数料収入'), ('charges', '支払手数料'), ('losses', '雑損失'), ('misc', '雑収入'), ('elsewhere', '他会計への振替')], max_length=20)),
                        ('reason', models.CharField(max_length=400)),
                        ('by', models.CharField(max_length=200)),
                        ('second', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='962d5cb4df18ea9ab4c8c8b17cd6dd5eb8c6064f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7d077', table='payments_writeoff', when='BEFORE')), pgtrigger.compiler.Trigger(name='within_line', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nPERFORM 1 FROM payments_bankline WHERE id = NEW.line_id FOR UPDATE;\nIF NEW.amount + (\n    SELECT coalesce(sum(p.amount), 0) FROM payments_matchpart p WHERE p.line_id = NEW.line_id\n    AND NOT EXISTS (SELECT 1 FROM payments_matchundo u WHERE u.match_id = p.match_id)\n) + (\n    SELECT coalesce(sum(p.amount), 0) FROM payments_refundpart p JOIN payments_refund r ON r.id = p.refund_id\n    WHERE p.line_id = NEW.line_id AND r.state <> 'dropped'\n) + (\n    SELECT coalesce(sum(w.amount), 0) FROM payments_writeoff w WHERE w.line_id = NEW.line_id\n    AND NOT EXISTS (SELECT 1 FROM payments_writeoffundo u WHERE u.write_off_id = w.id)\n) > (SELECT amount FROM payments_bankline WHERE id = NEW.line_id) THEN\n    RAISE EXCEPTION 'payments: the line does not hold that much' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='6b2ab7c639b2bcdcaf6f6f3b0adebc48e612c717', operation='INSERT', pgid='pgtrigger_within_line_637c0', table='payments_writeoff', when='BEFORE')), pgtrigger.compiler.Trigger(name='two_hands', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nIF NOT EXISTS (\n    SELECT 1 FROM payments_approval a WHERE a.subject = \'line:\' || NEW.line_id AND a.kind = \'write_off\' AND a.granted\n    AND a."by" = NEW."by" AND a.decided_by = NEW.second AND a.decided_by <> a."by"\n) THEN\n    RAISE EXCEPTION \'payments: money of nobody moves by two people\' USING ERRCODE = \'check_violation\';\nEND IF;\nRETURN NEW;\n', hash='346923242491eb1a02fc78a0368de6637400bd2b', operation='INSERT', pgid='pgtrigger_two_hands_c0621', table='payments_writeoff', when='BEFORE')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'write_off:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='38467a70b562677b7b13c48549c3a4efa22c0867', operation='INSERT', pgid='pgtrigger_booked_9c1f2', table='payments_writeoff', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_write_off_above_zero'), models.CheckConstraint(condition=models.Q(('account__in', ['misc', 'elsewhere'])), name='payments_write_off_account'), models.CheckConstraint(condition=models.Q(models.Q(('second', models.F('by')), _negated=True), models.Q(('reason', ''), _negated=True)), name='payments_write_off_by_two')],
                    },
                ),
                migrations.CreateModel(
                    name='WriteOffUndo',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('write_off', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undo', to='payments.writeoff')),
                        ('reason', models.CharField(max_length=400)),
                        ('by', models.CharField(max_length=200)),
                        ('second', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa9855af590d71f760f90a27b312f41af4051172', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_efa03', table='payments_writeoffundo', when='BEFORE')), pgtrigger.compiler.Trigger(name='two_hands', sql=pgtrigger.compiler.UpsertTriggerSql(func='\nIF NOT EXISTS (\n    SELECT 1 FROM payments_approval a WHERE a.subject = \'write_off:\' || NEW.write_off_id AND a.kind = \'restore\' AND a.granted\n    AND a."by" = NEW."by" AND a.decided_by = NEW.second AND a.decided_by <> a."by"\n) THEN\n    RAISE EXCEPTION \'payments: money of nobody moves by two people\' USING ERRCODE = \'check_violation\';\nEND IF;\nRETURN NEW;\n', hash='17e7267fe3b894ffc8c9378beef1dbbdc23b7fe6', operation='INSERT', pgid='pgtrigger_two_hands_f378a', table='payments_writeoffundo', when='BEFORE')), pgtrigger.compiler.Trigger(name='booked', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF NOT EXISTS (SELECT 1 FROM payments_entry WHERE cause = 'restored:' || NEW.id) THEN\n    RAISE EXCEPTION 'payments: % is not in the books', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='2c87ddc7dcbe50e4dc6c9e4a7c5d8262bb075dbe', operation='INSERT', pgid='pgtrigger_booked_9437a', table='payments_writeoffundo', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('second', models.F('by')), _negated=True), name='payments_restore_by_two')],
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('payer_name', models.CharField(max_length=200)),
                        ('payer_key', models.CharField(db_index=True, max_length=400)),
                        ('note', models.CharField(max_length=400)),
                        ('agreed_on', models.DateField()),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('ended_by', models.CharField(blank=True, max_length=200)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='payments_agreement_ended_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementFee',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listed', to='payments.agreement')),
                        ('fee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listed_in', to='payments.fee')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('agreement', 'fee'), name='payments_listed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('undo', '受理後の取消し'), ('refund', '返金'), ('account', '振込先の確認'), ('write_off', '仮受金の処理'), ('restore', '仮受金に戻す')], max_length=10)),
                        ('subject', models.CharField(max_length=60)),
                        ('reason', models.CharField(max_length=400)),
                        ('data', models.JSONField(default=dict)),
                        ('by', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('granted', models.BooleanField(null=True)),
                        ('decided_by', models.CharField(blank=True, max_length=200)),
                        ('decided_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('granted', None)), fields=('subject',), name='payments_one_open_approval'), models.CheckConstraint(condition=models.Q(('granted', False), models.Q(('decided_by', models.F('by')), _negated=True), _connector='OR'), name='payments_approved_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('granted', None)), models.Q(('decided_at__isnull', False), ('granted__isnull', False), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='payments_approval_is_whole')],
                        'triggers': [pgtrigger.compiler.Trigger(name='asked_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."data" IS DISTINCT FROM (NEW."data") OR OLD."by" IS DISTINCT FROM (NEW."by") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='1223f23a1a47f77df3f26afec1cd57595db70694', operation='UPDATE', pgid='pgtrigger_asked_stays_f88ff', table='payments_approval', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='54a9d17eb54c7b87ed2400c43c93c3c74ec79a38', operation='DELETE', pgid='pgtrigger_never_deleted_31634', table='payments_approval', when='BEFORE')), pgtrigger.compiler.Trigger(name='decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF OLD.decided_at IS NOT NULL THEN\n    RAISE EXCEPTION 'payments: this was decided already' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='03e22db292c75b197909151ebd5352b7d7e832b3', operation='UPDATE', pgid='pgtrigger_decided_once_43f33', table='payments_approval', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
