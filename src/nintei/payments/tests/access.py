"""What the access matrix needs of this room: a file dropped, a line to decide, a match."""

from __future__ import annotations

from nintei.payments import actions
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.people.models import Person
from nintei.shared import clock
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer


def _bring(*transfers: Transfer) -> actions.Imported:
    content = bank.statement(transfers)
    return actions.import_file(by="system", content=content, name="meisai.txt", on=ON, at=AT)


def dropped(owner: Person) -> dict[str, object]:
    """A file between its preview and its import."""
    content = bank.statement([Transfer("0123サトウ", on=clock.today())])
    return {"pk": actions.drop_file(by=owner.by, content=content, name="meisai.txt", at=AT).pk}


def line(owner: Person) -> dict[str, object]:
    """A line that the owner's fee may be settled from."""
    ask_fee(owner, "2025000123", owner.kana)
    return {"pk": _bring(Transfer(owner.kana)).new[0].pk}


def match(owner: Person) -> dict[str, object]:
    """The match that settled the owner's fee."""
    ask_fee(owner, "2025000123", owner.kana)
    return {"pk": _bring(Transfer(f"0123{owner.kana}")).settled[0].pk}
