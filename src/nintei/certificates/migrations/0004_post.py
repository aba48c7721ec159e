import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


# Whatever was made before there was a list waits in it: nobody has said that it was posted.
BEGIN = """
    INSERT INTO certificates_posting (certificate_id, state, state_since_on)
    SELECT id, 'to_post', (issued_at AT TIME ZONE 'Asia/Tokyo')::date FROM certificates_certificate WHERE sha256 <> '';
"""


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0003_passport'),
        ('registry', '0004_register'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PostingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('post', '発送したと記録する'), ('come_back', '戻ってきたと記録する'), ('ask', '住所を尋ねる'), ('set_aside', '発送しないことにする'), ('take_back', '発送待ちに戻す'), ('undo', '発送の記録を取り消す')], max_length=10)),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('way', models.CharField(blank=True, choices=[('letter', '普通郵便'), ('tracked', '追跡のある郵便'), ('registered', '簡易書留'), ('by_hand', '手渡し')], max_length=10)),
                ('tracking', models.CharField(blank=True, max_length=40)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('address', models.TextField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Print',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('envelope', models.CharField(choices=[('folded', '長形3号の窓封筒（三つ折り）'), ('flat', '角形2号（折らない）')], max_length=10)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('again', models.CharField(blank=True, choices=[('spoiled', '刷り損じ（前の紙は捨てた）'), ('lost', '届かなかった・傷んだ')], max_length=10)),
                ('is_marked', models.BooleanField(default=False)),
                ('address', models.TextField(max_length=300)),
            ],
            options={
                'ordering': ['pk'],
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
                'indexes': [models.Index(fields=['state', 'state_since_on'], name='certificates_posting_state')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{posted:returned,posted:to_post,returned:posted,returned:set_aside,set_aside:to_post,to_post:posted,to_post:set_aside}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='8515ebf5b245a948fb02ac1a2d1c357b5792be2d', operation='UPDATE', pgid='pgtrigger_steps_2cb55', table='certificates_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='begins_to_post', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'to_post\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot insert rows from % table', TG_TABLE_NAME;", hash='1afd32398c836071353fa1d6fe8b7eb6b6b57af1', operation='INSERT', pgid='pgtrigger_begins_to_post_ae8d1', table='certificates_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='68b555c1361ce25053aa600cf60fe137289c7d87', operation='DELETE', pgid='pgtrigger_never_deleted_69849', table='certificates_posting', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='postingstep',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='postingstep',
            name='posting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='certificates.posting'),
        ),
        migrations.AddField(
            model_name='print',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='certification',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='share_links', to='registry.certification'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='certificate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='certificates.certificate'),
        ),
        migrations.AddField(
            model_name='sheet',
            name='printed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='certificates.print'),
        ),
        migrations.AddConstraint(
            model_name='postingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__in', ['come_back', 'set_aside', 'undo']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='certificates_step_says_why'),
        ),
        migrations.AddConstraint(
            model_name='postingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event', 'post'), _negated=True), models.Q(('way', ''), _negated=True), _connector='OR'), name='certificates_posted_how'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postingstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='020d9d126ca1ba8ac171c09d12c7998aaac777dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f0cd', table='certificates_postingstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='print',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83f8418a85e1703e489f117d86eb77943c1afcdd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0cdb3', table='certificates_print', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharelink',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='bf8f2a18e6ff312a25a79dadf19971a8617c2715', operation='DELETE', pgid='pgtrigger_never_deleted_3e73d', table='certificates_sharelink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharelink',
            trigger=pgtrigger.compiler.Trigger(name='made_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."certification_id" IS DISTINCT FROM (NEW."certification_id") OR OLD."token_sha256" IS DISTINCT FROM (NEW."token_sha256") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='891fe0601e50fe43e868777816a3f8eecef4d764', operation='UPDATE', pgid='pgtrigger_made_stays_e52cb', table='certificates_sharelink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharelink',
            trigger=pgtrigger.compiler.Trigger(name='revoked_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revoked_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0312701aae17dad826a4cd151e45da2d65b993f8', operation='UPDATE', pgid='pgtrigger_revoked_stays_d2e97', table='certificates_sharelink', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(fields=('certificate', 'number'), name='certificates_sheet_number'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('again', ''), ('is_marked', False), ('number', 1)), models.Q(('number__gt', 1), models.Q(('again', ''), _negated=True), models.Q(('is_marked', True), ('again', 'spoiled'), _connector='OR')), _connector='OR'), name='certificates_further_sheet_marked'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sheet',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8bcc471f3ddfbde4e784c3d7628445f01c47cfb9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe09f', table='certificates_sheet', when='BEFORE')),
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
