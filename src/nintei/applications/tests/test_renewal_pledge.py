"""A rulebook may ask for a pledge with a renewal (AMB-A9): then the page shows its text, and nothing goes without."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from nintei.applications import actions, queries
from nintei.applications.models import Application
from nintei.applications.tests.conftest import at
from nintei.applications.tests.renewing import IN_WINDOW, certified, thirty
from nintei.applications.tests.test_renewal_doors import browser, post, words
from nintei.people.models import Person
from nintei.rules.load import SHELF

ASKED = """
[settings.renewal_asks]
value = "pledge"
source = "manual-2019-10"
clause = "MAN-ア.3"
quote = "協会にて認定審査を行うことにより、当該資格者として「認定」（プロフェッショナル資格者の認定）されます。"
"""


@pytest.fixture
def asking(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our rulebook with one more setting, as an association would add it in its next edition."""
    own = tmp_path / "conken"
    shutil.copytree(SHELF / "conken", own)
    with (own / "manual-2019-10.toml").open("a") as manual:
        manual.write(ASKED)
    settings.DEMO, settings.RULEBOOK = True, str(own)
    monkeypatch.setenv("NINTEI_TODAY", IN_WINDOW.isoformat())


def test_a_renewal_goes_with_its_pledge_and_not_without(asking: None, sato: Person) -> None:
    omp = certified(sato)
    thirty(sato)
    told = {"certification": str(omp.pk)}

    # While the association has set no text nobody can sign, and nothing is filed.
    page = words(browser(sato).get("/my/renew"))
    assert "宣誓の本文を、協会がまだ定めていません。" in page
    post(sato, "/my/renew", key="a", **told)
    assert Application.objects.count() == 0

    actions.publish_pledge_text(
        by="system", version="2026-1", ja="倫理綱領を守ることを誓います。", en="I pledge to keep the code.",
        is_sample=False, from_on=IN_WINDOW, at=at(IN_WINDOW),
    )  # fmt: skip
    assert "倫理綱領を守ることを誓います。" in words(browser(sato).get("/my/renew"))
    assert "I pledge to keep the code." in words(browser(sato).get("/en/my/renew"))
    unsigned = words(post(sato, "/my/renew", key="b", **told))
    assert "宣誓" in unsigned
    assert Application.objects.count() == 0

    signed = told | {"text_version": "2026-1", "agreed": "on", "signed_name": sato.name}
    other = words(post(sato, "/my/renew", key="c", **(signed | {"signed_name": "別の人"})))
    assert ("更新を申請しました" in other, Application.objects.count()) == (False, 0)
    assert "更新を申請しました" in words(post(sato, "/my/renew", key="d", **signed))
    row = Application.objects.get()
    kept = queries.pledge_of(row)
    assert kept is not None
    assert (kept.text.version, kept.signed_name) == ("2026-1", sato.name)
    assert {part.code: part.met for part in queries.verdict(row, IN_WINDOW).parts}["pledge"] is True


def test_one_signature_goes_with_both_renewals(asking: None, sato: Person) -> None:
    both = [certified(sato), certified(sato, "CAP", "2023000418")]
    actions.publish_pledge_text(
        by="system", version="2026-1", ja="倫理綱領を守ることを誓います。", en="I pledge.", is_sample=False,
        from_on=IN_WINDOW, at=at(IN_WINDOW),
    )  # fmt: skip
    told: dict[str, Any] = {"certification": [str(each.pk) for each in both]}
    assert "倫理綱領を守ることを誓います。" in words(browser(sato).get("/my/renew"))
    post(sato, "/my/renew", key="e", **told)
    assert Application.objects.count() == 0
    signed = told | {"text_version": "2026-1", "agreed": "on", "signed_name": sato.name}
    assert "まとめて更新を申請しました" in words(post(sato, "/my/renew", key="f", **signed))
    assert [queries.pledge_of(row) is not None for row in Application.objects.all()] == [True, True]
