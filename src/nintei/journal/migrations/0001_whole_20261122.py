import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('journal', '0001_whole'), ('journal', '0002_witnesses')]

    initial = True

    dependencies = [
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Leaf',
                    fields=[
                        ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('at', models.DateTimeField()),
                        ('commitment', models.BinaryField(max_length=32)),
                        ('hash', models.BinaryField(max_length=32)),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='526ff04b0a36350f28a0f11abdc16f707a7a54a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6a41', table='journal_leaf', when='BEFORE'))],
                        'constraints': [models.CheckConstraint(condition=models.Q(('seq__gte', 0)), name='journal_seq_from_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='Checkpoint',
                    fields=[
                        ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('root', models.BinaryField(max_length=32)),
                        ('note', models.TextField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f9b5918ba4cc699f8fa777050fe3fd39ce1d11cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_62cc5', table='journal_checkpoint', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Cosignature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='journal.checkpoint')),
                        ('witness', models.CharField(max_length=300)),
                        ('at', models.DateTimeField()),
                        ('line', models.TextField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cd5b8be22d2901369952d01b92d8a82257186e3f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73fa3', table='journal_cosignature', when='BEFORE'))],
                        'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='journal_one_cosignature')],
                    },
                ),
                migrations.CreateModel(
                    name='Edge',
                    fields=[
                        ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                        ('size', models.BigIntegerField(default=0)),
                        ('subtrees', models.BinaryField(default=b'')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='journal_one_edge')],
                    },
                ),
                migrations.CreateModel(
                    name='Witness',
                    fields=[
                        ('key', models.CharField(max_length=300, primary_key=True, serialize=False)),
                        ('asked_at', models.DateTimeField()),
                        ('fault', models.CharField(blank=True, max_length=20)),
                        ('since', models.DateTimeField(null=True)),
                        ('detail', models.CharField(blank=True, max_length=500)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('fault', ''), ('since', None)), models.Q(('fault__in', ('away', 'refuses', 'disagrees')), ('since__isnull', False)), _connector='OR'), name='journal_witness_fault_since')],
                    },
                ),
                migrations.CreateModel(
                    name='Body',
                    fields=[
                        ('leaf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='body', serialize=False, to='journal.leaf')),
                        ('salt', models.BinaryField(max_length=32)),
                        ('actor', models.CharField(db_index=True, max_length=200)),
                        ('verb', models.CharField(max_length=80)),
                        ('subject', models.CharField(db_index=True, max_length=200)),
                        ('day', models.DateField()),
                        ('data', models.JSONField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='088fe9333d77d91c9e95d50b12b1b5bd9e349fe6', operation='UPDATE', pgid='pgtrigger_never_changed_bf247', table='journal_body', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
