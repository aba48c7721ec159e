import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_whole'), ('ledger', '0002_amended_claims'), ('ledger', '0003_drafts_prints_windows'), ('ledger', '0004_passport')]

    initial = True

    dependencies = [
        ('courses', '0001_whole_20261122'),
        ('people', '__first__'),
        ('registry', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Activity',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to=settings.AUTH_USER_MODEL)),
                        ('category', models.CharField(max_length=10)),
                        ('title', models.CharField(max_length=200)),
                        ('organiser', models.CharField(blank=True, max_length=200)),
                        ('topic', models.CharField(blank=True, max_length=10)),
                        ('competency', models.CharField(blank=True, max_length=10)),
                        ('proof', models.CharField(choices=[('certificate', '受講証明書'), ('document', '受講者名・コース名・カリキュラム・受講日がわかる文書'), ('record', '自分でつけた記録（対象・内容・日時）'), ('none', 'まだない')], default='record', max_length=20)),
                        ('detail', models.TextField(blank=True)),
                        ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='courses.course')),
                        ('same_activity', models.CharField(blank=True, max_length=60)),
                        ('source_key', models.CharField(blank=True, max_length=80)),
                        ('logged_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': '自己研鑽活動',
                        'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['person'], name='ledger_lines_of_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ledger_activity_has_title'), models.CheckConstraint(condition=models.Q(('category', ''), _negated=True), name='ledger_activity_has_category'), models.CheckConstraint(condition=models.Q(('proof__in', ['certificate', 'document', 'record', 'none'])), name='ledger_known_proof'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('logged_at')), _connector='OR'), name='ledger_withdrawn_later'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('source_key', ''), _negated=True)), fields=('person', 'source_key'), name='ledger_brought_in_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ActivitySession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='ledger.activity')),
                        ('on', models.DateField()),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('begins', models.TimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['on'],
                        'constraints': [models.UniqueConstraint(fields=('activity', 'on'), name='ledger_one_session_a_day'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), models.Q(('minutes__lte', 1440), ('from_on__isnull', False), _connector='OR')), name='ledger_minutes_of_a_day'), models.CheckConstraint(condition=models.Q(('from_on', None), ('from_on__lt', models.F('on')), _connector='OR'), name='ledger_period_has_days')],
                    },
                ),
                migrations.CreateModel(
                    name='Alike',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('one', models.CharField(max_length=64)),
                        ('one_page', models.PositiveSmallIntegerField()),
                        ('other', models.CharField(max_length=64)),
                        ('other_page', models.PositiveSmallIntegerField()),
                        ('permille', models.PositiveSmallIntegerField()),
                        ('found_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['other'], name='ledger_alike_other')],
                        'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='ledger_alike_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='ledger_alike_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Claim',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='registry.certification')),
                        ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='registry.term')),
                        ('ordinal', models.PositiveSmallIntegerField(default=1)),
                        ('filed_on', models.DateField()),
                        ('edition', models.CharField(max_length=200)),
                        ('lines', models.JSONField()),
                        ('balance', models.JSONField()),
                        ('sha256', models.CharField(blank=True, max_length=64)),
                        ('frozen_at', models.DateTimeField()),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='281f357bcd842c95f0b922a5c64468c55a22f469', operation='DELETE', pgid='pgtrigger_append_only_fa3f0', table='ledger_claim', when='BEFORE')), pgtrigger.compiler.Trigger(name='only_released', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.released_at IS NOT NULL OR NEW.released_at IS NULL OR to_jsonb(OLD) - 'released_at' IS DISTINCT FROM to_jsonb(NEW) - 'released_at')", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='830d6b050231ad6b1423e736909cbf30e28d15ea', operation='UPDATE', pgid='pgtrigger_only_released_36e6b', table='ledger_claim', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('certification', 'term'), name='ledger_one_standing_claim'), models.UniqueConstraint(fields=('term', 'ordinal'), name='ledger_claims_in_order'), models.CheckConstraint(condition=models.Q(('edition', ''), _negated=True), name='ledger_claim_names_edition')],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='ledger.activity')),
                        ('added_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['added_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('activity', 'sha256'), name='ledger_same_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Jotting',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jottings', to=settings.AUTH_USER_MODEL)),
                        ('source', models.CharField(choices=[('typed', '途中までの入力'), ('file', '控えのファイル'), ('share', 'ほかのアプリからの共有'), ('mail', 'メール'), ('passport', 'ほかの協会のCPDパスポート')], max_length=10)),
                        ('said', models.JSONField(default=dict)),
                        ('found', models.JSONField(default=list)),
                        ('source_key', models.CharField(blank=True, max_length=80)),
                        ('arrived_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jottings', to='ledger.activity')),
                    ],
                    options={
                        'verbose_name': '下書き',
                        'ordering': ['-arrived_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['typed', 'file', 'share', 'mail', 'passport'])), name='ledger_known_source'), models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('person', 'source_key'), name='ledger_arrived_once'), models.CheckConstraint(condition=models.Q(('activity', None), ('closed_at__isnull', False), _connector='OR'), name='ledger_used_draft_is_closed')],
                    },
                ),
                migrations.CreateModel(
                    name='JottingFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('jotting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='ledger.jotting')),
                    ],
                    options={
                        'ordering': ['file_name', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('jotting', 'sha256'), name='ledger_draft_has_a_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PagePrint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sha256', models.CharField(max_length=64)),
                        ('page', models.PositiveSmallIntegerField()),
                        ('coarse', models.BigIntegerField()),
                        ('fine', models.BinaryField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['coarse'], name='ledger_coarse_prints')],
                        'constraints': [models.UniqueConstraint(fields=('sha256', 'page'), name='ledger_one_print_a_page')],
                    },
                ),
                migrations.CreateModel(
                    name='Relief',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reliefs', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('illness', '病気・けが'), ('childbirth', '出産・育児'), ('disaster', '災害')], max_length=12)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField()),
                        ('reason', models.TextField()),
                        ('granted_by', models.CharField(max_length=80)),
                        ('granted_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_because', models.TextField(blank=True)),
                    ],
                    options={
                        'verbose_name': '病気・出産・災害の期間',
                        'ordering': ['from_on', 'granted_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['illness', 'childbirth', 'disaster'])), name='ledger_known_relief'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='ledger_relief_has_days'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ledger_relief_has_reason'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'kind', 'from_on', 'until_on'), name='ledger_one_relief_a_span')],
                    },
                ),
            ],
        ),
    ]
