"""Form (C): printed for one organisation with a code, and keyed in by the office with its scan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nintei.experience import actions, papers, queries
from nintei.experience.models import AttestationRequest, Post, RequestState, Scan, Statement
from nintei.experience.said import Said, Tenure
from nintei.experience.tests.conftest import TODAY, at, enter, sign, staff
from nintei.experience.tokens import LETTERS, new_code, read_code, shown
from nintei.journal.models import Body
from nintei.notices.models import Letter
from nintei.people.models import Person, Role
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition

Save = Callable[..., Post]
Ask = Callable[..., tuple[AttestationRequest, str]]
WEEK_AGO = TODAY - timedelta(days=7)


def on_paper(person: Person, *posts: Post, **more: Any) -> AttestationRequest:
    told: dict[str, Any] = {"attestor_name": "阿部 直子", "relation": "superior"} | more
    ids = [post.pk for post in posts]
    return actions.ask_on_paper(by=person.by, person=person, post_ids=ids, at=at(TODAY), on=TODAY, **told)


@pytest.fixture
def paper(save: Save, sato: Person) -> AttestationRequest:
    return on_paper(sato, save(date(2021, 4, 1), date(2024, 3, 31), "4"))


def test_a_code_tells_a_slip_of_the_eye() -> None:
    code = new_code()
    assert read_code(shown(code).lower()) == code
    slips = [code[:i] + sign + code[i + 1 :] for i in range(12) for sign in LETTERS if sign != code[i]]
    taken = [slip for slip in slips if read_code(slip)]
    # 0 and Z count alike: nobody takes one for the other.
    assert all(
        {one, other} == {"0", "Z"}
        for slip in taken
        for one, other in zip(slip, code, strict=True)
        if one != other
    )


def test_the_code_finds_the_request_and_no_other(paper: AttestationRequest, sato: Person, save: Save) -> None:
    other = on_paper(sato, save(date(2019, 4, 1), date(2020, 3, 31), "4"))
    found = queries.paper_of(paper.code_shown.lower().replace("-", " "))
    assert found == paper
    assert found != other
    assert queries.paper_of("0000-0000-0000") is None
    actions.withdraw_request(by=sato.by, person=sato, request_id=paper.pk, at=at(TODAY))
    assert queries.paper_of(paper.code or "") is None


def test_a_form_is_for_one_organisation_and_waits_without_an_end(save: Save, sato: Person) -> None:
    here = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    there = save(date(2018, 4, 1), date(2020, 3, 31), "4", organisation="ひなた通販")
    with pytest.raises(Refused, match=r"experience\.one_organisation"):
        on_paper(sato, here, there)
    asked = on_paper(sato, here)
    late = TODAY + timedelta(days=400)
    assert (asked.expires_on, queries.case(sato, late).waiting) == (None, (asked,))
    assert actions.remind_due(by="system", at=at(late), on=late) == 0
    assert actions.tell_expired(by="system", at=at(late), on=late) == 0
    assert Letter.objects.count() == 0


def test_the_form_is_printed_with_its_code_and_the_days_asked_about(
    save: Save, sato: Person, tmp_path: Any
) -> None:
    from pypdf import PdfReader

    post = save(date(2021, 4, 1), date(2024, 3, 31), "45", department="髙島𠮷野家課")
    asked = on_paper(sato, post, attestor_name="𠮷田 髙志")
    made = tmp_path / "c.pdf"
    made.write_bytes(papers.form_c(asked, edition(TODAY), TODAY, at(TODAY)))
    text = "".join("".join(page.extract_text() for page in PdfReader(made).pages).split())
    for words in (
        asked.code_shown,
        "𠮷田 髙志",
        "2021年4月1日（木） から 2024年3月31日（日）",
        "髙島𠮷野家課",
    ):
        assert words.replace(" ", "") in text


def test_a_form_keyed_in_counts_like_a_link_and_says_that_it_is_paper(
    paper: AttestationRequest, sato: Person, ito: Person
) -> None:
    (statement,) = enter(paper, ito, signed_on=WEEK_AGO, arrived_on=TODAY)
    assert (statement.channel, statement.arrived_on, statement.keyed_by) == ("paper", TODAY, ito)
    assert statement.signed_on == WEEK_AGO
    assert queries.case(sato, TODAY).posts[0].uncovered == ()
    leaf = Body.objects.get(subject=f"statement:{statement.pk}")
    assert (leaf.actor, leaf.data["channel"], leaf.data["arrived_on"]) == (ito.by, "paper", "2026-11-24")
    assert leaf.data["sha256"] == statement.text_sha256
    assert Scan.objects.get().request == paper
    assert queries.freeze(queries.case(sato, TODAY))[0]["statements"][0]["channel"] == "paper"


def test_a_form_is_keyed_in_once(paper: AttestationRequest, ito: Person) -> None:
    enter(paper, ito)
    with pytest.raises(Refused, match=r"experience\.not_open"):
        enter(paper, ito)
    assert (Statement.objects.count(), Scan.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"signed_on": TODAY, "arrived_on": WEEK_AGO}, "experience.paper_days"),
        ({"arrived_on": TODAY + timedelta(days=1)}, "experience.paper_days"),
        ({"signed_name": " "}, "experience.no_signature"),
        ({"tenure": Tenure()}, "experience.no_tenure"),
        ({"said": []}, "experience.line_without_answer"),
    ],
)
def test_what_a_form_cannot_say_is_refused_and_nothing_is_kept(
    paper: AttestationRequest, ito: Person, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        enter(paper, ito, **more)
    paper.refresh_from_db()
    kept = (paper.state, Statement.objects.count(), Scan.objects.count())
    assert (refused.value.code, kept) == (code, (RequestState.OPEN, 0, 0))


def test_only_the_desk_keys_in_and_nobody_their_own_case(
    paper: AttestationRequest, sato: Person, tanaka: Person, save: Save, ito: Person
) -> None:
    for stranger in (tanaka, sato, staff("kato@example.jp", "加藤 修", Role.DECIDER)):
        with pytest.raises(Refused, match=r"experience\.only_desk"):
            enter(paper, stranger)
    own = on_paper(ito, save(date(2021, 4, 1), None, "4", person=ito))
    with pytest.raises(Refused, match=r"experience\.own_case"):
        enter(own, ito)
    assert enter(paper, staff("desk@example.jp", "委託 光", Role.CONTRACTOR))[0].channel == "paper"


def test_a_mailed_request_cannot_be_keyed_in_nor_a_paper_one_mailed(
    paper: AttestationRequest, save: Save, ask: Ask, sato: Person, ito: Person
) -> None:
    mailed, _token = ask(save(date(2019, 4, 1), date(2020, 3, 31), "4"))
    with pytest.raises(Refused, match=r"experience\.no_such_paper"):
        enter(mailed, ito)
    with pytest.raises(Refused, match=r"experience\.on_paper"):
        actions.remind(by=sato.by, person=sato, request_id=paper.pk, at=at(TODAY), on=TODAY)


def test_the_database_refuses_a_paper_statement_without_arrival(
    paper: AttestationRequest, save: Save, ask: Ask, ito: Person
) -> None:
    kept = enter(paper, ito)[0]
    row = {field.attname: getattr(kept, field.attname) for field in Statement._meta.concrete_fields}
    post = save(date(2010, 4, 1), date(2011, 3, 31), "4")
    row |= {"id": None, "post_id": post.pk, "arrived_on": None}
    row.pop("id")
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.create(**row)


def test_what_was_signed_is_printed_letter_for_letter(save: Save, ask: Ask, tmp_path: Any) -> None:
    from pypdf import PdfReader

    post = save(date(2021, 4, 1), date(2024, 3, 31), "4")
    request, token = ask(post)
    (statement,) = sign(token, post, said=[Said(post.pk, "confirmed", comment="<b>=1+1</b>")])
    first = papers.statement(request)
    assert first == papers.statement(request)
    made = tmp_path / "s.pdf"
    made.write_bytes(first)
    text = "".join(page.extract_text() for page in PdfReader(made).pages)
    assert "<b>=1+1</b>" in text
    assert statement.text_sha256 in text.replace("\n", "")
