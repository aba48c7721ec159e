"""Windows of illness, childbirth or disaster: dated, with a reason, listed, only ended; nothing is invented."""

from __future__ import annotations

import html
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from nintei.ledger import actions, queries
from nintei.ledger.models import Relief
from nintei.ledger.tests.conftest import TODAY, at, rulebook_with_relief
from nintei.notices.models import Letter
from nintei.people.models import Person, Role, RoleGrant
from nintei.registry.models import Certification
from nintei.shared.refusals import Refused

ONCE = {"once": "x" * 20}
SAID = {
    "kind": "illness", "reason": "診断書を見た", "from_on_year": "2026", "from_on_month": "6", "from_on_day": "1",
    "until_on_year": "2026", "until_on_month": "8", "until_on_day": "31",
}  # fmt: skip


def words(response: Any) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


@pytest.fixture
def ito(db: None, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("NINTEI_TODAY", TODAY.isoformat())
    person = Person.objects.create_user("ito@example.jp", name="伊藤 蓮")
    RoleGrant.objects.create(person=person, role=Role.REVIEWER, from_on=date(2026, 4, 1))
    client = Client()
    client.force_login(person)
    return client


def test_the_office_takes_a_window_down_and_back_with_reasons(
    ito: Client, log: Person, omp: Certification
) -> None:
    before = queries.balance(omp, TODAY).total
    assert ito.post("/office/windows", {**ONCE, **SAID, "number": "nobody"}).status_code == 422
    assert ito.post("/office/windows", {**ONCE, **SAID, "number": omp.number}).status_code == 302
    shown = words(ito.get("/office/windows"))
    for said in ("鈴木 美咲", "2026年6月1日（月） – 2026年8月31日（月）", "診断書を見た", "扱いは未設定です"):
        assert said in shown
    assert queries.balance(omp, TODAY).total == before
    holder = Client()
    holder.force_login(log)
    assert "病気・けが 2026年6月1日（月） – 2026年8月31日（月）" in words(holder.get("/my/cpd"))
    row = Relief.objects.get()
    ito.post(f"/office/windows/{row.pk}/end", {**ONCE, "reason": ""})
    row.refresh_from_db()
    assert row.ended_at is None
    ito.post(f"/office/windows/{row.pk}/end", {"once": "y" * 20, "reason": "別の人だった"})
    assert "別の人だった" in words(ito.get("/office/windows"))
    page = words(holder.get("/my/cpd"))
    assert "病気・けが" not in page
    assert re.search("2026年6月1日（月） – 2026年8月31日（月） [^ ]+に協会が取り消しました", page)


def told_by_letter(person: Person) -> dict[str, str]:
    """What a holder was told of windows, without a word that a stranger who reads the mail should not see."""
    found = Letter.objects.filter(to_person=person, template__contains="relief")
    told = dict(found.values_list("subject", "body"))
    assert len(told) == found.count()
    assert re.findall("病気|けが|出産|育児|災害|診断書|手術|別の人|illness|birth|disaster", f"{told}") == []
    return told


def test_the_holder_is_told_of_a_window_and_what_it_changes_but_never_what_happened(
    ito: Client, log: Person, omp: Certification, settings: Any, tmp_path: Path
) -> None:
    row = actions.grant_relief(
        by="x", person=log, kind="disaster", from_on=date(2026, 1, 5), until_on=date(2026, 2, 20),
        reason="手術を受けた", at=at(),
    )  # fmt: skip
    Person.objects.filter(pk=log.pk).update(language="en")
    settings.RULEBOOK = rulebook_with_relief(tmp_path)
    for key in "ab":
        ito.post("/office/windows", {"once": key * 20, **SAID, "number": omp.number})
    second = Relief.objects.exclude(pk=row.pk).get()
    for _ in range(2):
        ito.post(f"/office/windows/{second.pk}/end", {"once": "c" * 20, "reason": "別の人だった"})
    told = told_by_letter(log)
    assert len(told) == 3
    unset = told["届け出のあった期間を、協会が書き留めました"]
    less = told["The association has noted the period you reported"]
    more = told["The association has withdrawn the period you reported"]
    assert "2026年1月5日（月） – 2026年2月20日（金）" in unset
    assert "まだ決めていません。ポイントも期限も、いまは変わりません。" in unset
    assert "The points needed to renew OMP went from 29.5 to 28." in less
    assert "The points needed to renew OMP went from 28 to 29.5." in more
    assert less.endswith("/en/my/cpd")


def test_the_same_window_is_one_and_a_false_one_is_refused(log: Person) -> None:
    days = {"from_on": date(2026, 6, 1), "until_on": date(2026, 6, 30)}
    first, again = (
        actions.grant_relief(by="x", person=log, kind="disaster", reason="地震", at=at(), **days)
        for _ in range(2)
    )
    assert first == again
    with pytest.raises(Refused) as refused:
        actions.grant_relief(
            by="x",
            person=log,
            kind="disaster",
            reason="地震",
            at=at(),
            from_on=days["until_on"],
            until_on=days["from_on"],
        )
    assert refused.value.code == "ledger.relief_ends_first"


def test_a_window_recomputes_what_is_needed_where_the_rulebook_says_so(
    ito: Client, log: Person, omp: Certification, settings: Any, tmp_path: Path
) -> None:
    settings.RULEBOOK = rulebook_with_relief(tmp_path)
    before = queries.balance(omp, TODAY)
    ito.post("/office/windows", {**ONCE, **SAID, "number": omp.number})
    after = queries.balance(omp, TODAY)
    assert (before.required, after.required, after.total) == (30, Fraction("28.5"), before.total)
    assert queries.balances([(omp, omp.terms.get())], TODAY)[omp.pk].required == after.required
    assert "更新に必要なポイントが0.5少なくなります" in words(ito.get("/office/windows"))
    holder = Client()
    holder.force_login(log)
    said = "病気・出産・災害の期間が3か月あるので、必要なポイントは30から28.5になります。"
    for page in ("/my", "/my/cpd", "/my/renew"):
        assert said in words(holder.get(page))
    in_english = (
        "You have 3 months of illness, childbirth or disaster, so 28.5 points are needed instead of 30."
    )
    assert in_english in words(holder.get("/en/my"))
    # What a renewal froze stays as it was filed; what is filed after the window was taken back needs all points.
    frozen = actions.freeze_claim(
        by="x", certification=omp, term=omp.terms.get(), on=date(2027, 1, 12), at=at(date(2027, 1, 12))
    )
    actions.end_relief(by="x", relief=Relief.objects.get(), reason="別の人だった", at=at())
    assert frozen.balance["relief"] == ["illness 2026-06-01/2026-08-31"]
    assert queries.balance(omp, date(2027, 1, 13)).required == Fraction("28.5")
    assert queries.struck_from(frozen, ()).after.required == Fraction("28.5")
    assert queries.freeze(omp, date(2027, 1, 13))["balance"]["required"] == "30.0"
