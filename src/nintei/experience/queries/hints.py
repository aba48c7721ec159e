"""What a reviewer may want to ask about: hints with their reason, never verdicts. Nobody is refused for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from nintei.experience.freemail import is_free
from nintei.experience.models import (
    Answer,
    AttestationRequest,
    RequestState,
    Side,
    Trace,
)
from nintei.people.models import FormerName, Person

APART = timedelta(hours=24)
# Nobody reads more signs in a second than this (1,800 of Japanese, 6,000 of English in a minute).
FASTEST = {"ja": 30, "en": 100}


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at about one attestor, and why. `kind` is for tests and styles."""

    kind: str
    request: AttestationRequest
    title: str
    reason: str


def hints(person: Person, on: date) -> tuple[Hint, ...]:
    """The hints about a person's attestors up to a day, in seven queries for any number of them."""
    requests = list(
        AttestationRequest.objects.filter(person=person, asked_on__lte=on)
        .exclude(state=RequestState.WITHDRAWN)
        .select_related("person")
        .prefetch_related("statements__post", "posts")
    )
    traces = list(Trace.objects.filter(person=person))
    others, mutual = _applicants_of(requests), _mutual(person, requests)
    names = _names(person)
    found: list[Hint] = []
    for request in requests:
        found += _of_name(request, names)
        found += _of_employer(request, requests)
        found += _of_address(request, others, mutual)
        found += _of_traces(request, traces)
    return tuple(found)


def _of_name(request: AttestationRequest, names: frozenset[str]) -> Iterator[Hint]:
    signed = {_plain(s.signed_name) for s in request.statements.all()} | {_plain(request.attestor_name)}
    if signed & names:
        yield Hint(
            "same_name", request, _("申請者と同じ名前です"),
            _("証明者の名前が、申請者の名前か前の名前と同じです。同姓同名の方かもしれません。"),
        )  # fmt: skip


def _of_employer(request: AttestationRequest, requests: Iterable[AttestationRequest]) -> Iterator[Hint]:
    """The present employer's word for a past post: the manual warns of it (MAN-ウ②.7)."""
    past = [s for s in request.statements.all() if s.answer != Answer.CANNOT and s.post.ended_on]
    said = [s for s in past if not s.was_there]
    present = {
        post.organisation
        for other in requests
        if request.attestor_email and other.attestor_email == request.attestor_email
        for post in other.posts.all()
        if post.ended_on is None
    }
    elsewhere = [s for s in past if present and s.post.organisation not in present]
    for statement in (said or elsewhere)[:1]:
        yield Hint(
            "present_employer", request, _("過去の職歴を、いまの勤務先の方が証明しています"),
            _("%(organisation)sの職歴です。当時この勤務先の上司だったかを確かめてください。")
            % {"organisation": statement.post.organisation},
        )  # fmt: skip


def _of_address(request: AttestationRequest, others: dict[str, int], mutual: set[str]) -> Iterator[Hint]:
    email = request.attestor_email.lower()
    if email and is_free(email):
        yield Hint(
            "free_mail", request, _("だれでも作れるメールアドレスです"),
            _("%(domain)sのアドレスでは、勤務先の方かどうかが分かりません。退職した方なら普通のことです。")
            % {"domain": email.rpartition("@")[2]},
        )  # fmt: skip
    if others.get(email, 0) >= settings.HINT_APPLICANTS:
        yield Hint(
            "many_applicants", request, _("多くの申請者を証明しています"),
            _("このアドレスの方に、%(number)d人の申請者が証明をお願いしています。管理職なら普通のことです。")
            % {"number": others[email]},
        )  # fmt: skip
    if email in mutual:
        yield Hint(
            "mutual", request, _("互いに証明し合っています"),
            _("この証明者も申請者で、今回の申請者に証明をお願いしています。"),
        )  # fmt: skip


def _of_traces(request: AttestationRequest, traces: Iterable[Trace]) -> Iterator[Hint]:
    """Same device or network as the applicant within a day; signed faster than one can read."""
    signed = next((t for t in traces if t.request_id == request.pk), None)
    if signed is None:
        return
    near = [t for t in traces if t.side == Side.APPLICANT and abs(t.at - signed.at) <= APART]
    if any(signed.device and t.device == signed.device for t in near):
        yield Hint(
            "same_device", request, _("申請者と同じ端末で署名しています"),
            _("24時間のうちに、申請者も同じ端末を使いました。隣で頼んだのかもしれません。"),
        )  # fmt: skip
    elif any(signed.network and t.network == signed.network for t in near):
        yield Hint(
            "same_network", request, _("申請者と同じ回線で署名しています"),
            _("24時間のうちに、申請者も同じ回線を使いました。同じ会社にいれば普通のことです。"),
        )  # fmt: skip
    yield from _of_speed(request, signed.read_seconds)


def _of_speed(request: AttestationRequest, seconds: int | None) -> Iterator[Hint]:
    statements = list(request.statements.all())
    signs = sum(len(s.text) for s in statements)
    if seconds is None or not statements or signs <= seconds * FASTEST.get(statements[0].language, 100):
        return
    yield Hint(
        "too_fast", request, _("読むより速く署名しています"),
        _("%(signs)d字の文を%(seconds)d秒で読んで署名しました。") % {"signs": signs, "seconds": seconds},
    )  # fmt: skip


def _applicants_of(requests: Iterable[AttestationRequest]) -> dict[str, int]:
    """How many applicants have asked each of these addresses."""
    emails = {r.attestor_email.lower() for r in requests if r.attestor_email}
    asked = AttestationRequest.objects.exclude(state=RequestState.WITHDRAWN).annotate(
        email=Lower("attestor_email")
    )
    rows = asked.filter(email__in=emails).values("email").annotate(number=Count("person", distinct=True))
    return dict(rows.order_by().values_list("email", "number"))


def _mutual(person: Person, requests: Iterable[AttestationRequest]) -> set[str]:
    """The attestors' addresses that belong to applicants who have asked this one in turn."""
    emails = {r.attestor_email.lower() for r in requests if r.attestor_email}
    back = AttestationRequest.objects.exclude(state=RequestState.WITHDRAWN).filter(
        attestor_email__iexact=person.email, person__email__in=emails
    )
    return set(back.values_list("person__email", flat=True))


def _names(person: Person) -> frozenset[str]:
    former = FormerName.objects.filter(person=person).values_list("name", flat=True)
    return frozenset(_plain(name) for name in (person.name, *former) if name)


def _plain(name: str) -> str:
    return "".join(name.split())
