"""Decided, printed, scanned from its picture, checked without a server, revoked: and still valid for last year."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import zxingcpp
from playwright.sync_api import Page, expect
from pypdfium2 import PdfDocument

from nintei.certificates import places
from nintei.registry import actions as registry
from nintei.registry.models import Certification
from nintei.shared import clock

from .test_first_light import work

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]


def scanned(pdf: Path) -> list[str]:
    """The QR codes on the page, read from its picture."""
    picture = PdfDocument(pdf)[0].render(scale=2).to_numpy()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def asked(file: Path | str, trust: Path, *more: str) -> tuple[int, str]:
    """`nintei verify` in a process of its own, which has no database to ask."""
    words = ["verify", str(file), "--trust", str(trust), "--lang", "en", *more]
    alone = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    script = "import sys; from nintei.site.cli import main; sys.exit(main(sys.argv[1:]))"
    found = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, env=alone, check=False
    )
    return found.returncode, found.stdout.split("\n", 1)[0]


def taken_away(page: Page, place: Path) -> Path:
    """The PDF, downloaded by its holder."""
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").first.click()
    download.value.save_as(place)
    return place


def handed_over(page: Page, site: str, pdf: Path) -> None:
    """The file dropped on the page."""
    page.goto(f"{site}/verify/file")
    page.locator("[type=file]").set_input_files(pdf)
    page.get_by_role("button", name="確かめる").click()
    expect(page.get_by_role("heading", name="この認定証は有効です")).to_be_visible()


def posted(page: Page, site: str, become: Become, axe: Look, shot: Shot) -> None:
    """Made by the worker, printed with its letter, and put into the post."""
    work()
    become(page, "ito")
    page.goto(f"{site}/office/certificates")
    row = page.locator("tbody tr", has_text="鈴木 美咲")
    row.locator("[name=paper]").check()
    page.get_by_role("button", name="印刷する").click()
    page.wait_for_url("**/prints/*")
    axe(page)
    shot(page, "printed")
    with page.expect_download() as download:
        page.get_by_role("link", name="手紙と認定証").click()
    assert len(PdfDocument(download.value.path())) == 2
    page.get_by_label("鈴木 美咲さんの追跡番号").fill("1234-5678")
    page.get_by_role("button", name="選んだものを発送したと記録する").click()
    page.get_by_role("link", name="発送済み").click()
    expect(row).to_contain_text("1234-5678")
    axe(page)
    shot(page, "posting")


def test_a_certificate_is_checked_by_its_picture_without_a_server_and_after_its_end(
    page: Page, site: str, become: Become, axe: Look, shot: Shot, tmp_path: Path
) -> None:
    today = clock.today().isoformat()
    posted(page, site, become, axe, shot)
    become(page, "suzuki")
    page.goto(f"{site}/my/certificates")
    axe(page)
    shot(page, "certificates")
    pdf = taken_away(page, tmp_path / "certificate.pdf")
    (address,) = scanned(pdf)

    page.context.clear_cookies()
    page.goto(address)
    answer = page.locator("[data-answer]")
    expect(answer).to_contain_text("この資格は有効です")
    expect(answer).to_contain_text("鈴木")
    axe(page)
    shot(page, "qr-valid")
    expect(page.locator("html[data-kept=yes]")).to_be_attached()
    trust = tmp_path / "trust.json"
    trust.write_bytes((places.lists_folder() / "trust.json").read_bytes())

    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(address)
    expect(answer).to_contain_text("この資格は有効です")
    page.context.set_offline(False)
    assert asked(pdf, trust, "--on", today) == (0, f"VALID  {today}")
    assert asked(address, trust, "--on", today) == (0, f"VALID  {today}")

    handed_over(page, site, pdf)
    axe(page)
    shot(page, "file-valid")

    certification = Certification.objects.get(person__email="suzuki@example.jp")
    registry.revoke(
        by="person:kato", certification=certification, on=clock.today(), cause="case:1", at=clock.now()
    )
    work()
    page.goto("about:blank")
    page.goto(address)
    expect(answer).to_contain_text("取り消されました")
    shot(page, "qr-revoked")
    page.goto(f"{site}/verify/{certification.number}?id={certification.verify_id}")
    expect(page.locator("main")).to_contain_text("取り消されました")
    newest = places.lists_folder() / "trust.json"
    assert asked(pdf, newest, "--on", today) == (1, f"NOT VALID  {today}")
    last_year = date(2025, 11, 24).isoformat()
    assert asked(pdf, newest, "--on", last_year) == (0, f"VALID  {last_year}")
