"""What is known of an applicant, to be held beside a transfer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from nintei.payments.models import Fee
from nintei.payments.queries.agreements import names_of_others
from nintei.payments.queries.fees import payer_name_to_write, standing


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fee with what helps to tell whether a transfer is meant for it.

    `asked` is the payer's name the applicant was told to write; `others` are the person's other fees, newest
    first, each with `settled`: whether its money has been confirmed.
    """

    fee: Fee
    asked: str
    former: tuple[str, ...]
    payers: tuple[str, ...]
    others: tuple[tuple[Fee, bool], ...]


def evidence(fees: Sequence[Fee]) -> list[Evidence]:
    """What is known of the people behind these fees: four queries for any number."""
    people = {fee.person_id for fee in fees}
    former, payers = names_of_others(people)
    theirs = list(Fee.objects.filter(person__in=people).order_by("-opened_at"))
    settled = set(standing().filter(fee__in=theirs).values_list("fee", flat=True))
    others: dict[UUID, list[tuple[Fee, bool]]] = defaultdict(list)
    for fee in theirs:
        others[fee.person_id].append((fee, fee.pk in settled))
    return [
        Evidence(
            fee,
            payer_name_to_write(fee),
            tuple(former.get(fee.person_id, ())),
            tuple(payers.get(fee.person_id, ())),
            tuple(pair for pair in others[fee.person_id] if pair[0] != fee),
        )
        for fee in fees
    ]
