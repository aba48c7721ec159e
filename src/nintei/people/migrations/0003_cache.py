"""The table of the shared cache, where sign-in attempts are counted (django.core.cache.backends.db)."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE people_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX people_cache_expires ON people_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_oncekey")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE people_cache")]
