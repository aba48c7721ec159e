import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('certificates', '0001_initial'), ('certificates', '0002_initial')]

    initial = True

    dependencies = [
        ('registry', '0001_whole'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('term', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='registry.term')),
                ('template', models.CharField(max_length=40)),
                ('content', models.JSONField()),
                ('intended_at', models.DateTimeField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='661bb70e2de5c62cc059b65ecb471d9a12fa7fb8', operation='DELETE', pgid='pgtrigger_never_deleted_14df9', table='certificates_certificate', when='BEFORE')), pgtrigger.compiler.Trigger(name='issued_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."sha256" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f693731694633e70340d769eb25560a9448b54ec', operation='UPDATE', pgid='pgtrigger_issued_once_c5cd8', table='certificates_certificate', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('sha256', '')), models.Q(models.Q(('sha256', ''), _negated=True), ('issued_at__isnull', False)), _connector='OR'), name='certificates_issued_with_file')],
            },
        ),
    ]
