"""A database made by an older program goes on with this one."""

from __future__ import annotations

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from nintei.site import ready


def test_what_was_drawn_together_is_recorded_under_its_new_name_without_running_again(db):
    recorder, drawn = MigrationRecorder(connection), MigrationLoader(connection).disk_migrations
    new = sorted(key for key, migration in drawn.items() if key[0] == "insight" and migration.replaces)
    assert new
    for app, name in new:
        recorder.record_unapplied(app, name)
        for old in drawn[app, name].replaces:
            recorder.record_applied(*old)
    assert ready.migrate() == 0
    assert set(new) <= set(recorder.applied_migrations())
