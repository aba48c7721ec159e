"""Every address. Pages live under `/…` in Japanese and under `/en/…` in English."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account import views as entrance
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from nintei.journal.urls import FILES as JOURNAL_FILES
from nintei.people import portal
from nintei.site import public, reading_room, rulebook_page
from nintei.site.api import api

# allauth's doors, only those that a sign-in by mailed code needs.
ENTRANCE: list[URLPattern | URLResolver] = [
    path("sign-in", entrance.request_login_code, name="account_login"),
    path("sign-in", entrance.request_login_code, name="account_request_login_code"),
    path("sign-in/code", entrance.confirm_login_code, name="account_confirm_login_code"),
    path("sign-up", entrance.signup, name="account_signup"),
    path("sign-up/code", entrance.email_verification_sent, name="account_email_verification_sent"),
    path("sign-out", entrance.logout, name="account_logout"),
    # allauth sends somebody who has signed in already here.
    path("my/profile", portal.profile, name="account_email"),
    path("sign-in/inactive", entrance.account_inactive, name="account_inactive"),
]
READING_ROOM: list[URLPattern | URLResolver] = [
    path("office/journal", reading_room.index, name="reading_room"),
    path("office/journal/<int:seq>", reading_room.leaf, name="reading_room_leaf"),
    path("office/journal/<int:seq>/proof", reading_room.proof, name="reading_room_proof"),
]
RULEBOOK: list[URLPattern | URLResolver] = [path("office/rulebook", rulebook_page.index, name="rulebook")]
ROOMS = (
    # certificates before registry: /verify/qr and /verify/file are no numbers.
    "journal", "people", "notices", "courses", "experience", "ledger", "payments", "certificates", "registry",
    "applications", "audits", "insight",
)  # fmt: skip


def rooms() -> list[URLResolver]:
    """The addresses of every room that has a door."""
    return [path("", include(f"nintei.{room}.urls")) for room in ROOMS if _has_a_door(room)]


def _has_a_door(room: str) -> bool:
    doors = any(find_spec(f"nintei.{room}.{door}") for door in ("portal", "office", "public", "rest"))
    return doors and find_spec(f"nintei.{room}.urls") is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", public.healthz, name="healthz"),
    path("api/", api.urls),
    *JOURNAL_FILES,
    *i18n_patterns(
        *ENTRANCE,
        *READING_ROOM,
        *RULEBOOK,
        *rooms(),
        path("", include("nintei.site.demo_urls")),
        path("", include("nintei.site.own_urls")),
        prefix_default_language=False,
    ),
]
handler400 = public.bad_request
handler403 = public.forbidden
handler404 = public.not_found
handler500 = public.broken
