"""Bad input and load: a link pressed a thousand times at once, replayed, foreign; hostile and rare characters."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from nintei.experience import actions, queries
from nintei.experience.answering import open_link, prepare
from nintei.experience.models import AttestationRequest, Post, RequestState, Statement
from nintei.experience.said import Said, Tenure
from nintei.experience.tests.conftest import TODAY, at, sign
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.shared.refusals import Refused

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
# The full size is run by hand: NINTEI_CLICKS=1000.
CLICKS = int(os.environ.get("NINTEI_CLICKS", "40"))
AT_ONCE = 8


def all_at_once(press: Callable[[], object]) -> list[str]:
    """What came of CLICKS presses from AT_ONCE threads that start together, each with its own connection."""
    came: list[str] = []
    start = threading.Barrier(AT_ONCE)

    def run() -> None:
        start.wait()
        for _n in range(CLICKS // AT_ONCE):
            try:
                press()
                came.append("kept")
            except Refused as refused:
                came.append(refused.code)
        connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.django_db(transaction=True)
def test_a_link_pressed_many_times_at_once_makes_one_statement(save: Save, ask: Ask) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    token = ask(post)[1]
    came = all_at_once(lambda: sign(token, post))
    assert (came.count("kept"), came.count("experience.link_used")) == (1, len(came) - 1)
    assert (len(came), Statement.objects.count()) == (CLICKS, 1)
    assert Body.objects.filter(verb="experience.answer").count() == 1
    assert Letter.objects.filter(template="experience/letters/answered.txt").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_its_guards_there_would_be_many(save: Save, ask: Ask) -> None:
    """The control: the same words kept without lock, trigger and constraint."""
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    token = ask(post)[1]
    unique = "experience_one_statement_a_post"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE experience_statement DROP CONSTRAINT {unique}")
    try:
        all_at_once(lambda: keep_unguarded(token, post))
        assert Statement.objects.count() > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE experience_statement CASCADE")
            cursor.execute(
                f"ALTER TABLE experience_statement ADD CONSTRAINT {unique} UNIQUE (request_id, post_id)"
            )


def keep_unguarded(token: str, post: Post) -> None:
    """Look whether the link is open, then write: what a hurried program would do."""
    request = open_link(token=token, on=TODAY)
    tenure = Tenure(since=post.started_on)
    said = [Said(post.pk, "confirmed")]
    (draft,) = prepare(request=request, said=said, tenure=tenure, signed_name="阿部", language="ja", on=TODAY)
    Statement.objects.create(
        request=request,
        post=post,
        answer="confirmed",
        from_on=post.started_on,
        supervised_from=post.started_on,
        signed_name="阿部",
        signed_at=at(TODAY),
        signed_on=TODAY,
        text=draft.text,
    )
    # Many have looked before the first one says that it is answered.
    AttestationRequest.objects.filter(pk=request.pk, state=RequestState.OPEN).update(
        state=RequestState.ANSWERED, answered_at=at(TODAY)
    )


def test_a_link_replayed_expired_or_foreign_keeps_nothing(
    save: Save, ask: Ask, sato: Person, tanaka: Person
) -> None:
    mine = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    theirs = save(date(2021, 4, 1), None, "4", person=tanaka)
    token = ask(mine)[1]
    foreign = ask(theirs, person=tanaka, by=tanaka.by)[1]
    for wrong, post, day, code in (
        (foreign, mine, TODAY, "experience.other_post"),
        (token, mine, date(2027, 1, 6), "experience.link_expired"),
        (token[:-1], mine, TODAY, "experience.link_unknown"),
        ("", mine, TODAY, "experience.link_unknown"),
        (f"{token}.{theirs.pk}", theirs, TODAY, "experience.link_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            sign(wrong, post, day)
        assert (refused.value.code, Statement.objects.count()) == (code, 0)
    sign(token, mine)
    with pytest.raises(Refused, match=r"experience\.link_used"):
        sign(token, mine)
    assert Statement.objects.count() == 1


HOSTILE = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "@SUM(1)",
    "𠮷野 髙志",
    "あ" * 100,
    "{{ 7|add:7 }}",
    "%(name)s",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_back_as_they_were_typed_and_do_nothing(
    save: Save, ask: Ask, sato: Person, words: str
) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4", organisation=words, department=words, role=words)
    token = ask(post, attestor_name=words)[1]
    url = reverse("experience:attest", kwargs={"token": token})
    page = Client().get(url).content.decode()
    assert "<script>alert" not in page
    (statement,) = sign(
        token,
        post,
        said=[Said(post.pk, "confirmed", comment=words)],
        tenure=Tenure(since=post.started_on, role=words),
        signed_name=words,
    )
    assert (statement.signed_name, statement.comment, statement.role) == (words, words, words)
    assert f"勤務先: {words} {words}\n" in statement.text
    assert "<script>alert" not in Client().get(url).content.decode()
    assert queries.case(sato, TODAY).posts[0].attested


def test_a_name_that_is_too_long_is_told_beside_its_field(save: Save, ask: Ask, settings: object) -> None:
    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    url = reverse("experience:attest", kwargs={"token": ask(post)[1]})
    told = {"answer": "confirmed", "tenure": "whole", "was_there": "yes", "belongs_still": "no"}
    told = {f"post-{post.pk}-{name}": value for name, value in (told | {"role": "あ" * 101}).items()}
    told |= {"name": "い" * 101, "once": "k" * 20, "step": "read"}
    page = Client().post(url, told)
    assert (page.status_code, page.content.decode().count("100文字までで書いてください")) == (422, 4)


def test_half_an_answer_keeps_the_fields_of_the_page_and_nothing_else(save: Save, ask: Ask) -> None:
    request, token = ask(save(date(2021, 4, 1), None, "4"))
    url = reverse("experience:keep", kwargs={"token": token})
    told = {
        "role": "あ" * 5000,
        "name": "阿部",
        "step": "sign",
        "read": "x",
        "evil": "x",
        "csrfmiddlewaretoken": "x",
    }
    assert Client().post(url, told).status_code == 200
    half = queries.half_answer(request)
    assert half is not None
    assert half.told == {"role": ["あ" * 1000], "name": ["阿部"]}
    actions.withdraw_request(by="x", person=request.person, request_id=request.pk, at=at(TODAY))
    assert Client().post(url, told).status_code == 409
