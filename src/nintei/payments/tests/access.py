"""What the access matrix needs of this room."""

from __future__ import annotations

from nintei.payments import actions
from nintei.payments.models import Match
from nintei.payments.tests import bank
from nintei.payments.tests.bank import Transfer
from nintei.payments.tests.conftest import AT, ON, ask_fee
from nintei.people.models import Person

CONTENT = bank.statement([Transfer("0123サトウ")])


def dropped(owner: Person) -> dict[str, object]:
    """A bank file that the accountant dropped and has not imported."""
    accountant = Person.objects.filter(grants__role="accountant").first() or owner
    return {"pk": actions.drop_file(by=accountant.by, content=CONTENT, name="january.txt", at=AT).pk}


def line(owner: Person) -> dict[str, object]:
    """A line of an imported file."""
    done = actions.import_file(by="system", content=CONTENT, name="january.txt", on=ON, at=AT)
    return {"pk": done.new[0].pk}


def match(owner: Person) -> dict[str, object]:
    """A transfer that settled the owner's fee."""
    ask_fee(owner, "2025000123", "サトウ")
    line(owner)
    return {"pk": Match.objects.get().pk}
