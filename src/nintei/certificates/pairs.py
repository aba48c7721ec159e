"""Which keys sign what is intended now."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from nintei.certificates import keyring, places
from nintei.certificates.keyring import NoSuchKey, Pair
from nintei.certificates.models import Certificate


def signing_pair(at: datetime) -> Pair:
    """The keys that sign now, made at the very first certificate. Raises `NoSuchKey` when they are gone."""
    folder = places.keys_folder()
    if pair := keyring.current(folder):
        return pair
    if Certificate.objects.exists():
        raise NoSuchKey(f"{folder} is empty though certificates were issued: bring it back from a backup")
    return keyring.first(folder, settings.JOURNAL_ORIGIN, at)
