"""The manuals say what is there: every setting and command, every page by its address, every button by its words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from nintei.rules.edition import Text
from nintei.shared.refusals import SENTENCES
from nintei.site.cli import COMMANDS
from scripts import words

ROOT = Path(__file__).resolve().parent.parent
MANUALS = ROOT / "docs/manual"
LANGUAGES = ("ja", "en")
PAGES = sorted(path.relative_to(MANUALS / "ja") for path in (MANUALS / "ja").rglob("*.md"))
READ = re.compile(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*["'](NINTEI_\w+|DATABASE_URL)["']""")
SETTING = re.compile(r"^\| `(NINTEI_\w+|DATABASE_URL)`", re.MULTILINE)
COMMAND = re.compile(r"`nintei (\w+)")
ADDRESS = re.compile(r"`(?:http://localhost:8000)?(/[a-z][^`\s]*)`")
QUOTED = {"ja": re.compile(r"「([^」]+)」"), "en": re.compile(r"“([^”]+)”")}
LONGEST = 120  # lines: two printed pages


def manual(language: str, sheet: Path | str) -> str:
    return (MANUALS / language / sheet).read_text("utf-8")


@cache
def settings_read() -> set[str]:
    """Every setting that the program asks the environment for."""
    sources = [path for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts]
    return {name for path in sources for name in READ.findall(path.read_text("utf-8"))}


@cache
def words_shown(language: str) -> set[str]:
    """Every word of the pages in a language, and the kernel's and refusals' sentences."""
    shown: set[str] = set()
    for room in words.rooms([]):
        for po in room.glob("locale/en/LC_MESSAGES/django.po"):
            for message, english in words.read_po(po).items():
                shown |= {message[0]} if language == "ja" else set(english)
    texts: list[Text] = list(SENTENCES.values())
    return shown | {text.ja if language == "ja" else text.en for text in texts}


def answered(address: str) -> bool:
    """Whether a page answers there; what stands for a number is filled in, and a trailing … is any address."""
    path = re.sub(r"<[^>]+>", "00000000-0000-4000-8000-000000000000", address).replace("…", "x")
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_in_the_operators_manual_and_no_other(language):
    assert set(SETTING.findall(manual(language, "operator.md"))) == settings_read()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_in_the_operators_manual_and_no_other(language):
    assert set(COMMAND.findall(manual(language, "operator.md"))) == set(COMMANDS)


def test_settings_are_found_where_the_program_reads_them():
    """The control: the three ways in which our code reads one."""
    ways = 'os.environ.get("NINTEI_A", "")\nos.environ["NINTEI_B"]\nos.environ.setdefault(\n    "DATABASE_URL", "x")'
    assert READ.findall(ways) == ["NINTEI_A", "NINTEI_B", "DATABASE_URL"]
    assert {"NINTEI_SECRET_KEY", "DATABASE_URL"} < settings_read()


def test_both_languages_have_the_same_manuals():
    assert sorted(path.relative_to(MANUALS / "en") for path in (MANUALS / "en").rglob("*.md")) == PAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", PAGES, ids=str)
def test_a_manual_keeps_to_two_pages(language, sheet):
    assert len(manual(language, sheet).splitlines()) <= LONGEST


@pytest.mark.parametrize("sheet", PAGES, ids=str)
def test_both_languages_have_the_same_chapters(sheet):
    chapters = [re.findall(r"^#+ ", manual(language, sheet), re.MULTILINE) for language in LANGUAGES]
    assert chapters[0] == chapters[1]


PAPERS = [*(f"docs/manual/{language}/{page}" for language in LANGUAGES for page in PAGES), "README.md"]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_address_that_is_named_answers(paper):
    named = set(ADDRESS.findall((ROOT / paper).read_text("utf-8")))
    assert [address for address in sorted(named) if not answered(address)] == []


def test_an_address_that_does_not_exist_is_found_out():
    assert (answered("/my/cpd"), answered("/attest/…"), answered("/my/nothing")) == (True, True, False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", ["applicant.md", "holder.md", "attestor.md", "provider.md", "office.md"])
def test_what_is_quoted_stands_on_a_page(language, sheet):
    quoted = QUOTED[language].findall(manual(language, sheet))
    assert [said for said in quoted if said not in words_shown(language)] == []
    assert quoted
