"""The house stands as docs/house.md draws it, and each guard is awake: planted offences are found."""

from __future__ import annotations

import gettext
import hashlib
import io
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from scripts import docs, words
from tests import guards

ROOT = Path(__file__).resolve().parent.parent

PLAN = """
[[tool.importlinter.contracts]]
type = "layers"
layers = ["site", "payments", "people", "shared", "rules"]
"""
ROOM = '"""What the association does in this room, in one sentence."""\n'
GLOSSARY = '[[word]]\ncode = ["payments", "people", "rules", "Fee"]\n'


def planted(folder: Path, path: str, text: str) -> Path:
    """A small repository in order, and one file of it that is not."""
    files = {
        "pyproject.toml": PLAN,
        "docs/glossary.toml": GLOSSARY,
        **{f"src/nintei/{room}/__init__.py": ROOM for room in ("payments", "people", "rules")},
        path: text,
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


GUARDS = [
    guards.doorsteps,
    guards.rooms_that_sign,
    guards.upstairs_keys,
    guards.doors_that_reach_in,
    guards.queries_that_write,
    guards.actions_without_an_actor,
    guards.other_clocks,
    guards.too_long,
    guards.names_that_say_nothing,
    guards.rooms_without_a_word,
    guards.refusals_without_a_sentence,
    guards.words_outside_the_glossary,
    guards.machine_words,
    guards.impure_kernel,
]

OFFENCES = {
    "doorsteps": ("src/nintei/payments/office.py", "from nintei.people.portal import home\n"),
    "rooms_that_sign": (
        "src/nintei/payments/tasks.py",
        "from nintei.journal import actions as journal\n\njournal.checkpoint(at=at)\n",
    ),
    "upstairs_keys": (
        "src/nintei/people/models.py",
        'class Fee(M):\n    fee = models.ForeignKey("payments.Fee", on_delete=models.PROTECT)\n',
    ),
    "doors_that_reach_in": ("src/nintei/payments/office.py", "fees = Fee.objects.all()\n"),
    "queries_that_write": ("src/nintei/payments/queries.py", "def fee():\n    return Fee.objects.create()\n"),
    "actions_without_an_actor": ("src/nintei/payments/actions.py", "def settle(*, fee): ...\n"),
    "other_clocks": ("src/nintei/payments/models.py", "at = DateTimeField(auto_now_add=True)\n"),
    "too_long": ("src/nintei/payments/long.py", "def f():\n" + "    pass\n" * 50),
    "names_that_say_nothing": ("src/nintei/payments/utils.py", "\n"),
    "refusals_without_a_sentence": (
        "src/nintei/payments/actions.py",
        'def settle(*, by):\n    raise Refused("payments.short", missing=1)\n',
    ),
    "rooms_without_a_word": ("src/nintei/payments/__init__.py", '"""Payments."""\n'),
    "words_outside_the_glossary": (
        "src/nintei/payments/models.py",
        'class Fee(TextChoices):\n    INVOICE = "invoice", _("請求書")\n',
    ),
    "machine_words": ("README.md", "pip install --index" + "-url https://example.org\n"),
    "impure_kernel": ("src/nintei/rules/points.py", "from django.db import models\n"),
}


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_house_keeps_its_rules(guard):
    assert guard(ROOT) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_guard_finds_a_planted_offence_and_nothing_else(guard, tmp_path):
    path, text = OFFENCES[guard.__name__]
    in_order = planted(tmp_path / "in order", "README.md", "Nothing to see.\n")
    assert guard(in_order) == []
    found = guard(planted(tmp_path / "planted", path, text))
    assert [offence.partition(":")[0] for offence in found] == [path]


@pytest.mark.parametrize(
    "offence",
    [
        "from datetime import datetime\nnow = datetime.now()\n",
        "import datetime as d\nnow = d.datetime.now(d.UTC)\n",
        "from datetime import date\ntoday = date.today()\n",
        "from django.utils import timezone\nnow = timezone.now()\n",
        "from django.db.models.functions import Now\n",
        "import time\nnow = time.time()\n",
    ],
)
def test_the_linter_bans_every_clock_but_one(offence):
    """The control of ruff's setting; the rooms themselves are linted by `make lint`."""

    def ruff(name: str) -> int:
        command = ["ruff", "check", "--select", "TID251", "--stdin-filename", name, "-"]
        return subprocess.run(
            [str(ROOT / ".venv/bin" / command[0]), *command[1:]],
            cwd=ROOT, input=offence, text=True, capture_output=True, check=False,
        ).returncode  # fmt: skip

    assert (ruff("src/nintei/payments/actions.py"), ruff("src/nintei/shared/clock.py")) == (1, 0)


def test_every_change_of_a_model_has_its_migration():
    """As `makemigrations --check`, without a database."""
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}
    with translation.override(None):
        written = ProjectState.from_apps(apps)
        detector = MigrationAutodetector(loader.project_state(), written)
        assert detector.changes(graph=loader.graph) == {}


VENDORED = sorted((ROOT / "src").rglob("MANIFEST.toml"))


@pytest.mark.parametrize("manifest", VENDORED, ids=lambda path: path.parent.name)
def test_a_vendored_file_is_what_its_manifest_says(manifest):
    entries = tomllib.loads(manifest.read_text("utf-8"))["file"]
    folder = manifest.parent
    for entry in entries:
        assert hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry[
            "file"
        ]
        assert entry["licence"] in {"MIT", "0BSD", "BSD-3-Clause", "OFL-1.1", "1EdTech"}
    listed = {entry["file"] for entry in entries} | {entry["licence_file"] for entry in entries}
    assert {path.name for path in folder.iterdir()} == listed | {"MANIFEST.toml"}


def test_every_folder_of_vendored_files_has_a_manifest():
    assert {path.parent.name for path in VENDORED} == {"vendor", "fonts", "contexts"}


@pytest.mark.parametrize("name", docs.MADE)
def test_a_made_document_is_fresh(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == docs.made(name), "run `make docs`"


@pytest.mark.parametrize("room", words.every_room(), ids=lambda room: room.name)
def test_every_word_of_a_room_has_its_english(room):
    assert words.faults(room) == []


def test_a_word_has_one_english_in_all_rooms():
    assert words.two_voices(words.every_room()) == []


ORDER = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("保存する"); ngettext("%(n)d件", "%(n)d件 ", 3); pgettext("ボタン", "閉じる")
"""
PAGE = """{% load i18n %}{% translate "活動" %}{% blocktranslate trimmed %}
  残り {{ days }} 日
{% endblocktranslate %}{{ x|default:_("なし") }}"""
SAID = {
    words.Message("保存する"): ("Save",),
    words.Message("%(n)d件", "%(n)d件 "): ("%(n)d item", "%(n)d items"),
    words.Message("閉じる", context="ボタン"): ('Close "it"\n',),
    words.Message("活動"): ("Activity",),
    words.Message("残り %(days)s 日"): ("%(days)s days left",),
    words.Message("なし"): ("none",),
}


def test_the_words_of_python_and_templates_are_found_kept_and_compiled(tmp_path):
    """The control of the test above, read back by Python's own gettext."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "order.py").write_text(ORDER, "utf-8")
    (tmp_path / "templates/page.html").write_text(PAGE, "utf-8")
    places = words.messages(tmp_path)
    assert set(places) == set(SAID)

    po = tmp_path / "django.po"
    po.write_text(words.written(places, SAID), "utf-8")
    assert words.read_po(po) == SAID

    catalogue = gettext.GNUTranslations(io.BytesIO(words.compiled(SAID)))
    assert catalogue.gettext("残り %(days)s 日") == "%(days)s days left"
    assert catalogue.ngettext("%(n)d件", "%(n)d件 ", 3) == "%(n)d items"
    assert catalogue.pgettext("ボタン", "閉じる") == 'Close "it"\n'
