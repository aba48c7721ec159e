from django.db import migrations, models

import nintei.registry.models.passes

# Every pass gets an id that nobody can guess; two UUIDs have more than 128 random bits.
FILL = """
    UPDATE registry_exampass
    SET verify_id = left(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 43);
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0004_register'),
    ]

    operations = [
        migrations.AddField(
            model_name='exampass',
            name='verify_id',
            field=models.CharField(default='', max_length=43),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='exampass',
            name='verify_id',
            field=models.CharField(default=nintei.registry.models.passes.new_verify_id, max_length=43, unique=True),
        ),
        migrations.AddIndex(
            model_name='certification',
            index=models.Index(fields=['-certified_on', '-number'], name='registry_newest_first'),
        ),
    ]
