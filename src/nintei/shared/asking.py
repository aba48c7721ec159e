"""How often the public page, the employers' page and the API may be asked from one place."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest

# settings.ACCOUNT_RATE_LIMITS holds the figure; the counts are in the cache that all processes share.
ACTION = "verify"


def is_too_often(request: HttpRequest) -> bool:
    """Whether one address on the network asks so often that it must be guessing."""
    if not request.META.get("REMOTE_ADDR"):
        # Nobody knows from where (a socket, a test): all of these are counted together.
        request.META["REMOTE_ADDR"] = "0.0.0.0"  # noqa: S104
    return not ratelimit.consume(request, action=ACTION)
