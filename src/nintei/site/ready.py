"""Django and its database, ready for a command: yours by `DATABASE_URL`, else our own cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def django_ready() -> Iterator[None]:
    """Set Django up with a database behind it. Migrations are `nintei run`'s and `migrate`'s business."""
    from nintei.site import postgres

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nintei.site.settings")
    var = Path(os.environ.get("NINTEI_VAR", Path.cwd() / "var"))
    with postgres.database_url(var) as url:
        os.environ["DATABASE_URL"] = url
        import django

        django.setup()
        yield
