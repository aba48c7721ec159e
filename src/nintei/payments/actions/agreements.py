"""Writing down who may pay for whom, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from nintei.journal.actions import record
from nintei.payments.matching import company_key, normalise
from nintei.payments.models import Agreement, AgreementFee, Fee, KnownPayer
from nintei.payments.queries.fees import open_fees
from nintei.payments.till import till
from nintei.people.models import Person, Role
from nintei.people.queries import roles_of
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused


def _entitle(actor: Person, at: datetime) -> None:
    if Role.ACCOUNTANT not in roles_of(actor, on=at.astimezone(JST).date()):
        raise Refused("payments.not_accountant")


def agree(
    *,
    by: str,
    actor: Person,
    payer_name: str,
    fees: Sequence[Fee],
    note: str,
    agreed_on: date,
    at: datetime,
) -> Agreement:
    """Keep a company's announcement: one transfer for these open fees, all of them or none (AMB-F7).

    `agreed_on` is a JST day. Raises `Refused`: not_accountant, own_fee, payer_needed, reason_needed,
    nothing_listed, fee_not_waiting, listed_already (all `payments.…`).
    """
    _entitle(actor, at)
    key = company_key(payer_name)
    if not key:
        raise Refused("payments.payer_needed")
    if not note.strip():
        raise Refused("payments.reason_needed")
    if not fees:
        raise Refused("payments.nothing_listed")
    if any(fee.person_id == actor.pk for fee in fees):
        raise Refused("payments.own_fee")
    with till():
        _listable(fees)
        said = {"payer_name": payer_name.strip(), "payer_key": key, "note": note.strip()}
        agreement = Agreement.objects.create(agreed_on=agreed_on, by=by, at=at, **said)
        AgreementFee.objects.bulk_create(AgreementFee(agreement=agreement, fee=fee) for fee in fees)
        data: dict[str, object] = {"payer": key, "fees": [str(fee.pk) for fee in fees]}
        record(by=by, verb="payments.agree", subject=f"agreement:{agreement.pk}", at=at, data=data)
    return agreement


def _listable(fees: Sequence[Fee]) -> None:
    keys = {fee.pk for fee in fees}
    if open_fees().filter(pk__in=keys).count() != len(keys):
        raise Refused("payments.fee_not_waiting")
    listed = AgreementFee.objects.filter(fee__in=keys, agreement__ended_at=None)
    if twice := listed.select_related("agreement").first():
        raise Refused("payments.listed_already", payer=twice.agreement.payer_name)


def end_agreement(*, by: str, actor: Person, agreement: UUID, at: datetime) -> Agreement:
    """Expect a company's transfer no longer; ending twice is once. What it has settled stays settled.

    Raises `Refused("payments.not_accountant")`.
    """
    _entitle(actor, at)
    with till():
        found = Agreement.objects.select_for_update().get(pk=agreement)
        if found.ended_at is None:
            found.ended_by, found.ended_at = by, at
            found.save(update_fields=["ended_by", "ended_at"])
            record(by=by, verb="payments.end_agreement", subject=f"agreement:{found.pk}", at=at, data={})
    return found


def learn_payer(
    *, by: str, actor: Person, person: Person, payer_name: str, note: str, at: datetime
) -> KnownPayer:
    """Remember that this name pays for this person; the digits in it are not remembered. Twice is once.

    Raises `Refused`: not_accountant, own_fee, payer_needed (all `payments.…`).
    """
    _entitle(actor, at)
    if person.pk == actor.pk:
        raise Refused("payments.own_fee")
    key = normalise(payer_name).name.lstrip("ー")
    if not key:
        raise Refused("payments.payer_needed")
    with till():
        known = KnownPayer.objects.filter(person=person, payer_key=key, revoked_at=None).first()
        if known is None:
            said = {"payer_name": payer_name.strip(), "payer_key": key, "note": note.strip()}
            known = KnownPayer.objects.create(person=person, by=by, at=at, **said)
            data: dict[str, object] = {"payer": key, "note": known.note}
            record(by=by, verb="payments.learn_payer", subject=person.by, at=at, data=data)
    return known


def forget_payer(*, by: str, actor: Person, payer: UUID, at: datetime) -> KnownPayer:
    """Settle nothing more by this name; forgetting twice is once. What it has settled stays settled.

    Raises `Refused("payments.not_accountant")`.
    """
    _entitle(actor, at)
    with till():
        known = KnownPayer.objects.select_for_update().select_related("person").get(pk=payer)
        if known.revoked_at is None:
            known.revoked_by, known.revoked_at = by, at
            known.save(update_fields=["revoked_by", "revoked_at"])
            data: dict[str, object] = {"payer": known.payer_key}
            record(by=by, verb="payments.forget_payer", subject=known.person.by, at=at, data=data)
    return known
