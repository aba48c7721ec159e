import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


# What was asked about, and the one link of each request, move to tables of their own.
MOVE = '''
SET CONSTRAINTS ALL IMMEDIATE;
INSERT INTO experience_askedpost (request_id, post_id, pieces)
    SELECT attestationrequest_id, post_id, '[]' FROM experience_attestationrequest_posts ORDER BY id;
INSERT INTO experience_link (request_id, sha256, made_at)
    SELECT id, token_sha256, asked_at FROM experience_attestationrequest ORDER BY asked_at;
'''


class Migration(migrations.Migration):

    dependencies = [
        ('experience', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AskedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pieces', models.JSONField(default=list)),
            ],
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
        ),
        migrations.CreateModel(
            name='HalfAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=100)),
            ],
            options={
                'ordering': ['from_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField()),
            ],
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
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kept_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Substitution',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['kept_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SubstitutionGrant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('months', models.PositiveSmallIntegerField()),
                ('reason', models.TextField(max_length=1000)),
                ('granted_on', models.DateField()),
                ('granted_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['granted_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('applicant', '申請者'), ('attestor', '証明者')], max_length=10)),
                ('device', models.CharField(blank=True, max_length=64)),
                ('network', models.CharField(blank=True, max_length=64)),
                ('read_seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('at', models.DateTimeField()),
                ('drop_on', models.DateField(db_index=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='attestationrequest',
            name='channel',
            field=models.CharField(choices=[('link', 'リンク'), ('paper', '紙')], default='link', max_length=5),
        ),
        migrations.AddField(
            model_name='attestationrequest',
            name='code',
            field=models.CharField(blank=True, max_length=12, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='attestationrequest',
            name='expiry_told_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attestationrequest',
            name='reminded_after',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='statement',
            name='arrived_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='channel',
            field=models.CharField(choices=[('link', 'リンク'), ('paper', '紙')], default='link', max_length=5),
        ),
        migrations.AddField(
            model_name='statement',
            name='keyed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statement',
            name='pieces',
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name='attestationrequest',
            name='attestor_email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='attestationrequest',
            name='expires_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_on', None), ('channel', 'link'), ('keyed_by', None)), models.Q(('arrived_on__isnull', False), ('channel', 'paper'), ('keyed_by__isnull', False)), _connector='OR'), name='experience_paper_has_its_arrival'),
        ),
        migrations.AddField(
            model_name='askedpost',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='experience.post'),
        ),
        migrations.AddField(
            model_name='askedpost',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='experience.attestationrequest'),
        ),
        migrations.AddConstraint(
            model_name='attestationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'link'), ('expires_on__isnull', False), models.Q(('attestor_email', ''), _negated=True)), models.Q(('channel', 'paper'), ('code__isnull', False)), _connector='OR'), name='experience_asked_somehow'),
        ),
        migrations.AddConstraint(
            model_name='attestorbox',
            constraint=models.UniqueConstraint(fields=('email', 'made_on'), name='experience_one_box_a_day'),
        ),
        migrations.AddField(
            model_name='halfanswer',
            name='request',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='half_answer', to='experience.attestationrequest'),
        ),
        migrations.AddField(
            model_name='leave',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leaves', to='experience.post'),
        ),
        migrations.AddField(
            model_name='link',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='experience.attestationrequest'),
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL('DROP TABLE experience_attestationrequest_posts', migrations.RunSQL.noop)],
            state_operations=[
                migrations.AlterField(
                    model_name='attestationrequest',
                    name='posts',
                    field=models.ManyToManyField(related_name='requests', through='experience.AskedPost', to='experience.post'),
                ),
            ],
        ),
        migrations.RemoveField(
            model_name='attestationrequest',
            name='token_sha256',
        ),
        migrations.AddField(
            model_name='scan',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='experience.attestationrequest'),
        ),
        migrations.AddField(
            model_name='substitution',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutions', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='substitutionfile',
            name='substitution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='experience.substitution'),
        ),
        migrations.AddField(
            model_name='substitutiongrant',
            name='granted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='substitutiongrant',
            name='substitution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='experience.substitution'),
        ),
        migrations.AddField(
            model_name='trace',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='traces', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trace',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='traces', to='experience.attestationrequest'),
        ),
        migrations.AddConstraint(
            model_name='askedpost',
            constraint=models.UniqueConstraint(fields=('request', 'post'), name='experience_asked_once_a_request'),
        ),
        migrations.AddConstraint(
            model_name='leave',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='experience_leave_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scan',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='775e67098f423113022a9231998bcbd89a64f2e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e05ef', table='experience_scan', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='substitutionfile',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='37bb3d05614f81b8d321dd2061b371a800147070', operation='UPDATE', pgid='pgtrigger_kept_7e89b', table='experience_substitutionfile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='substitutiongrant',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='experience_grant_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='substitutiongrant',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f69ba84410b045233c61fa235379839378be0fbb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_768d6', table='experience_substitutiongrant', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('request', None), ('side', 'applicant')), models.Q(('request__isnull', False), ('side', 'attestor')), _connector='OR'), name='experience_trace_of_one_side'),
        ),
    ]
