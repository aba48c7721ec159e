"""A secret that is shown once, on the next page, with a button that copies it: only its hash is kept anywhere."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

COPY = "copy:"
"""How the page's frame knows what of a message is there to be copied."""


def show_once(request: HttpRequest, words: str, secret: str) -> None:
    """Say `words`, and show `secret` below them."""
    messages.success(request, words, extra_tags=COPY + secret)
