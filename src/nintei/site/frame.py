"""What the page frame shows around every page: the way to other pages, who is here, the other language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nintei.people import doors
from nintei.people.models import Role
from nintei.shared import clock

REVIEW = (Role.CONTRACTOR, Role.REVIEWER, Role.DECIDER)
# Path, word, and for the office the roles it is for. A path that leads nowhere is not shown.
ANYONE = (("/verify", _("認定の確認")), ("/check", _("自己確認")), ("/courses", _("研修を探す")))
MEMBERS = (
    ("/my", _("ホーム")),
    ("/my/cpd", _("活動の記録")),
    ("/my/passes", _("合格")),
    ("/my/certificates", _("認定証")),
    ("/courses", _("研修を探す")),
)
# A page that lies beside the place to which it belongs.
BELONGS = {"/my/passport": "/my/certificates"}
OFFICE = (
    ("/office", _("事務局"), tuple(set(Role) - {Role.PROVIDER})),
    ("/office/applications", _("受付と審査"), REVIEW),
    ("/office/renewals", _("更新の審査"), REVIEW),
    ("/office/payments", _("入金"), (Role.ACCOUNTANT,)),
    ("/office/payments/refunds", _("返金と承認"), (Role.DECIDER,)),
    ("/office/audits", _("監査"), (Role.REVIEWER, Role.DECIDER, Role.BOARD)),
    ("/office/courses", _("研修の認定"), (Role.REVIEWER, Role.DECIDER)),
    ("/office/registry", _("名簿"), (Role.REGISTRAR, Role.REVIEWER, Role.DECIDER)),
    ("/office/insight", _("集計"), (Role.BOARD,)),
    ("/office/journal", _("記録"), tuple(set(Role) - {Role.PROVIDER})),
    ("/provider", _("研修の提供"), (Role.PROVIDER,)),
)
FOOT = (
    *ANYONE,
    ("/employer", _("会社の方の確認")),
    ("/audits", _("監査の抽出")),
    ("/journal/", _("記録簿")),
    ("/scorecard", _("公開の数字")),
)


@dataclass(frozen=True)
class Way:
    """A link of the frame; `current` is the value of `aria-current`, or empty."""

    url: str
    word: str
    current: str = ""


@lru_cache(maxsize=256)
def leads_somewhere(path: str) -> bool:
    """Whether a page answers at this path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def bare(path: str) -> str:
    """The path without its language: English pages live under `/en`."""
    return (path[3:] if path == "/en" or path.startswith("/en/") else path) or "/"


def in_language(path: str, language: str) -> str:
    """The same page in a language."""
    return f"/en{bare(path)}" if language == "en" else bare(path)


class Frame:
    """Asked by `shared/frame.html`; everything is worked out only when it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = "en" if (get_language() or "ja").startswith("en") else "ja"

    @cached_property
    def person(self) -> object | None:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def person_name(self) -> str:
        """The name as written; before there is one, the address up to its @."""
        return str(self.person).partition("@")[0]

    @cached_property
    def nav(self) -> list[Way]:
        """The main pages for who is asking: the office's by role, a member's, or anyone's."""
        if not self.person:
            return self._ways(ANYONE)
        held = doors.roles(self.request)
        office = [(path, word) for path, word, roles in OFFICE if not held.isdisjoint(roles)]
        return self._ways(office or MEMBERS)

    @cached_property
    def foot(self) -> list[Way]:
        return self._ways(FOOT)

    def _ways(self, links: object) -> list[Way]:
        here = self.request.path
        place = next((to for page, to in BELONGS.items() if bare(here).startswith(page)), bare(here))
        found = [(in_language(path, self.language), word) for path, word in links]  # type: ignore[attr-defined]
        known = [(path, str(word)) for path, word in found if leads_somewhere(path)]
        # The longest path that this page lies under is the one we are in.
        at = f"{in_language(place, self.language)}/"
        under = max((path for path, _word in known if at.startswith(f"{path}/")), key=len, default="")
        return [Way(path, word, self._current(path, here, under)) for path, word in known]

    @staticmethod
    def _current(path: str, here: str, under: str) -> str:
        return ("page" if path == here else "true") if path == under else ""

    @property
    def home(self) -> str:
        return reverse("site:my") if self.person else reverse("site:home")

    @property
    def manifest(self) -> str:
        return reverse("ledger:manifest")

    @property
    def sign_in(self) -> str:
        return reverse("account_login")

    @property
    def sign_out(self) -> str:
        return reverse("account_logout")

    @property
    def profile(self) -> str:
        return reverse("people:profile")

    @property
    def other_language(self) -> str:
        return "ja" if self.language == "en" else "en"

    @property
    def other_name(self) -> str:
        return "日本語" if self.language == "en" else "English"

    @property
    def other_url(self) -> str:
        """The same page in the other language."""
        return in_language(self.request.get_full_path(), self.other_language)

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def demo_url(self) -> str:
        return reverse("demo:index")

    @cached_property
    def today(self) -> date:
        return clock.today()


def page(request: HttpRequest) -> dict[str, object]:
    """The context processor: `frame`."""
    return {"frame": Frame(request)}
