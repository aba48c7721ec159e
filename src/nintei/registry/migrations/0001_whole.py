import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('registry', '0001_initial'), ('registry', '0002_copies')]

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
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
                ('shows_name', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'qualification'), name='registry_one_certification')],
            },
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
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registry.certification')),
                ('kind', models.CharField(choices=[('renewal_filed', '更新審査申請'), ('renewal_refused', '更新不可'), ('suspended', '停止'), ('released', '停止解除'), ('revoked', '取消')], max_length=20)),
                ('effective_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('cause', models.CharField(max_length=200)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='046235859d49e9a09a3d2f03a4caf2650cd009ee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_604a2', table='registry_statuschange', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('certification', 'kind', 'cause'), name='registry_one_change')],
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
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a5d2fd853b11846314a35f9cca9d5f715fb9bd8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74369', table='registry_term', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('certification', 'starts_on'), name='registry_one_term_a_start'), models.UniqueConstraint(fields=('cause',), name='registry_one_term_a_cause'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='registry_term_order')],
            },
        ),
    ]
