import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('certificates', '0001_whole'), ('certificates', '0002_signed'), ('certificates', '0003_passport'), ('certificates', '0004_post')]

    initial = True

    dependencies = [
        ('people', '__first__'),
        ('registry', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='BroughtPassport',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='brought_passports', to=settings.AUTH_USER_MODEL)),
                        ('sha256', models.CharField(max_length=64)),
                        ('text', models.TextField()),
                        ('issuer', models.CharField(max_length=200)),
                        ('name', models.CharField(blank=True, max_length=200)),
                        ('made_on', models.CharField(max_length=10)),
                        ('signature', models.CharField(max_length=8)),
                        ('activities', models.PositiveSmallIntegerField()),
                        ('brought_at', models.DateTimeField()),
                    ],
                    options={
                        'verbose_name': 'ほかの協会のCPDパスポート',
                        'ordering': ['-brought_at'],
                        'constraints': [models.UniqueConstraint(fields=('person', 'sha256'), name='certificates_brought_once'), models.CheckConstraint(condition=models.Q(('signature__in', ['known', 'self', 'unknown'])), name='certificates_known_signature')],
                    },
                ),
                migrations.CreateModel(
                    name='Certificate',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='registry.term')),
                        ('copy', models.PositiveSmallIntegerField(default=1)),
                        ('cause', models.CharField(blank=True, max_length=200)),
                        ('template', models.CharField(max_length=40)),
                        ('content', models.JSONField()),
                        ('statement', models.JSONField()),
                        ('key', models.PositiveSmallIntegerField()),
                        ('leaf', models.BigIntegerField()),
                        ('intended_at', models.DateTimeField()),
                        ('proof', models.TextField(blank=True)),
                        ('credential', models.JSONField(blank=True, default=dict)),
                        ('token', models.TextField(blank=True)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('issued_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='661bb70e2de5c62cc059b65ecb471d9a12fa7fb8', operation='DELETE', pgid='pgtrigger_never_deleted_14df9', table='certificates_certificate', when='BEFORE')), pgtrigger.compiler.Trigger(name='issued_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."sha256" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f693731694633e70340d769eb25560a9448b54ec', operation='UPDATE', pgid='pgtrigger_issued_once_c5cd8', table='certificates_certificate', when='BEFORE')), pgtrigger.compiler.Trigger(name='said_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."term_id" IS DISTINCT FROM (NEW."term_id") OR OLD."copy" IS DISTINCT FROM (NEW."copy") OR OLD."cause" IS DISTINCT FROM (NEW."cause") OR OLD."template" IS DISTINCT FROM (NEW."template") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."statement" IS DISTINCT FROM (NEW."statement") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."leaf" IS DISTINCT FROM (NEW."leaf") OR OLD."intended_at" IS DISTINCT FROM (NEW."intended_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='730c76efd7b4c72ccd45130ccf86e5ad9166a187', operation='UPDATE', pgid='pgtrigger_said_once_e6e63', table='certificates_certificate', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('term', 'copy'), name='certificates_one_a_term'), models.UniqueConstraint(condition=models.Q(('cause', ''), _negated=True), fields=('term', 'cause'), name='certificates_one_a_cause'), models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('sha256', '')), models.Q(models.Q(('sha256', ''), _negated=True), ('issued_at__isnull', False), models.Q(('key', 0), models.Q(models.Q(('proof', ''), _negated=True), models.Q(('token', ''), _negated=True)), _connector='OR')), _connector='OR'), name='certificates_issued_with_file')],
                    },
                ),
                migrations.CreateModel(
                    name='Passport',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passports', to=settings.AUTH_USER_MODEL)),
                        ('language', models.CharField(max_length=2)),
                        ('record', models.JSONField()),
                        ('statement', models.JSONField()),
                        ('key', models.PositiveSmallIntegerField()),
                        ('leaf', models.BigIntegerField()),
                        ('intended_at', models.DateTimeField()),
                        ('proof', models.TextField(blank=True)),
                        ('credential', models.JSONField(blank=True, default=dict)),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('issued_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'CPDパスポート',
                        'ordering': ['-intended_at', '-pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='issued_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.sha256 <> '' AND to_jsonb(OLD) - 'record' - 'statement' - 'credential' - 'person_id' IS DISTINCT FROM to_jsonb(NEW) - 'record' - 'statement' - 'credential' - 'person_id')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='31f182d3df43401e138543191aa3987912b1678f', operation='UPDATE', pgid='pgtrigger_issued_once_7dba5', table='certificates_passport', when='BEFORE')), pgtrigger.compiler.Trigger(name='said_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."leaf" IS DISTINCT FROM (NEW."leaf") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."intended_at" IS DISTINCT FROM (NEW."intended_at") OR OLD."language" IS DISTINCT FROM (NEW."language"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2d0f65e0576169c030f59bd0e6453ef7a8c959e4', operation='UPDATE', pgid='pgtrigger_said_once_173fc', table='certificates_passport', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('sha256', '')), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('proof', ''), _negated=True), ('issued_at__isnull', False)), _connector='OR'), name='certificates_passport_whole'), models.CheckConstraint(condition=models.Q(('language__in', ['ja', 'en'])), name='certificates_passport_language')],
                    },
                ),
                migrations.CreateModel(
                    name='Posting',
                    fields=[
                        ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='posting', serialize=False, to='certificates.certificate')),
                        ('state', models.CharField(choices=[('to_post', '発送待ち'), ('posted', '発送済み'), ('returned', '戻ってきた'), ('set_aside', '発送しない')], default='to_post', max_length=10)),
                        ('state_since_on', models.DateField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{posted:returned,posted:to_post,returned:posted,returned:set_aside,set_aside:to_post,to_post:posted,to_post:set_aside}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='8515ebf5b245a948fb02ac1a2d1c357b5792be2d', operation='UPDATE', pgid='pgtrigger_steps_2cb55', table='certificates_posting', when='BEFORE')), pgtrigger.compiler.Trigger(name='begins_to_post', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'to_post\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='1afd32398c836071353fa1d6fe8b7eb6b6b57af1', operation='INSERT', pgid='pgtrigger_begins_to_post_ae8d1', table='certificates_posting', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='68b555c1361ce25053aa600cf60fe137289c7d87', operation='DELETE', pgid='pgtrigger_never_deleted_69849', table='certificates_posting', when='BEFORE'))],
                        'indexes': [models.Index(fields=['state', 'state_since_on'], name='certificates_posting_state')],
                    },
                ),
                migrations.CreateModel(
                    name='PostingStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='certificates.posting')),
                        ('event', models.CharField(choices=[('post', '発送したと記録する'), ('come_back', '戻ってきたと記録する'), ('ask', '住所を尋ねる'), ('set_aside', '発送しないことにする'), ('take_back', '発送待ちに戻す'), ('undo', '発送の記録を取り消す')], max_length=10)),
                        ('on', models.DateField()),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('way', models.CharField(blank=True, choices=[('letter', '普通郵便'), ('tracked', '追跡のある郵便'), ('registered', '簡易書留'), ('by_hand', '手渡し')], max_length=10)),
                        ('tracking', models.CharField(blank=True, max_length=40)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('address', models.TextField(blank=True, max_length=300)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='020d9d126ca1ba8ac171c09d12c7998aaac777dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f0cd', table='certificates_postingstep', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['come_back', 'set_aside', 'undo']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='certificates_step_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('event', 'post'), _negated=True), models.Q(('way', ''), _negated=True), _connector='OR'), name='certificates_posted_how')],
                    },
                ),
                migrations.CreateModel(
                    name='Print',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('envelope', models.CharField(choices=[('folded', '長形3号の窓封筒（三つ折り）'), ('flat', '角形2号（折らない）')], max_length=10)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83f8418a85e1703e489f117d86eb77943c1afcdd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0cdb3', table='certificates_print', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ShareLink',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='share_links', to='registry.certification')),
                        ('token_sha256', models.CharField(max_length=64, unique=True)),
                        ('label', models.CharField(blank=True, max_length=60)),
                        ('shows', models.JSONField(default=list)),
                        ('made_at', models.DateTimeField()),
                        ('until_on', models.DateField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('opened', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'ordering': ['-made_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bf8f2a18e6ff312a25a79dadf19971a8617c2715', operation='DELETE', pgid='pgtrigger_never_deleted_3e73d', table='certificates_sharelink', when='BEFORE')), pgtrigger.compiler.Trigger(name='made_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."certification_id" IS DISTINCT FROM (NEW."certification_id") OR OLD."token_sha256" IS DISTINCT FROM (NEW."token_sha256") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='891fe0601e50fe43e868777816a3f8eecef4d764', operation='UPDATE', pgid='pgtrigger_made_stays_e52cb', table='certificates_sharelink', when='BEFORE')), pgtrigger.compiler.Trigger(name='revoked_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revoked_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0312701aae17dad826a4cd151e45da2d65b993f8', operation='UPDATE', pgid='pgtrigger_revoked_stays_d2e97', table='certificates_sharelink', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Sheet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('printed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='certificates.print')),
                        ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='certificates.certificate')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('again', models.CharField(blank=True, choices=[('spoiled', '刷り損じ（前の紙は捨てた）'), ('lost', '届かなかった・傷んだ')], max_length=10)),
                        ('is_marked', models.BooleanField(default=False)),
                        ('address', models.TextField(max_length=300)),
                    ],
                    options={
                        'ordering': ['pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8bcc471f3ddfbde4e784c3d7628445f01c47cfb9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe09f', table='certificates_sheet', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('certificate', 'number'), name='certificates_sheet_number'), models.CheckConstraint(condition=models.Q(models.Q(('again', ''), ('is_marked', False), ('number', 1)), models.Q(('number__gt', 1), models.Q(('again', ''), _negated=True), models.Q(('is_marked', True), ('again', 'spoiled'), _connector='OR')), _connector='OR'), name='certificates_further_sheet_marked')],
                    },
                ),
                migrations.CreateModel(
                    name='StatusPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('certification', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='status_place', to='registry.certification')),
                        ('number', models.PositiveSmallIntegerField(default=1)),
                        ('index', models.PositiveIntegerField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6f9a89917a390f489c5447cd65ee2332610af7dd', operation='UPDATE OR DELETE', pgid='pgtrigger_kept_b8402', table='certificates_statusplace', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('number', 'index'), name='certificates_one_place'), models.CheckConstraint(condition=models.Q(('index__lt', 131072)), name='certificates_place_in_list')],
                    },
                ),
            ],
        ),
    ]
