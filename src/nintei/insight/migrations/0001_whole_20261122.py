import django.db.models.deletion
import nintei.shared.migrating
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('insight', '0001_whole'), ('insight', '0002_tally')]

    initial = True

    dependencies = [
        ('registry', '0001_whole_20261122'),
    ]

    operations = [
        nintei.shared.migrating.CreateModels(
            models=[
                migrations.CreateModel(
                    name='Run',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('as_of', models.DateField()),
                        ('edition', models.CharField(max_length=200)),
                        ('started_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('holders', models.PositiveIntegerField(default=0)),
                        ('lines', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Standing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='insight.run')),
                        ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.certification')),
                        ('units', models.PositiveIntegerField()),
                        ('unit', models.PositiveSmallIntegerField()),
                        ('lines', models.PositiveIntegerField()),
                        ('met', models.BooleanField()),
                        ('outcome', models.CharField(max_length=60)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('run', 'certification'), name='insight_one_standing_a_run')],
                    },
                ),
                migrations.CreateModel(
                    name='Tally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True)),
                        ('figures', models.JSONField()),
                        ('counted_at', models.DateTimeField()),
                    ],
                    options={
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0e35bdbbdb4b7840afc317b96a57c6e9f229e5f1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81fbf', table='insight_tally', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
