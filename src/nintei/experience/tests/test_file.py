"""The doors beside the mailed link: leaves, claims and papers, the attestor's list, the office's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nintei.experience import actions, queries
from nintei.experience.models import AttestationRequest, Post, Statement, Substitution, Trace
from nintei.experience.queries import file
from nintei.experience.tests.conftest import TODAY, at, sign
from nintei.experience.tests.test_doors import KEY, answer
from nintei.people.models import Person
from nintei.site.tests.access import browser

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def the_day(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    settings.DEMO, settings.VAR = True, tmp_path
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())


@pytest.fixture
def handed_in() -> Iterator[None]:
    """Everybody has handed in an application: upstairs says so."""
    before = list(file._handed_in)
    queries.open_when(lambda _person: True)
    yield
    file._handed_in[:] = before


def mine(name: str, **kwargs: object) -> str:
    return reverse(f"experience:{name}", kwargs={"qualification": "OMP", **kwargs})


def test_leaves_are_saved_changed_and_emptied(save: Save, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    door, url = browser(sato), mine("leaves", post=post.pk)
    told = {"leave-TOTAL_FORMS": "1", "leave-INITIAL_FORMS": "0", "leave-0-reason": "育児休業"}
    days = dict(zip(("year", "month", "day"), ("2022", "4", "1"), strict=True))
    told |= {f"leave-0-from_on_{part}": value for part, value in days.items()}
    assert door.post(url, told | {"once": KEY}).status_code == 302
    assert [(leave.from_on, leave.until_on, leave.reason) for leave in post.leaves.all()] == [
        (date(2022, 4, 1), None, "育児休業")
    ]
    page = door.post(url, told | {"leave-0-from_on_year": "2019", "once": KEY})
    assert (page.status_code, "はみ出しています" in page.content.decode()) == (422, True)
    half = {key: value for key, value in told.items() if "from_on" not in key}
    assert "休みの始まりの日を書いてください" in door.post(url, half | {"once": KEY}).content.decode()
    empty = {"leave-TOTAL_FORMS": "1", "leave-INITIAL_FORMS": "1", "once": KEY}
    assert door.post(url, empty).status_code == 302
    assert post.leaves.count() == 0


def test_a_claim_is_kept_with_its_photo_and_a_wrong_file_is_told(sato: Person) -> None:
    door, url = browser(sato), mine("substitution")
    told = {"kind": "training", "name": "管理者研修", "issuer": "研修センター", "once": KEY}
    told |= {"obtained_on_year": "2020", "obtained_on_month": "3", "obtained_on_day": "31"}
    wrong = door.post(url, told | {"evidence": SimpleUploadedFile("a.html", b"<script>")})
    assert (wrong.status_code, "受け取れない形式" in wrong.content.decode()) == (422, True)
    assert Substitution.objects.count() == 0
    assert door.post(url, told | {"evidence": SimpleUploadedFile("証.png", PNG)}).status_code == 302
    kept = Substitution.objects.get().files.get()
    served = door.get(reverse("experience:own_evidence", args=[kept.pk]))
    assert b"".join(served.streaming_content) == PNG  # type: ignore[attr-defined]
    assert "協会がまだ決めていません" in door.get(url).content.decode()


def test_asking_for_the_rest_prefills_the_post_and_its_months(save: Save, ask: Ask, sato: Person) -> None:
    from nintei.experience.said import Tenure

    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    sign(ask(post)[1], post, tenure=Tenure(since=date(2021, 4, 1), until=date(2023, 9, 30), role="課長"))
    other = save(date(2018, 4, 1), date(2019, 3, 31), "4")
    page = browser(sato).get(f"{mine('attestors')}?rest={post.pk}")
    assert page.context["form"]["posts"].initial == [str(post.pk)]
    assert "（残り 2023年10月–2024年3月 分野4）" in page.content.decode()
    assert str(other.pk) in page.content.decode()


def test_a_paper_request_leads_to_its_form_and_a_mailed_one_has_none(
    save: Save, ask: Ask, sato: Person
) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    told = {"how": "paper", "posts": str(post.pk), "attestor_name": "阿部 直子", "relation": "superior"}
    door = browser(sato)
    assert door.post(mine("attestors"), told | {"once": KEY}).status_code == 302
    asked = AttestationRequest.objects.get()
    served = door.get(mine("form_c", asked=asked.pk))
    assert (served["Content-Type"], served.content[:5]) == ("application/pdf", b"%PDF-")
    assert served["Content-Disposition"].startswith("attachment")
    mailed, _token = ask(save(date(2018, 4, 1), date(2019, 3, 31), "4"))
    assert door.get(mine("form_c", asked=mailed.pk)).status_code == 404


def test_a_form_is_keyed_in_at_the_door_with_its_scan(save: Save, sato: Person, ito: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    asked = actions.ask_on_paper(
        by=sato.by, person=sato, attestor_name="阿部", relation="superior", post_ids=[post.pk],
        at=at(TODAY), on=TODAY,
    )  # fmt: skip
    door, url = browser(ito), reverse("experience:paper_entry", args=[asked.code])
    told = answer(post)
    for name in ("signed_on", "arrived_on"):
        told |= {f"{name}_year": "2026", f"{name}_month": "11", f"{name}_day": "20"}
    assert door.post(url, told).status_code == 422
    scan = SimpleUploadedFile("c.png", PNG)
    assert door.post(url, told | {"scan": scan}).status_code == 302
    (statement,) = Statement.objects.all()
    assert (statement.channel, statement.keyed_by, statement.arrived_on) == ("paper", ito, date(2026, 11, 20))
    shown = door.get(reverse("experience:scan", args=[asked.scans.get().pk, 1]))
    assert (shown.status_code, shown["Content-Type"], shown.content == PNG) == (200, "image/png", False)
    assert door.get(reverse("experience:scan", args=[asked.scans.get().pk, 2])).status_code == 404
    assert "もう記録されています" in door.get(url).content.decode()
    assert browser(sato).get(url).status_code == 403


def test_the_office_sees_a_file_only_once_something_was_handed_in(
    save: Save, ask: Ask, sato: Person, ito: Person, handed_in: None
) -> None:
    request, _token = ask(save(date(2021, 4, 1), None, "4"), attestor_email="abe@gmail.com")
    url, door = reverse("experience:file", args=[sato.pk]), browser(ito)
    page = door.get(url).content.decode()
    assert ("だれでも作れるメールアドレスです" in page, "gmail.comのアドレスでは" in page) == (True, True)
    back = "/office/applications/x"
    again = reverse("experience:office_remind", args=[sato.pk, request.pk])
    assert door.post(again, {"once": KEY, "back": back}).url == back  # type: ignore[attr-defined]
    elsewhere = door.post(again, {"once": KEY, "back": "https://evil.example/"})
    assert elsewhere.url == url  # type: ignore[attr-defined]
    queries.open_when(lambda _person: False)
    assert door.get(url).status_code == 404
    assert door.post(again, {"once": KEY}).status_code == 404


def test_nobody_opens_their_own_file(ito: Person, handed_in: None) -> None:
    assert browser(ito).get(reverse("experience:file", args=[ito.pk])).status_code == 404


def test_the_page_measures_reading_and_where_it_was_signed(save: Save, ask: Ask, sato: Person) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    url = reverse("experience:attest", kwargs={"token": ask(post)[1]})
    door = Client(REMOTE_ADDR="192.0.2.9")
    page = door.post(url, answer(post))
    told = {"step": "sign", "read": page.context["read"], "shown": page.context["shown"]}
    assert door.post(url, answer(post, **told)).status_code == 302
    trace = Trace.objects.get(side="attestor")
    assert (trace.person, trace.read_seconds, len(trace.network)) == (sato, 0, 64)
    assert [hint.kind for hint in queries.hints(sato, TODAY)] == ["too_fast"]


@pytest.mark.parametrize("shown", ["", "x", "forged:1abc:def"])
def test_a_page_that_does_not_say_when_it_was_read_is_no_hint(
    save: Save, ask: Ask, sato: Person, shown: str
) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    url = reverse("experience:attest", kwargs={"token": ask(post)[1]})
    read = Client().post(url, answer(post)).context["read"]
    assert Client().post(url, answer(post, step="sign", read=read, shown=shown)).status_code == 302
    assert Trace.objects.get().read_seconds is None
    assert queries.hints(sato, TODAY) == ()


def test_who_signs_in_while_an_attestor_is_asked_leaves_a_trace_and_others_do_not(
    save: Save, ask: Ask, sato: Person, tanaka: Person
) -> None:
    ask(save(date(2021, 4, 1), None, "4"))
    for who in (sato, tanaka):
        client = Client()
        client.force_login(who)
    assert [trace.person for trace in Trace.objects.all()] == [sato]


def test_the_answer_to_ask_for_the_list_is_the_same_whether_anything_waits(save: Save, ask: Ask) -> None:
    token = ask(save(date(2021, 4, 1), None, "4"))[1]
    page = (
        Client()
        .post(reverse("experience:send_box", kwargs={"token": token}), {"once": KEY}, follow=True)
        .content.decode()
    )
    assert "ほかにお願いがあれば" in page


def test_the_attestors_page_asks_as_often_for_three_posts_as_for_one(
    save: Save, ask: Ask, sato: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    ask(save(date(2018, 4, 1), date(2019, 3, 31), "4"))
    door = browser(sato)
    door.get(mine("attestors"))
    with django_assert_num_queries(15):
        door.get(mine("attestors"))
    for year in (2020, 2022):
        ask(save(date(year, 4, 1), date(year + 1, 3, 31), "4"))
    with django_assert_num_queries(15):
        door.get(mine("attestors"))
