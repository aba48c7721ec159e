"""The only writers of the posting list: each step of the table is a row, a leaf, and where asked a letter.

Nobody's certificate is posted unseen: whatever stands in the way of one of several refuses them all, by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from nintei.certificates.models import Again, Certificate, Envelope, Posting, PostingStep, Print, Sheet, Way
from nintei.certificates.posting import queries
from nintei.certificates.posting.papers import labels, letters
from nintei.certificates.posting.queries import Paper
from nintei.certificates.states import DESK, WAITING, WITH_REASON, Event, State, following
from nintei.journal.actions import Told, record_all
from nintei.notices.actions import post
from nintei.people.models import Person
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.paper import CannotPrint
from nintei.shared.refusals import Refused

MOST = 200


def begin(*, by: str, certificate: Certificate) -> Posting:
    """A certificate was made: from now on it is to be posted. In the transaction of its outcome, whose leaf says so."""
    assert certificate.issued_at is not None
    since = certificate.issued_at.astimezone(JST).date()
    return Posting.objects.create(certificate=certificate, state_since_on=since)


@transaction.atomic
def print_papers(
    *, actor: Person, ids: Sequence[str], envelope: str, again: str, on: date, at: datetime
) -> Print:
    """Print certificates with their covering letters and addresses; every sheet is on record.

    One that was printed before needs a reason (`Again`), and says on its face that it is issued again unless the
    sheet before it was spoiled in the office. Raises `Refused`: `certificates.not_entitled`, `.choose`,
    `.too_many`, `.not_now`, `.not_held`, `.no_address`, `.say_again`, `.not_spoiled`, `.no_glyph`, `.too_long`.
    """
    papers = _locked(actor, ids, on)
    _refuse("certificates.not_now", [p for p in papers if p.posting.state not in WAITING])
    _refuse("certificates.not_held", [p for p in papers if "not_held" in p.hints])
    _refuse("certificates.no_address", [p for p in papers if not p.address])
    _check_again(papers, again)
    made = Print.objects.create(made_by=actor, made_at=at, envelope=Envelope(envelope))
    sheets = Sheet.objects.bulk_create(_sheet(made, each, again) for each in papers)
    _try(made, sheets, papers)
    told = [Told("certificates.print", _subject(sheet.certificate), _told_sheet(sheet)) for sheet in sheets]
    record_all(by=actor.by, at=at, told=told)
    return made


def _check_again(papers: list[Paper], again: str) -> None:
    before = [each for each in papers if each.sheets]
    if not again:
        _refuse("certificates.say_again", before)
    if again == Again.SPOILED:
        _refuse("certificates.not_spoiled", [each for each in before if each.last_post])


def _sheet(made: Print, paper: Paper, again: str) -> Sheet:
    number = len(paper.sheets) + 1
    why = Again(again) if number > 1 else ""
    return Sheet(
        printed=made, certificate=paper.certificate, number=number, again=why,
        is_marked=why == Again.LOST, address=paper.address,
    )  # fmt: skip


def _try(made: Print, sheets: list[Sheet], papers: list[Paper]) -> None:
    """Set the letters once before anything is kept: a sign without a glyph stops the print by name."""
    try:
        letters(made, sheets)
        labels(made, sheets)
    except CannotPrint as fault:
        if fault.sign:
            _refuse(
                "certificates.no_glyph",
                [each for each in papers if fault.sign in f"{each.name}{each.address}"] or papers,
                sign=fault.sign,
            )
        _refuse("certificates.too_long", [each for each in papers if each.number in str(fault)])
        raise


def _told_sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "certificate": str(sheet.certificate_id),
        "print": str(sheet.printed_id),
        "sheet": sheet.number,
        "again": str(sheet.again),
        "marked": sheet.is_marked,
    }


@transaction.atomic
def mark(
    *,
    actor: Person,
    ids: Sequence[str],
    event: Event,
    day: date,
    on: date,
    at: datetime,
    way: str = "",
    reason: str = "",
    tracking: Mapping[str, str] | None = None,
) -> list[Posting]:
    """Say what happened to certificates on a (JST) day: posted (`way`), came back, set aside, … (states.py).

    `tracking`: the post's numbers, by the certificate's key.

    Raises `Refused`: `certificates.not_entitled`, `.choose`, `.not_now`, `.day_to_come`, `.before`, `.say_why`,
    `.not_held`.
    """
    papers = _locked(actor, ids, on)
    _refuse("certificates.not_now", [p for p in papers if following(p.posting.state, event) is None])
    if day > on:
        raise Refused("certificates.day_to_come")
    _refuse("certificates.before", [p for p in papers if day < p.posting.state_since_on])
    if event in WITH_REASON and not reason.strip():
        raise Refused("certificates.say_why")
    if event == Event.POST:
        _refuse("certificates.not_held", [p for p in papers if "not_held" in p.hints])
    made = Made(actor, at, event, day, Way(way) if event == Event.POST else "", reason.strip())
    steps = [_step(each, made, (tracking or {}).get(str(each.posting.pk), "").strip()) for each in papers]
    PostingStep.objects.bulk_create(steps)
    record_all(by=actor.by, at=at, told=[_told(*each) for each in zip(papers, steps, strict=True)])
    return [each.posting for each in papers]


class Made(NamedTuple):
    """What is said of several papers at once."""

    by: Person
    at: datetime
    event: Event
    day: date
    way: str
    reason: str


def _step(paper: Paper, made: Made, tracking: str) -> PostingStep:
    """The step, and the state after it. Where it went is what stands on its last sheet."""
    after = following(paper.posting.state, made.event)
    assert after is not None
    if after != paper.posting.state:
        paper.posting.state, paper.posting.state_since_on = after, made.day
        paper.posting.save(update_fields=["state", "state_since_on"])
    is_sent = made.event == Event.POST and made.way != Way.BY_HAND
    sent_to = (paper.sheets[-1].address if paper.sheets else paper.address) if is_sent else ""
    return PostingStep(
        posting=paper.posting, event=made.event, on=made.day, made_by=made.by, made_at=made.at,
        way=made.way, reason=made.reason, tracking=tracking, address=sent_to,
    )  # fmt: skip


def _told(paper: Paper, step: PostingStep) -> Told:
    """The leaf names no address: what somebody's address was is nobody's to prove."""
    data: dict[str, object] = {
        "certificate": str(paper.posting.pk),
        "state": str(paper.posting.state),
        "on": step.on.isoformat(),
        "way": str(step.way),
        "tracking": step.tracking,
        "reason": step.reason,
    }
    return Told(
        f"certificates.{step.event}",
        _subject(paper.certificate),
        {name: value for name, value in data.items() if value},
    )


@transaction.atomic
def ask_address(*, actor: Person, ids: Sequence[str], on: date, at: datetime) -> list[Posting]:
    """Ask holders by mail where to send their certificates; once a day each.

    Raises `Refused`: `certificates.not_entitled`, `.choose`, `.not_now`, `.no_mail`.
    """
    papers = _locked(actor, ids, on)
    _refuse("certificates.no_mail", [each for each in papers if not each.person.email])
    asked_today = {p.posting.pk for p in papers for s in p.steps if s.event == Event.ASK and s.on == on}
    waiting = [each for each in papers if each.posting.pk not in asked_today]
    if waiting:
        keys = [str(each.posting.pk) for each in waiting]
        mark(actor=actor, ids=keys, event=Event.ASK, day=on, on=on, at=at)
    for each in waiting:
        post(
            by=actor.by, key=f"certificates.ask_address:{each.posting.pk}:{on.isoformat()}",
            template="certificates/letters/ask_address.txt", to_email=each.person.email, to_person=each.person,
            language=each.person.language, at=at,
            context={"person": each.person, "number": each.number, "base": settings.BASE_URL,
                     "came_back": each.posting.state == State.RETURNED},
        )  # fmt: skip
    return [each.posting for each in waiting]


def _locked(actor: Person, ids: Sequence[str], on: date) -> list[Paper]:
    """The papers, locked in the order of their keys: two marks at once do not wait for each other."""
    if not {str(role) for role in roles_of(actor, on=on)} & set(DESK):
        raise Refused("certificates.not_entitled")
    if len(set(ids)) > MOST:
        raise Refused("certificates.too_many", most=MOST)
    rows = Posting.objects.filter(pk__in=queries.keys(ids)).order_by("pk")
    papers = queries.chosen(list(rows.select_for_update().values_list("pk", flat=True)), on)
    if not papers:
        raise Refused("certificates.choose")
    return papers


def _refuse(code: str, papers: list[Paper], **data: object) -> None:
    if papers:
        names = "、".join(f"{each.name}（{each.number}）" for each in papers[:20])
        state = str(State(papers[0].posting.state).label)
        raise Refused(code, names=names, state=state, **data)


def _subject(certificate: Certificate) -> str:
    return f"certification:{certificate.term.certification_id}"


__all__ = ["ask_address", "begin", "mark", "print_papers"]
