"""One attestor, several posts: tenure post by post, a drawn signature, one list for several applicants."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nintei.experience import actions, papers, queries
from nintei.experience.models import AttestationRequest, DrawnSignature, Post, Statement
from nintei.experience.tests.conftest import DRAWING, TODAY, at, box_secret
from nintei.experience.tests.test_doors import KEY, answer, line
from nintei.journal.models import Body
from nintei.people.models import Person

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
PICTURE = "data:image/png;base64," + base64.b64encode(DRAWING).decode()


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


@pytest.fixture
def two(save: Save) -> tuple[Post, Post]:
    """Two posts of Sato's at one organisation."""
    here = save(date(2018, 4, 1), date(2021, 3, 31), "4", department="品質管理課")
    return here, save(date(2021, 4, 1), date(2024, 3, 31), "5", department="人材開発課")


def door(token: str) -> str:
    return reverse("experience:attest", kwargs={"token": token})


def part(prefix: str, day: date) -> dict[str, str]:
    return {f"{prefix}_year": str(day.year), f"{prefix}_month": str(day.month), f"{prefix}_day": str(day.day)}


def signed(url: str, told: dict[str, str], **more: str) -> Any:
    """Read, then sign what was read."""
    read = Client().post(url, told).context["read"]
    return Client().post(url, told | {"step": "sign", "read": read} | more)


def test_the_tenure_of_each_post_is_its_own(two: tuple[Post, Post], ask: Ask, sato: Person) -> None:
    first, second = two
    _request, token = ask(first, second)
    told = answer(first) | line(second, tenure="part", role="部長", belongs_still="yes")
    told |= {f"post-{second.pk}-{k}": v for k, v in part("since", date(2022, 4, 1)).items()}
    signed(door(token), told)
    rows = Statement.objects.order_by("post__started_on")
    assert [(r.role, r.belongs_still, r.supervised_from, r.supervised_until) for r in rows] == [
        ("課長", False, date(2018, 4, 1), date(2021, 3, 31)), ("部長", True, date(2022, 4, 1), None),
    ]  # fmt: skip
    left = [row.uncovered for row in queries.case(sato, TODAY).posts]
    assert [[(p.start, p.end) for p in pieces] for pieces in left] == [
        [], [(date(2021, 4, 1), date(2022, 3, 31))],
    ]  # fmt: skip


def test_who_was_the_same_in_the_second_post_says_so_once(two: tuple[Post, Post], ask: Ask) -> None:
    first, second = two
    _request, token = ask(first, second)
    prefix = f"post-{second.pk}"
    told = answer(first) | {f"{prefix}-answer": "confirmed", f"{prefix}-tenure": "whole"}
    page = Client().post(door(token), told)
    assert (page.status_code, "2. 「当時のあなたの役職」を書いてください" in page.content.decode()) == (
        422,
        True,
    )
    signed(door(token), told | {f"{prefix}-same": "on"})
    assert (
        list(Statement.objects.values_list("role", "was_there", "belongs_still"))
        == [("課長", True, False)] * 2
    )
    assert Statement.objects.get(post=second).supervised_from == date(2021, 4, 1)


def test_the_same_as_a_post_that_was_not_confirmed_is_nothing(two: tuple[Post, Post], ask: Ask) -> None:
    first, second = two
    _request, token = ask(first, second)
    told = {f"post-{first.pk}-answer": "cannot", f"post-{second.pk}-answer": "confirmed"}
    told |= {f"post-{second.pk}-tenure": "whole", f"post-{second.pk}-same": "on", "name": "阿部", "once": KEY}
    page = Client().post(door(token), told | {"step": "read"})
    assert (page.status_code, Statement.objects.count()) == (422, 0)
    assert "1番は「いいえ」なので" in page.content.decode()


def test_no_to_every_post_needs_no_name_and_no_tenure(two: tuple[Post, Post], ask: Ask) -> None:
    first, second = two
    _request, token = ask(first, second)
    told = {f"post-{post.pk}-answer": "cannot" for post in two} | {"once": KEY, "step": "read"}
    assert signed(door(token), told).status_code == 302
    assert set(Statement.objects.values_list("answer", "signed_name")) == {("cannot", "")}


def test_posts_of_two_employers_have_no_short_way(save: Save, ask: Ask) -> None:
    here = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    there = save(date(2021, 4, 1), None, "4", organisation="ひなた通販")
    _request, token = ask(here, there)
    assert "番と同じ" not in Client().get(door(token)).content.decode()


def test_the_attestor_reads_which_qualification_is_applied_for(save: Save, ask: Ask) -> None:
    post = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    request, token = ask(post, qualification="CAP")
    assert (
        "コンタクトセンターアーキテクチャ（CAP）の認定を申請しています"
        in Client().get(door(token)).content.decode()
    )
    second = actions.replace_attestor(
        by=request.person.by,
        person=request.person,
        request_id=request.pk,
        attestor_name="原 健",
        attestor_email="hara@example.jp",
        relation="superior",
        at=at(TODAY, 11),
        on=TODAY,
    )
    assert second.qualification == "CAP"


def test_a_drawn_signature_is_kept_printed_and_named_in_the_leaf(save: Save, ask: Ask, tmp_path: Any) -> None:
    from pypdf import PdfReader

    post = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    request, token = ask(post)
    assert signed(door(token), answer(post), drawn=PICTURE).status_code == 302
    kept = DrawnSignature.objects.get(request=request)
    leaf = Body.objects.get(subject=f"statement:{Statement.objects.get().pk}")
    assert (kept.kind, leaf.data["drawn"]) == ("png", kept.sha256)
    made = tmp_path / "s.pdf"
    made.write_bytes(Client().get(reverse("experience:paper", kwargs={"token": token})).content)
    page = PdfReader(made).pages[-1]
    assert (len(page.images), "手書きの署名" in page.extract_text()) == (1, True)


def test_without_a_drawing_nothing_is_missing(save: Save, ask: Ask) -> None:
    post = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    request, token = ask(post)
    signed(door(token), answer(post), drawn="")
    leaf = Body.objects.get(subject=f"statement:{Statement.objects.get().pk}")
    assert ("drawn" in leaf.data, DrawnSignature.objects.count()) == (False, 0)
    assert papers.statement(request).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "drawn", ["x", "data:image/png;base64,!!", "data:image/svg+xml;base64,PHN2Zz4=", PICTURE[:60], "あ" * 90]
)
def test_what_is_no_drawing_is_refused_and_nothing_is_signed(save: Save, ask: Ask, drawn: str) -> None:
    post = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    _request, token = ask(post)
    page = signed(door(token), answer(post), drawn=drawn)
    assert (page.status_code, Statement.objects.count(), DrawnSignature.objects.count()) == (422, 0, 0)


def test_one_list_leads_from_applicant_to_applicant(
    save: Save, ask: Ask, sato: Person, tanaka: Person
) -> None:
    mine = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    theirs = save(date(2018, 4, 1), date(2021, 3, 31), "4", person=tanaka)
    request, token = ask(mine)
    other, _token = ask(theirs, person=tanaka, by=tanaka.by)
    actions.mail_box(token=token, at=at(TODAY), on=TODAY)
    secret = box_secret("abe@example.jp")
    listed = reverse("experience:box", kwargs={"secret": secret})
    assert "2件のお願いが、返事を待っています" in Client().get(listed).content.decode()
    signed(door(f"{secret}.{request.pk}"), answer(mine))
    after = Client().get(door(f"{secret}.{request.pk}")).content.decode()
    assert ("次は田中 花子さんに返事をする" in after, f"{secret}.{other.pk}" in after) == (True, True)
    page = Client().get(listed).content.decode()
    assert ("1件のお願いが" in page, "返事をしたお願い" in page) == (True, True)
    assert "次は" not in Client().get(door(token)).content.decode()


def test_nobody_is_asked_in_the_name_of_nobody(save: Save, ask: Ask, sato: Person) -> None:
    from nintei.shared.refusals import Refused

    post = save(date(2018, 4, 1), date(2021, 3, 31), "4")
    sato.name = ""
    sato.save()
    with pytest.raises(Refused, match=r"experience\.no_name"):
        ask(post)
    assert AttestationRequest.objects.count() == 0
