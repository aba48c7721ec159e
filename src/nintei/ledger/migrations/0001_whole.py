import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_initial')]

    initial = True

    dependencies = [
        ('courses', '0001_whole'),
        ('people', '__first__'),
        ('registry', '0001_whole'),
    ]

    operations = [
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
                ('logged_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '自己研鑽活動',
                'indexes': [models.Index(condition=models.Q(('withdrawn_at', None)), fields=['person'], name='ledger_lines_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='ledger_activity_has_title'), models.CheckConstraint(condition=models.Q(('category', ''), _negated=True), name='ledger_activity_has_category'), models.CheckConstraint(condition=models.Q(('proof__in', ['certificate', 'document', 'record', 'none'])), name='ledger_known_proof'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('withdrawn_at__gte', models.F('logged_at')), _connector='OR'), name='ledger_withdrawn_later')],
            },
        ),
        migrations.CreateModel(
            name='ActivitySession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='ledger.activity')),
                ('on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('activity', 'on'), name='ledger_one_session_a_day'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='ledger_minutes_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='registry.certification')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='registry.term')),
                ('filed_on', models.DateField()),
                ('edition', models.CharField(max_length=200)),
                ('lines', models.JSONField()),
                ('balance', models.JSONField()),
                ('frozen_at', models.DateTimeField()),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d74ce23bd5825ed905d0aabf22eafa69d06f78cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fa3f0', table='ledger_claim', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('certification', 'term'), name='ledger_one_claim_a_term'), models.CheckConstraint(condition=models.Q(('edition', ''), _negated=True), name='ledger_claim_names_edition')],
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
    ]
