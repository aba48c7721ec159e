import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('people', '0001_whole'), ('people', '0002_data_requests')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='OnceKey',
                    fields=[
                        ('digest', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                        ('answer', models.CharField(blank=True, max_length=2000)),
                        ('at', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('name', models.CharField(blank=True, max_length=100)),
                        ('kana', models.CharField(blank=True, max_length=100)),
                        ('latin', models.CharField(blank=True, max_length=100)),
                        ('born_on', models.DateField(blank=True, null=True)),
                        ('language', models.CharField(choices=[('ja', '日本語'), ('en', 'English')], default='ja', max_length=2)),
                        ('is_active', models.BooleanField(default=True)),
                        ('is_staff', models.BooleanField(default=False)),
                        ('joined_at', models.DateTimeField(blank=True, null=True)),
                        ('postal_address', models.TextField(blank=True, max_length=300)),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to=settings.AUTH_USER_MODEL)),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='people_one_address'), models.CheckConstraint(condition=models.Q(('merged_into', None), ('is_active', False), _connector='OR'), name='people_merged_is_closed')],
                    },
                ),
                migrations.CreateModel(
                    name='DataRequest',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to=settings.AUTH_USER_MODEL)),
                        ('kind', models.CharField(choices=[('correct', '直してほしい'), ('erase', '消してほしい')], max_length=10)),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('state', models.CharField(choices=[('open', '事務局を待つ'), ('proposed', '二人目を待つ'), ('done', '行いました'), ('declined', '応じられず')], default='open', max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('first', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('first_at', models.DateTimeField(blank=True, null=True)),
                        ('second', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('second_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.TextField(blank=True, max_length=2000)),
                        ('removed', models.JSONField(default=dict)),
                    ],
                    options={
                        'ordering': ['asked_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='request_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:proposed,open:done,open:declined,proposed:done,proposed:declined,proposed:open}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='3ac384551f3d29878f86f84bdb10da0cabbd5f5f', operation='UPDATE', pgid='pgtrigger_request_steps_9ab46', table='people_datarequest', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'proposed'])), fields=('person', 'kind'), name='people_one_request'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'erase'), ('state', 'done'), _negated=True), models.Q(('first__isnull', False), ('second__isnull', False), models.Q(('first', models.F('second')), _negated=True), models.Q(('first', models.F('person')), _negated=True), models.Q(('second', models.F('person')), _negated=True)), _connector='OR'), name='people_two_erase')],
                    },
                ),
                migrations.CreateModel(
                    name='DemoCalendar',
                    fields=[
                        ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ('day', models.DateField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='people_one_demo_calendar')],
                    },
                ),
                migrations.CreateModel(
                    name='FormerName',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_names', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=100)),
                        ('kana', models.CharField(blank=True, max_length=100)),
                        ('until_on', models.DateField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('told', '確認前'), ('confirmed', '確認済み'), ('declined', '確かめられず')], default='told', max_length=20)),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_on', models.DateField(blank=True, null=True)),
                        ('check_reason', models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('checked_by', None), ('state', 'told')), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False), models.Q(('checked_by', models.F('person')), _negated=True)), _connector='OR'), name='people_name_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('check_reason', ''), _negated=True), _connector='OR'), name='people_declined_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Merge',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('goes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('stays', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('asked', '二人目を待つ'), ('done', '統合済み'), ('apart', '別の人'), ('undo_asked', '取り消しの二人目を待つ'), ('undone', '統合を取り消し')], default='asked', max_length=20)),
                        ('reason', models.CharField(max_length=500)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('undo_reason', models.CharField(blank=True, max_length=500)),
                        ('undo_asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['asked_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:done,asked:apart,done:undo_asked,undo_asked:done,undo_asked:undone}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='41592dce0a38ae7595281f999fd8a24621e39e91', operation='UPDATE', pgid='pgtrigger_steps_5e8b3', table='people_merge', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7efaf83fca4d3b1f2497c9d9a40ce0d632580052', operation='DELETE', pgid='pgtrigger_never_deleted_6465a', table='people_merge', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('goes', models.F('stays')), _negated=True), name='people_merge_of_two'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'done', 'undo_asked'])), fields=('goes',), name='people_goes_once'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'apart']), models.Q(('done_by__isnull', False), models.Q(('done_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='people_two_merge'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), models.Q(('undone_by__isnull', False), models.Q(('undone_by', models.F('undo_asked_by')), _negated=True)), _connector='OR'), name='people_two_take_back')],
                    },
                ),
                migrations.CreateModel(
                    name='MergeMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='people.merge')),
                        ('table', models.CharField(max_length=100)),
                        ('key', models.CharField(max_length=100)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e47b58ccd33775eb93f4a405ee8cfd2ebad10ea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a928a', table='people_mergemove', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='NameEvidence',
                    fields=[
                        ('sha256', models.CharField(max_length=64)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'JPEG'), ('png', 'PNG')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('pages', models.PositiveSmallIntegerField(default=1)),
                        ('file_name', models.CharField(max_length=200)),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('former_name', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='people.formername')),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['added_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='102d085e2c8b3e90a06e23b0c0bcba72319d8ed4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_01283', table='people_nameevidence', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('former_name', 'sha256'), name='people_same_paper_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                        ('role', models.CharField(choices=[('contractor', '業務受託者'), ('reviewer', '審査担当'), ('decider', '決定者'), ('accountant', '会計担当'), ('registrar', '登録担当'), ('provider', '研修提供者'), ('board', '理事')], max_length=20)),
                        ('from_on', models.DateField()),
                        ('until_on', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until_on', None)), fields=('person', 'role'), name='people_one_open_grant'), models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='people_grant_order')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleProposal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_proposals', to=settings.AUTH_USER_MODEL)),
                        ('role', models.CharField(choices=[('contractor', '業務受託者'), ('reviewer', '審査担当'), ('decider', '決定者'), ('accountant', '会計担当'), ('registrar', '登録担当'), ('provider', '研修提供者'), ('board', '理事')], max_length=20)),
                        ('change', models.CharField(choices=[('grant', '任せる'), ('end', '終える')], max_length=10)),
                        ('day', models.DateField()),
                        ('state', models.CharField(choices=[('open', '二人目を待つ'), ('agreed', '行った'), ('declined', '見送った')], default='open', max_length=10)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['asked_at'],
                        'triggers': [pgtrigger.compiler.Trigger(name='answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:agreed,open:declined}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d05b96c9657d122ad55e629d52fb004639dc65ee', operation='UPDATE', pgid='pgtrigger_answered_once_efaef', table='people_roleproposal', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person', 'role'), name='people_one_open_proposal'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(('answered_by__isnull', False), models.Q(('answered_by', models.F('asked_by')), _negated=True), models.Q(('answered_by', models.F('person')), _negated=True), models.Q(('asked_by', models.F('person')), _negated=True)), _connector='OR'), name='people_two_agree_on_a_role')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(
            sql='\nCREATE UNLOGGED TABLE people_cache (\n    cache_key varchar(255) PRIMARY KEY,\n    value text NOT NULL,\n    expires timestamp with time zone NOT NULL\n);\nCREATE INDEX people_cache_expires ON people_cache (expires);\n',
            reverse_sql='DROP TABLE people_cache',
        ),
    ]
