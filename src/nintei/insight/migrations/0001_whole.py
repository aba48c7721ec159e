import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('insight', '0001_initial')]

    initial = True

    dependencies = [
        ('registry', '0001_whole'),
    ]

    operations = [
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
    ]
