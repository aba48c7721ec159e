"""What the access matrix needs of this room: a file dropped, a line to decide, a match."""

from __future__ import annotations

from uuid import UUID

from nintei.payments import actions
from nintei.payments.models import Account, BankLine, Match, Receipt, WriteOff
from nintei.payments.tests.conftest import AT, ON, ask_fee, somebody
from nintei.people.models import Person, Role
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


def _settled(owner: Person) -> Match:
    match(owner)
    return Match.objects.get(fee__person=owner)


def refund(owner: Person) -> dict[str, object]:
    """What the owner paid before a withdrawal, to be returned."""
    made = actions.refund_due(by=owner.by, fee=_settled(owner).fee, reason="申請の取下げ", at=AT)
    assert made is not None
    return {"pk": made.pk}


def approval(owner: Person) -> dict[str, object]:
    """A question for a second person about the owner's money."""
    mori = somebody("mori-asks", "モリ ユミ", Role.ACCOUNTANT)
    asked = actions.ask_undo(by=mori.by, actor=mori, match=_settled(owner), reason="別の方", at=AT)
    return {"pk": asked.pk}


def receipt(owner: Person) -> dict[str, object]:
    """The owner's receipt."""
    made = actions.issue_receipt(
        by=owner.by, person=owner, match=_settled(owner), addressee=str(owner), at=AT
    )
    return {"pk": made.pk}


def receipt_copy(owner: Person) -> dict[str, object]:
    """A copy of the owner's receipt."""
    mori = somebody("mori-copies", "モリ ユミ", Role.ACCOUNTANT)
    made = Receipt.objects.get(pk=str(receipt(owner)["pk"]))
    return {"pk": actions.copy_receipt(by=mori.by, actor=mori, receipt=made, reason="紛失", at=AT).pk}


def agreement(owner: Person) -> dict[str, object]:
    """A company's agreement for the owner's fee, written down by another accountant."""
    fee, mori = ask_fee(owner, "2025000123", owner.kana), _accountant()
    agreed = actions.agree(
        by=mori.by, actor=mori, payer_name="カ)ミナト", fees=[fee], note="メール", agreed_on=ON, at=AT
    )
    return {"pk": agreed.pk}


def known_payer(owner: Person) -> dict[str, object]:
    """A name under which somebody pays for the owner."""
    mori = _accountant()
    known = actions.learn_payer(
        by=mori.by, actor=mori, person=owner, payer_name="カ)ミナト", note="電話", at=AT
    )
    return {"pk": known.pk}


def strange(owner: Person) -> dict[str, object]:
    """A file whose columns nobody knows."""
    content = "いつ,だれ,いくら\r\n2026/1/15,0123サトウ ハナコ,11000\r\n".encode()
    return {"pk": actions.drop_file(by=owner.by, content=content, name="kumiai.csv", at=AT).pk}


def run(owner: Person) -> dict[str, object]:
    """A long import that the worker has not begun."""
    pk = dropped(owner)["pk"]
    assert isinstance(pk, UUID)
    return {"pk": actions.start_run(by=owner.by, dropped=pk, lines=5_000, at=AT).pk}


def table(owner: Person) -> dict[str, object]:
    """A way to read that somebody has taught."""
    mori, columns = _accountant(), {"date": "いつ", "payer": "だれ", "credit": "いくら"}
    return {"pk": actions.teach_table(by=mori.by, actor=mori, name="組合", columns=columns, at=AT).pk}


def write_off(owner: Person) -> dict[str, object]:
    """Money of nobody that two others have written off."""
    mori, (found,) = _accountant(), _bring(Transfer("ハヤシ ケイコ", 5_500)).new
    kato = somebody("decider-of-access", "カトウ", Role.DECIDER)
    asked = actions.ask_write_off(
        by=mori.by, actor=mori, line=found, account=Account.MISC, reason="10年", at=AT
    )
    actions.decide(by=kato.by, actor=kato, approval=asked, granted=True, at=AT)
    return {"pk": WriteOff.objects.get().pk}


def _companys() -> BankLine:
    """A company's transfer that has settled two fees."""
    mori = _accountant()
    fees = [
        ask_fee(somebody(f"worker{n}", f"ミナト {kana}"), f"202500910{n}", f"ミナト {kana}")
        for n, kana in enumerate(("イチロウ", "ジロウ"))
    ]
    actions.agree(by=mori.by, actor=mori, payer_name="カ)ミナト", fees=fees, note="x", agreed_on=ON, at=AT)
    return _bring(Transfer("カ)ミナト", 22_000)).new[0]


def company_line(owner: Person) -> dict[str, object]:
    """What a company paid for two people."""
    return {"pk": _companys().pk}


def company_receipt(owner: Person) -> dict[str, object]:
    """The one receipt of a company's transfer."""
    found, mori = _companys(), Person.objects.get(email="accountant-of-access@example.jp")
    made = actions.issue_company_receipt(
        by=mori.by, actor=mori, line=found, addressee="株式会社ミナト", at=AT
    )
    return {"pk": made.pk}


def _accountant() -> Person:
    return somebody("accountant-of-access", "モリ", Role.ACCOUNTANT)
