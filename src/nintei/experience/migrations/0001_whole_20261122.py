import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('experience', '0001_whole'), ('experience', '0002_attesting')]

    initial = True

    dependencies = [
        ('people', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='AttestationRequest',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attestation_requests', to=settings.AUTH_USER_MODEL)),
                        ('channel', models.CharField(choices=[('link', 'リンク'), ('paper', '紙')], default='link', max_length=5)),
                        ('code', models.CharField(blank=True, max_length=12, null=True, unique=True)),
                        ('attestor_name', models.CharField(max_length=100)),
                        ('attestor_email', models.EmailField(blank=True, max_length=254)),
                        ('relation', models.CharField(choices=[('superior', '上司'), ('supervisor', '監督者'), ('other', '取引先・役員など')], max_length=20)),
                        ('qualification', models.CharField(blank=True, max_length=10)),
                        ('language', models.CharField(default='ja', max_length=2)),
                        ('state', models.CharField(choices=[('open', '返事待ち'), ('answered', '返事あり'), ('withdrawn', '取り消し')], default='open', max_length=20)),
                        ('asked_at', models.DateTimeField()),
                        ('asked_on', models.DateField()),
                        ('expires_on', models.DateField(blank=True, null=True)),
                        ('reminded_on', models.DateField(blank=True, null=True)),
                        ('reminded_after', models.PositiveSmallIntegerField(default=0)),
                        ('expiry_told_on', models.DateField(blank=True, null=True)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['asked_at', 'id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:answered,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='0ed00a040841db87171728b6466212dbe111e503', operation='UPDATE', pgid='pgtrigger_answered_once_8052c', table='experience_attestationrequest', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('expires_on__gte', models.F('asked_on'))), name='experience_expires_later'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at', None)), _connector='OR'), name='experience_answered_has_instant'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'link'), ('expires_on__isnull', False), models.Q(('attestor_email', ''), _negated=True)), models.Q(('channel', 'paper'), ('code__isnull', False)), _connector='OR'), name='experience_asked_somehow')],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.CharField(max_length=100)),
                        ('department', models.CharField(blank=True, max_length=100)),
                        ('role', models.CharField(blank=True, max_length=100)),
                        ('started_on', models.DateField()),
                        ('ended_on', models.DateField(blank=True, null=True)),
                        ('precision', models.CharField(choices=[('day', '日まで'), ('month', '月まで')], default='day', max_length=5)),
                        ('duties', models.TextField(blank=True, max_length=2000)),
                        ('saved_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['started_on', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='experience_post_order')],
                    },
                ),
                migrations.CreateModel(
                    name='AskedPost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='experience.attestationrequest')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='experience.post')),
                        ('pieces', models.JSONField(default=list)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('request', 'post'), name='experience_asked_once_a_request')],
                    },
                ),
                migrations.CreateModel(
                    name='AttestorBox',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=254)),
                        ('sha256', models.BinaryField(max_length=32, unique=True)),
                        ('made_on', models.DateField()),
                        ('until_on', models.DateField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('email', 'made_on'), name='experience_one_box_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='DrawnSignature',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='drawn', to='experience.attestationrequest')),
                        ('kept_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e13bd78c6d788ccb3f85e99d37af7b189d07699f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23610', table='experience_drawnsignature', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='HalfAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='half_answer', to='experience.attestationrequest')),
                        ('told', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='HalfPost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='half_posts', to=settings.AUTH_USER_MODEL)),
                        ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='half', to='experience.post')),
                        ('typed', models.JSONField()),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'post'), name='experience_one_half_post', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Leave',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to='experience.post')),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=100)),
                    ],
                    options={
                        'ordering': ['from_on', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='experience_leave_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='experience.attestationrequest')),
                        ('sha256', models.BinaryField(max_length=32, unique=True)),
                        ('made_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='PostField',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='experience.post')),
                        ('field', models.CharField(max_length=10)),
                        ('done', models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        'ordering': ['field'],
                        'constraints': [models.UniqueConstraint(fields=('post', 'field'), name='experience_field_once_a_post')],
                    },
                ),
                migrations.CreateModel(
                    name='Scan',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='experience.attestationrequest')),
                        ('kept_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['kept_at', 'id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='775e67098f423113022a9231998bcbd89a64f2e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e05ef', table='experience_scan', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Statement',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='experience.attestationrequest')),
                        ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='experience.post')),
                        ('answer', models.CharField(choices=[('confirmed', 'はい'), ('differs', '少し違う'), ('cannot', '確認できない')], max_length=20)),
                        ('from_on', models.DateField(blank=True, null=True)),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('fields', models.JSONField(default=list)),
                        ('supervised_from', models.DateField(blank=True, null=True)),
                        ('supervised_until', models.DateField(blank=True, null=True)),
                        ('was_there', models.BooleanField(default=True)),
                        ('belongs_still', models.BooleanField(default=False)),
                        ('role', models.CharField(blank=True, max_length=100)),
                        ('comment', models.TextField(blank=True, max_length=1000)),
                        ('signed_name', models.CharField(blank=True, max_length=100)),
                        ('pieces', models.JSONField(default=list)),
                        ('channel', models.CharField(choices=[('link', 'リンク'), ('paper', '紙')], default='link', max_length=5)),
                        ('arrived_on', models.DateField(blank=True, null=True)),
                        ('keyed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_at', models.DateTimeField()),
                        ('signed_on', models.DateField()),
                        ('language', models.CharField(default='ja', max_length=2)),
                        ('text', models.TextField()),
                        ('text_sha256', models.CharField(max_length=64)),
                    ],
                    options={
                        'ordering': ['signed_at', 'id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01f11f7faeca9c615594be4a0a3fbeb7cf150637', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_86e5e', table='experience_statement', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('request', 'post'), name='experience_one_statement_a_post'), models.CheckConstraint(condition=models.Q(('answer', 'cannot'), models.Q(('supervised_from__isnull', False), ('from_on__isnull', False), models.Q(('signed_name', ''), _negated=True)), _connector='OR'), name='experience_signed_is_whole'), models.CheckConstraint(condition=models.Q(('supervised_until', None), ('supervised_until__gte', models.F('supervised_from')), _connector='OR'), name='experience_supervised_order'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='experience_stated_order'), models.CheckConstraint(condition=models.Q(models.Q(('arrived_on', None), ('channel', 'link'), ('keyed_by', None)), models.Q(('arrived_on__isnull', False), ('channel', 'paper'), ('keyed_by__isnull', False)), _connector='OR'), name='experience_paper_has_its_arrival')],
                    },
                ),
                migrations.CreateModel(
                    name='Substitution',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('qualification', '資格の取得'), ('training', '研修の受講')], max_length=20)),
                        ('name', models.CharField(max_length=100)),
                        ('issuer', models.CharField(max_length=100)),
                        ('obtained_on', models.DateField()),
                        ('saved_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['obtained_on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='SubstitutionFile',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('substitution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='experience.substitution')),
                        ('kept_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['kept_at', 'id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='37bb3d05614f81b8d321dd2061b371a800147070', operation='UPDATE', pgid='pgtrigger_kept_7e89b', table='experience_substitutionfile', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SubstitutionGrant',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('substitution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='experience.substitution')),
                        ('months', models.PositiveSmallIntegerField()),
                        ('reason', models.TextField(max_length=1000)),
                        ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('granted_on', models.DateField()),
                        ('granted_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['granted_at', 'id'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f69ba84410b045233c61fa235379839378be0fbb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_768d6', table='experience_substitutiongrant', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='experience_grant_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Trace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='traces', to=settings.AUTH_USER_MODEL)),
                        ('request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='traces', to='experience.attestationrequest')),
                        ('side', models.CharField(choices=[('applicant', '申請者'), ('attestor', '証明者')], max_length=10)),
                        ('device', models.CharField(blank=True, max_length=64)),
                        ('network', models.CharField(blank=True, max_length=64)),
                        ('read_seconds', models.PositiveIntegerField(blank=True, null=True)),
                        ('at', models.DateTimeField()),
                        ('drop_on', models.DateField(db_index=True)),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('request', None), ('side', 'applicant')), models.Q(('request__isnull', False), ('side', 'attestor')), _connector='OR'), name='experience_trace_of_one_side')],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='attestationrequest',
            name='posts',
            field=models.ManyToManyField(related_name='requests', through='experience.AskedPost', to='experience.post'),
        ),
    ]
