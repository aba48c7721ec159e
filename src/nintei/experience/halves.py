"""What somebody has begun to type and not saved: kept, opened again, dropped.

No leaf of the journal is written: unfinished typing is nobody's statement, and tells of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from nintei.experience.models import HalfPost, Post
from nintei.people.models import Person

MOST_LETTERS = 2000


@transaction.atomic
def keep(*, by: str, person: Person, post: Post | None, typed: Mapping[str, str], at: datetime) -> HalfPost:
    """Keep what the boxes of a post hold, in place of what was kept before; text is cut at 2,000 letters."""
    # A database cannot keep NUL, and no box of ours may hold it.
    kept = {name: text.replace("\x00", "")[:MOST_LETTERS] for name, text in typed.items() if text}
    half, _new = HalfPost.objects.update_or_create(
        person=person, post=post, defaults={"typed": kept, "saved_at": at}
    )
    return half


def drop(*, by: str, person: Person, post_id: UUID | None) -> None:
    """Forget what was begun: it has been saved, or is not wanted."""
    HalfPost.objects.filter(person=person, post=post_id).delete()
