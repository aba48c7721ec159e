"""What somebody has begun to type and not saved: theirs alone, never judged."""

from __future__ import annotations

from nintei.experience.models import HalfPost, Post
from nintei.people.models import Person


def half_of(person: Person, post: Post | None) -> HalfPost | None:
    """What a person has begun to type for a post of theirs, or for a new one."""
    return HalfPost.objects.filter(person=person, post=post).first()


def halves_of(person: Person) -> list[HalfPost]:
    """Everything a person has begun and not saved."""
    return list(HalfPost.objects.filter(person=person).select_related("post").order_by("saved_at"))
