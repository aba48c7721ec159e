"""Suzuki renews in January: what is missing, file, amend, take back, file again; two people renew in bulk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from playwright.sync_api import Page, expect

from nintei.ledger import actions
from nintei.ledger.drafts import Draft
from nintei.people.queries import person_by_email
from nintei.shared.clock import JST

JANUARY = date(2027, 1, 12)
# With the 21.5 points of the demo: exactly what the plan of the page says still fits into this year.
MORE = (("D", "社内研修の講師", 300), ("B", "品質管理の研修", 180), ("C", "統計の本を読む", 60))


def log_more() -> None:
    suzuki = person_by_email("suzuki@example.jp")
    assert suzuki is not None
    at = datetime.combine(JANUARY, time(20), JST)
    for n, (code, title, minutes) in enumerate(MORE):
        draft = Draft(code, title, ((date(2027, 1, 6 + n), minutes),), topic="4", proof="certificate")
        actions.log_activity(by=suzuki.by, person=suzuki, draft=draft, at=at)


Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]


def files_amends_and_files_again(page: Page, site: str, shot: Shot) -> None:
    """Suzuki sees what is missing, files, adds to the log, amends, takes it back, and files once more."""
    page.goto(f"{site}/my/renew")
    expect(page.get_by_text("あと8.5ポイント足りません。")).to_be_visible()
    shot(page, "renew-missing")
    page.get_by_role("button", name="更新を申請する").click()
    expect(page.locator("dd", has_text="21.5 / 30.0")).to_be_visible()

    log_more()
    page.reload()
    expect(page.get_by_role("heading", name="申請のあとに記録が変わりました")).to_be_visible()
    shot(page, "renew-amend")
    page.get_by_role("button", name="いまの記録で申請し直す").click()
    expect(page.locator("dd", has_text="30.5 / 30.0")).to_be_visible()

    page.get_by_role("link", name="更新の申請を取り下げる").click()
    expect(page.get_by_text("取り下げたままにすると、資格は失効します")).to_be_visible()
    shot(page, "renew-withdraw")
    page.get_by_role("button", name="取り下げる").click()
    expect(page.get_by_text("ポイント 30.5 / 30")).to_be_visible()
    shot(page, "renew-ready")
    page.get_by_role("button", name="更新を申請する").click()
    expect(page.locator("dd", has_text="30.5 / 30.0")).to_be_visible()


def two_people_renew(page: Page, site: str, shot: Shot, become: Become) -> None:
    """Ito puts forward what is ready, Kato decides."""
    become(page, "ito")
    page.goto(f"{site}/office/renewals")
    expect(page.get_by_role("heading", name="すべての基準を満たすもの 1件")).to_be_visible()
    shot(page, "renewals-ready")
    page.get_by_role("button", name="しるしを付けた更新を決定へ進める").click()
    expect(page.get_by_text("別の人の決定を待っています")).to_be_visible()
    become(page, "kato")
    page.goto(f"{site}/office/renewals")
    shot(page, "renewals-second")
    page.get_by_role("button", name="しるしを付けた更新を決定する").click()
    expect(page.get_by_text("1件を更新し、0件を外しました")).to_be_visible()
    shot(page, "renewals-done")


def test_a_holder_renews_in_january_and_two_people_decide(
    page: Page,
    site: str,
    axe: Callable[[Page], None],
    shot: Shot,
    become: Become,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NINTEI_TODAY", JANUARY.isoformat())
    page.set_viewport_size({"width": 390, "height": 900})
    become(page, "suzuki")
    files_amends_and_files_again(page, site, shot)
    two_people_renew(page, site, shot, become)
    office = ("/office/renewals", "/office/renewals/forecast")
    for path in [f"{way}{each}" for each in office for way in ("", "/en")]:
        page.goto(f"{site}{path}")
        axe(page)
    shot(page, "renewals-forecast")

    become(page, "suzuki")
    for path in ("/en/my/renew", "/my/renew"):
        page.goto(f"{site}{path}")
        axe(page)
        shot(page, f"renewed{path.replace('/', '-')}")
    until = "次の有効期間は2027年4月1日（木）から2030年3月31日（日）までです。"
    expect(page.get_by_text(until)).to_be_visible()
