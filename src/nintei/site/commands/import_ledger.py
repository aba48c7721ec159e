"""The office's commands for the log: a table of activities, and the mails of the mailbox for drafts."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from nintei.ledger import actions, arriving, intake
from nintei.ledger.faults import Fault, Unusable
from nintei.ledger.models import Jotting
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry import queries as registry
from nintei.shared import files
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition as edition_on
from nintei.shared.wording import in_english


class Plan(NamedTuple):
    """What `nintei import activities` was asked: the file, whose it is, and how."""

    name: str
    content: bytes
    person: str
    partial: bool
    dry_run: bool


def bring_in(plan: Plan, at: datetime) -> int:
    """Bring a table in, whole or (`partial`) without the rows at fault; 0 done, 1 rows left out, 2 nothing done."""
    try:
        told, wrong = intake.read_table(plan.name, plan.content, edition_on(at.astimezone(JST).date()))
    except Unusable as unusable:
        language = "en" if in_english() else "ja"
        _say(plan, [intake.Wrong(f.row, f.column, f.sentence(language)) for f in unusable.faults])
        return 2
    by_person, unknown = _sorted_out(told, plan.person)
    wrong = sorted([*wrong, *unknown])
    with transaction.atomic():
        found = {person: _held(person, rows, at) for person, rows in by_person.items()}
        wrong = sorted([*wrong, *(each for one in found.values() for each in one.wrong)])
        _say(plan, wrong)
        new, known = (sum(len(getattr(x, kind)) for x in found.values()) for kind in ("new", "known"))
        words = ("new", "on file", "left out") if in_english() else ("新しい", "登録済み", "除く")
        print(f"{words[0]}: {new}  {words[1]}: {known}  {words[2]}: {len({each.row for each in wrong})}")
        if wrong and not (plan.partial and new + known):
            return 2
        if not plan.dry_run:
            for person, rows in by_person.items():
                actions.bring_in(by="system", person=person, rows=rows, at=at, partial=plan.partial)
    return 1 if wrong else 0


def _held(person: Person, rows: list[intake.Row], at: datetime) -> intake.Intake:
    on = at.astimezone(JST).date()
    return intake.held_against(person, rows, on, edition_on(on))


def _sorted_out(
    told: list[tuple[intake.Row, str]], whose: str
) -> tuple[dict[Person, list[intake.Row]], list[intake.Wrong]]:
    """The rows of each person, in the order of the table; a name is looked up once."""
    people: dict[str, Person | None] = {}
    found: dict[Person, list[intake.Row]] = {}
    wrong = []
    for row, written in told:
        name = written or whose
        person = people.setdefault(name, _person(name))
        if person is not None:
            found.setdefault(person, []).append(row)
            continue
        fault = (
            Fault("log.no_holder", row.number, data={"value": name})
            if name
            else Fault("log.whose", row.number)
        )
        wrong.append(intake.Wrong(row.number, "", fault.sentence("en" if in_english() else "ja")))
    return found, wrong


def _person(name: str) -> Person | None:
    """The holder of a certification number, or whoever has an address."""
    if "@" in name:
        return person_by_email(name)
    held = registry.by_number(name) if name else None
    return held.person if held else None


def _say(plan: Plan, wrong: list[intake.Wrong]) -> None:
    for each in wrong:
        place = f"{plan.name}:{each.row}" if each.row else plan.name
        print(
            f"{place}: {each.column} {each.sentence}" if each.column else f"{place}: {each.sentence}",
            file=sys.stderr,
        )


def take_mail(message: bytes, at: datetime) -> int:
    """Make a draft of a mail to a secret address; 0 done (also the second time), 2 for a mail that is none of ours."""
    mail = arriving.mail_of(message)
    if mail is None:
        said = "no draft can be made of this mail" if in_english() else "このメールは下書きにできません"
        print(said, file=sys.stderr)
        return 2
    taken, left_out = [], []
    for upload in mail.uploads:
        try:
            taken.append(files.take_in(upload))
        except Refused as refused:
            left_out.append(refused.sentence())
    found, seen = arriving.read(taken, mail.person)
    said_first = {"title": mail.subject, "detail": "\n".join([mail.text, *left_out]).strip()}
    actions.jot_down(
        by=mail.person.by,
        person=mail.person,
        source=Jotting.Source.MAIL,
        said={**{name: value for name, value in said_first.items() if value}, **seen},
        files=taken,
        found=found,
        at=at,
        source_key=mail.key,
    )
    return 0
