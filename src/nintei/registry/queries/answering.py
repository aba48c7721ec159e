"""What anybody may learn: by number and name, or by the unguessable id that only the paper's QR carries.

Nothing tells a wrong name from a number that does not exist: the same questions go to the database, a row comes
back for either (of the next number, where there is none), the same comparison is made, and the same answer comes
out (`bench/same_time.py` measures it). Only what fits is then read whole.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from nintei.journal.queries import last_place
from nintei.people.queries import letters
from nintei.registry.models import Certification, Consent, ExamPass, HeldName, ReportState, Shared
from nintei.registry.numbers import spellings
from nintei.registry.queries.consent import shown
from nintei.registry.queries.status import (
    current_term,
    is_known,
    registered_name,
    status_on,
    whole,
)
from nintei.rules import dates
from nintei.shared.rulebook import edition

NOBODY = ("-" * 22, "山田 太郎", "ヤマダ タロウ")
"""Compared with where nobody is found."""


class PublicAnswer(NamedTuple):
    """What anybody may know. `name`, `latin` and the days are empty where the holder has not consented.

    `status` is None for a qualification that an exam alone gives: it has no validity that could end
    (MAN-表.5–8). `place` is where the newest record about it stands in the journal.
    """

    number: str
    qualification: str
    status: dates.Status | None
    starts_on: date | None
    ends_on: date | None
    certified_on: date | None
    name: str
    latin: str
    place: int | None
    by_qr: bool


class Question(NamedTuple):
    """Who is asked about: a number with a name, or with the id of a QR; on which day, as known when."""

    number: str
    name: str
    verify_id: str
    on: date
    known: datetime | None = None


def public_answer(asked: Question) -> PublicAnswer | None:
    """The public answer, or None: the number does not exist, the name is another one, or nothing was known then."""
    numbers = spellings(asked.number)
    certified = _certification(numbers[-1], asked)
    passed = _exam_pass(numbers, asked)
    found = certified or passed
    if found is None or _is_erased(found):
        return None
    return _of_certification(found, asked) if isinstance(found, Certification) else _of_pass(found, asked)


def _is_erased(found: Certification | ExamPass) -> bool:
    """Whether its holder asked to be forgotten: then nothing is answered, not even to who has the paper (P5)."""
    return found.person is not None and found.person.erased_at is not None


def shared_answer(pk: UUID, on: date, shows: frozenset[str]) -> PublicAnswer | None:
    """What somebody learns by a link that the holder made: the fields that the holder chose for it, live."""
    found = _whole_named().filter(pk=pk, person__erased_at=None).first()
    return _answer(found, Question(found.number, "", "", on), shows, by_qr=False) if found else None


def _certification(number: str, asked: Question) -> Certification | None:
    """The certification that fits. Where none has this number, another one is read and compared as well."""
    ahead = Certification.objects.filter(number__gte=number).order_by("number")[:1]
    last = Certification.objects.order_by("-number")[:1]
    columns = ("pk", "number", "verify_id", "person__name", "person__kana")
    rows = list(ahead.values_list(*columns).union(last.values_list(*columns), all=True))
    pk, found, verify_id, *own = min(
        rows, key=lambda row: row[1] != number, default=(UUID(int=0), "", *NOBODY)
    )
    names = HeldName.objects.filter(certification=pk).values_list("name", "kana", "latin")
    called = [each for row in names for each in row] or own
    return _whole_named().get(pk=pk) if _fits(asked, verify_id, *called) and found == number else None


def _whole_named() -> QuerySet[Certification]:
    names = Prefetch("names", HeldName.objects.order_by("pk"))
    consents = Prefetch("consents", Consent.objects.order_by("pk"))
    return whole().select_related("person").prefetch_related(names, consents)


def _exam_pass(numbers: tuple[str, ...], asked: Question) -> ExamPass | None:
    """The pass that fits, of an exam that is the qualification itself; its number with or without the exam's code."""
    exams = [each.code for each in edition(asked.on).qualifications.values() if not each.certified]
    code, dash, _ = numbers[-1].partition("-")
    is_coded = bool(dash) and code in exams
    wanted = [code] if is_coded else exams
    bare = [each[len(code) + 1 :] for each in numbers] if is_coded else numbers
    found = ExamPass.objects.filter(exam__in=wanted, number__in=bare, passed=True, issued_on__lte=asked.on)
    found = found.filter(state=ReportState.CONFIRMED)
    if asked.known is not None:
        found = found.filter(imported_at__lte=asked.known)
    rows = list(found.values_list("pk", "verify_id", "name", "kana"))
    fits = [row[0] for row in rows if _fits(asked, *row[1:])]
    if not rows:
        _fits(asked, *NOBODY)
    # The same number and name in two exams: nobody can say which was meant, so neither is confirmed.
    if len(fits) != 1:
        return None
    return ExamPass.objects.select_related("person").prefetch_related("consents").get(pk=fits[0])


def _fits(asked: Question, verify_id: str, *called: str) -> bool:
    """Whether the id or one of the names fits, compared in a time that does not depend on where they differ."""
    same_id = bool(asked.verify_id) and hmac.compare_digest(_hash(asked.verify_id), _hash(verify_id))
    wanted = _hash(letters(asked.name))
    same_name = [hmac.compare_digest(wanted, _hash(letters(each))) for each in called]
    return same_id or (bool(asked.name.strip()) and any(same_name))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _of_certification(found: Certification, asked: Question) -> PublicAnswer | None:
    if not is_known(found, asked.known):
        return None
    by_qr = _has_paper(asked, found.verify_id)
    return _answer(found, asked, frozenset(Shared.values) if by_qr else shown(found), by_qr=by_qr)


def _has_paper(asked: Question, verify_id: str) -> bool:
    """Whoever holds the paper has read what stands on it."""
    return bool(asked.verify_id) and hmac.compare_digest(_hash(asked.verify_id), _hash(verify_id))


def _answer(found: Certification, asked: Question, may: frozenset[str], *, by_qr: bool) -> PublicAnswer:
    term = current_term(found, asked.on, asked.known)
    status = status_on(found, asked.on, asked.known)
    called = registered_name(found, asked.known)
    days = Shared.VALIDITY in may
    return PublicAnswer(
        number=found.number,
        qualification=found.qualification,
        status=status,
        starts_on=term.starts_on if days else None,
        # One that was ended earlier says so by its last day, and not why.
        ends_on=min(term.ends_on, status.valid_until) if days else None,
        certified_on=found.certified_on if days else None,
        name=called.name if Shared.NAME in may else "",
        latin=called.latin if Shared.LATIN in may else "",
        place=last_place(found.subject),
        by_qr=by_qr,
    )


def _of_pass(found: ExamPass, asked: Question) -> PublicAnswer:
    by_qr = _has_paper(asked, found.verify_id)
    may = frozenset(Shared.values) if by_qr else shown(found)
    return PublicAnswer(
        number=found.printed_number,
        qualification=found.exam,
        status=None,
        starts_on=None,
        ends_on=None,
        certified_on=found.issued_on if Shared.VALIDITY in may else None,
        name=found.name if Shared.NAME in may else "",
        latin=found.person.latin if found.person and Shared.LATIN in may else "",
        place=None,
        by_qr=by_qr,
    )
