"""The front of the house: the entrance and its letters, the demo, error pages, the other language."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client, RequestFactory
from django.utils import translation

from nintei.journal.models import Leaf
from nintei.notices.models import Letter
from nintei.people import actions, queries
from nintei.people.models import Person, Role
from nintei.shared import clock
from nintei.shared.clock import JST
from nintei.site import demo
from nintei.site.cast import CAST as PARTS
from nintei.site.demo.people import CAST
from nintei.site.frame import Frame, in_language

NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


@pytest.fixture(autouse=True)
def no_attempts_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def sato() -> Person:
    return actions.register(by="", email="sato@example.jp", language="ja", at=NOON)


def browser(**options: Any) -> Any:
    """Another browser; its answers are redirects as often as pages."""
    return Client(**options)


def code() -> str:
    """The code in the newest letter."""
    body = Letter.objects.order_by("-written_at")[0].body
    return next(line for line in body.splitlines() if "-" in line and line.isascii())


def ask(client: Any, email: str = "sato@example.jp", prefix: str = "") -> Any:
    return client.post(f"{prefix}/sign-in", {"email": email})


# --- the entrance ---------------------------------------------------------------------------------


def test_the_code_comes_by_the_outbox_and_lets_in(sato: Person, client: Any) -> None:
    assert ask(client, "SATO@example.jp").url == "/sign-in/code"
    letter = Letter.objects.get()
    assert (letter.to_email, letter.to_person, letter.language) == ("sato@example.jp", sato, "ja")
    assert letter.subject == "サインインのコード"
    assert client.post("/sign-in/code", {"code": code().lower()}).url == "/my"
    assert client.get("/my").status_code == 200


def test_the_letter_is_in_the_language_of_the_page(sato: Person, client: Any) -> None:
    ask(client, prefix="/en")
    assert Letter.objects.get().subject == "Your sign-in code"


def test_it_brings_people_back_to_where_they_wanted_to_go(sato: Person, client: Any) -> None:
    way = client.get("/my/profile").url
    assert way == "/sign-in?next=/my/profile"
    answer = client.post("/sign-in", {"email": sato.email, "next": "/my/profile"})
    assert client.post(answer.url, {"code": code()}).url == "/my/profile"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_sends_nobody_to_another_site(sato: Person, client: Any, elsewhere: str) -> None:
    answer = client.post("/sign-in", {"email": sato.email, "next": elsewhere})
    assert client.post(answer.url, {"code": code(), "next": elsewhere}).url == "/my"


def test_three_wrong_codes_end_the_attempt(sato: Person, client: Any) -> None:
    ask(client)
    right = code()
    answers = [client.post("/sign-in/code", {"code": "AAAA-AAAA"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    assert client.post("/sign-in/code", {"code": right}).url == "/sign-in"
    assert client.get("/my").status_code == 302


def test_a_code_works_once(sato: Person, client: Any) -> None:
    ask(client)
    right = code()
    assert client.post("/sign-in/code", {"code": right}).url == "/my"
    assert browser().post("/sign-in/code", {"code": right}).url == "/sign-in"


def test_a_new_code_replaces_the_first(sato: Person, client: Any) -> None:
    ask(client)
    first = code()
    client.post("/sign-in/code", {"action": "resend"})
    assert code() != first
    assert client.post("/sign-in/code", {"code": first}).status_code == 200
    assert client.post("/sign-in/code", {"code": code()}).url == "/my"


def test_too_many_codes_for_one_address_are_refused(sato: Person) -> None:
    answers = [ask(browser()) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert Letter.objects.count() == 3


def test_too_many_registrations_from_one_place_are_told_to_wait(client: Any) -> None:
    answers = [client.post("/sign-up", {"email": "x"}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert "少し待ってください" in answers[-1].content.decode()


def test_the_page_does_not_tell_whether_an_address_is_known(sato: Person) -> None:
    known, unknown = ask(browser()), ask(browser(), "nobody@example.jp")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    letter = Letter.objects.get(to_email="nobody@example.jp")
    assert letter.subject == "このメールアドレスは、まだ登録されていません"
    assert "/sign-up" in letter.body


def test_registering_writes_the_account_once_and_proves_the_address(client: Any) -> None:
    assert client.post("/sign-up", {"email": "New@example.jp"}).url == "/sign-up/code"
    assert client.get("/my").status_code == 302
    assert client.post("/sign-up/code", {"code": code()}).url == "/my"
    person = Person.objects.get()
    assert (person.email, person.has_usable_password()) == ("new@example.jp", False)
    assert Leaf.objects.count() == 1


def test_registering_a_known_address_tells_only_its_owner(sato: Person, client: Any) -> None:
    assert client.post("/sign-up", {"email": sato.email}).url == "/sign-up/code"
    assert Letter.objects.get().subject == "このメールアドレスは、もう登録されています"
    assert Person.objects.count() == 1


@pytest.mark.parametrize("email", ["", "x", "a@b", "a b@example.jp", "a@example.jp\x00"])
def test_what_is_no_address_is_said(client: Any, email: str) -> None:
    answer = ask(client, email)
    assert answer.status_code == 200
    assert (
        "メールアドレスを書いてください" if not email else "メールアドレスの形が違います"
    ) in answer.content.decode()
    assert Letter.objects.count() == 0


def test_signing_out_needs_a_post(sato: Person, client: Any) -> None:
    client.force_login(sato)
    assert client.get("/sign-out").status_code == 200
    assert client.get("/my").status_code == 200
    assert client.post("/sign-out").url == "/"
    assert client.get("/my").status_code == 302


# --- the demo -------------------------------------------------------------------------------------


@pytest.fixture
def in_demo(settings: Any) -> None:
    settings.DEMO = True


def test_the_demo_can_be_told_twice(in_demo: None) -> None:
    demo.tell(NOON)
    written = Leaf.objects.count()
    demo.tell(NOON)
    assert Leaf.objects.count() == written
    roles = {c.email: frozenset(c.roles) for c in CAST}
    assert {p.email: held for p, held in queries.people_with_roles(roles, on=NOON.date())} == roles


def test_the_cast_is_the_one_that_the_command_line_names() -> None:
    assert [c.email.partition("@")[0] for c in CAST] == list(PARTS)


def test_one_click_becomes_a_person_of_the_cast_and_nobody_else(in_demo: None, client: Any) -> None:
    demo.tell(NOON)
    stranger = actions.register(by="", email="real@example.com", language="ja", at=NOON)
    assert client.post("/demo/become", {"email": "ito@example.jp"}).url == "/office"
    assert client.get("/office").status_code == 200
    assert client.post("/demo/become", {"email": "suzuki@example.jp"}).url == "/my"
    assert client.get("/office").status_code == 403
    assert client.post("/demo/become", {"email": stranger.email}).status_code == 404


def test_the_calendar_moves_the_office_and_its_roles(in_demo: None, client: Any) -> None:
    demo.tell(NOON)
    actions.end_role(
        by="system", person=_person("ito"), role=Role.REVIEWER, until_on=date(2027, 1, 9), at=NOON
    )
    actions.end_role(
        by="system", person=_person("ito"), role=Role.REGISTRAR, until_on=date(2027, 1, 9), at=NOON
    )
    assert _set(client, "2027", "1", "9").url == "/demo"
    assert clock.today() == date(2027, 1, 9)
    client.post("/demo/become", {"email": "ito@example.jp"})
    assert client.get("/office").status_code == 200
    _set(client, "2027", "1", "10")
    assert client.get("/office").status_code == 403
    client.post("/demo/day", {"back": "1", "once": "b" * 20})
    assert queries.demo_day() is None


def _person(who: str) -> Person:
    person = queries.person_by_email(f"{who}@example.jp")
    assert person
    return person


def _set(client: Any, year: str, month: str, day: str) -> Any:
    typed = {
        "day_year": year,
        "day_month": month,
        "day_day": day,
        "once": f"{year}{month}{day}".ljust(20, "x"),
    }
    return client.post("/demo/day", typed)


def test_a_day_that_is_none_changes_nothing(in_demo: None, client: Any) -> None:
    answer = _set(client, "2027", "2", "29")
    assert (answer.status_code, queries.demo_day()) == (200, None)
    assert "この日は暦にありません" in answer.content.decode()


@pytest.mark.parametrize(
    ("in_a_demo", "text", "found"),
    [
        (False, "2027-01-10", ["people.E001"]),
        (True, "soon", ["people.E002"]),
        (True, "2027-01-10", []),
        (False, "", []),
    ],
)
def test_a_set_day_is_refused_at_start_outside_a_demo(
    settings: Any, monkeypatch: pytest.MonkeyPatch, in_a_demo: bool, text: str, found: list[str]
) -> None:
    settings.DEMO = in_a_demo
    monkeypatch.setenv("NINTEI_TODAY", text)
    assert [check.id for check in run_checks() if str(check.id).startswith("people.")] == found


def test_a_set_day_never_moves_a_real_office(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NINTEI_TODAY", "2001-01-01")
    settings.DEMO = True
    assert clock.today() == date(2001, 1, 1)
    settings.DEMO = False
    assert clock.today() != date(2001, 1, 1)


# --- pages for when something is wrong ------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "en"), [("/nowhere", "There is no such page"), ("/my/nowhere", "There is no such page")]
)
def test_a_page_that_is_not_there_says_so_in_both_languages(client: Any, path: str, en: str) -> None:
    ja_page, en_page = client.get(path), client.get(f"/en{path}")
    assert (ja_page.status_code, en_page.status_code) == (404, 404)
    assert "このページはありません" in ja_page.content.decode()
    assert en in en_page.content.decode()


def test_a_form_that_was_open_too_long_is_told_kindly(sato: Person) -> None:
    client = browser(enforce_csrf_checks=True)
    client.force_login(sato)
    answer = client.post("/my/profile", {"form": "name", "once": "a" * 20})
    assert answer.status_code == 403
    assert "送った内容は保存していません" in answer.content.decode()


def test_our_own_fault_has_a_page_that_needs_nothing(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from nintei.site import public

    page = public.broken(RequestFactory().get("/"))
    assert page.status_code == 500
    assert "こちらの不具合" in page.content.decode()
    assert "Something broke" in page.content.decode()


@pytest.mark.parametrize(
    ("rulebook", "said"),
    [
        (
            "conken",
            [
                "業務経験の証明、CPDの記録、3年ごとの更新",
                "CPDを記録し、3年ごとに更新する",
                "認定の4つの基準を",
            ],
        ),
        (
            "example",
            [
                "業務経験の証明、CPDの記録、2年ごとの更新",
                "CPDを記録し、2年ごとに更新する",
                "認定の3つの基準を",
            ],
        ),
    ],
)
def test_the_first_page_tells_the_years_and_criteria_of_the_rulebook(
    rulebook: str, said: list[str], client: Any, settings: Any
) -> None:
    settings.RULEBOOK = rulebook
    page = client.get("/").content.decode()
    assert [words for words in said if words not in page] == []


def test_the_server_says_that_it_is_well(client: Any) -> None:
    assert client.get("/healthz").json() == {"ok": True}


@pytest.mark.parametrize(
    ("path", "ja", "en"),
    [
        ("/", "/", "/en/"),
        ("/my", "/my", "/en/my"),
        ("/en", "/", "/en/"),
        ("/en/my?a=1", "/my?a=1", "/en/my?a=1"),
        ("/english", "/english", "/en/english"),
    ],
)
def test_the_other_language_is_the_same_page(path: str, ja: str, en: str) -> None:
    assert (in_language(path, "ja"), in_language(path, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/my", "/my"),
        ("/my/passport", "/my/certificates"),
        ("/en/my/certificates/links", "/en/my/certificates"),
    ],
)
def test_the_way_says_where_one_is(sato: Person, path: str, place: str) -> None:
    request = RequestFactory().get(path)
    request.user = sato
    with translation.override("en" if path.startswith("/en") else "ja"):
        assert [way.url for way in Frame(request).nav if way.current] == [place]
