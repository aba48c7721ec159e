"""`scripts/browser.sh`, on a machine where only what a test puts there is there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "browser.sh"
NEEDS = ("sh", "grep")


class Machine:
    """A PATH of its own: fake programs that write down what they are asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder / "bin", folder / "log"
        self.folder.mkdir()
        self.log.touch()
        for name in NEEDS:
            found = shutil.which(name)
            assert found
            (self.folder / name).symlink_to(found)

    def has(self, name: str, does: str = "") -> Machine:
        program = self.folder / name
        program.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        program.chmod(0o755)
        return self

    def run_by(self, user: int) -> str:
        self.has("id", f"echo {user}")
        command = [self.folder / "sh", SCRIPT]
        done = subprocess.run(
            command, env={"PATH": str(self.folder)}, capture_output=True, text=True, check=True
        )
        return done.stdout

    def asked_apt(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def with_apt(machine: Machine, fails: str = "") -> Machine:
    return machine.has("apt-get", f'echo "$*" >> "{machine.log}"\n{fails}')


FONT = 'echo "NotoSansCJK.ttc: Noto Sans CJK JP"'


def test_nothing_is_said_or_done_where_nothing_is_missing(machine: Machine) -> None:
    with_apt(machine).has("chromium-headless-shell").has("fc-list", FONT)
    assert (machine.run_by(0), machine.asked_apt()) == ("", [])


def test_root_gets_the_font_alone_where_the_shell_is_there(machine: Machine) -> None:
    with_apt(machine).has("chromium-headless-shell")
    assert machine.run_by(0) == "apt-get install fonts-noto-cjk fontconfig\n"
    assert machine.asked_apt() == [
        "update -qq", "install -qq -y --no-install-recommends fonts-noto-cjk fontconfig",
    ]  # fmt: skip


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome"])
def test_a_whole_browser_will_do_where_the_shell_cannot_be_had(machine: Machine, browser: str) -> None:
    with_apt(machine, '[ "$1" != install ]').has(browser).has("fc-list", FONT)
    assert machine.run_by(1000) == ""
    assert machine.run_by(0) == (
        "apt-get install chromium-headless-shell fontconfig\n"
        f"apt-get could not install chromium-headless-shell; the tests drive {browser}.\n"
    )


def test_root_gets_the_whole_browser_where_debian_has_no_shell(machine: Machine) -> None:
    with_apt(machine, 'case "$*" in *headless*) exit 1 ;; esac').has("fc-list", FONT)
    assert machine.run_by(0) == "apt-get install chromium-headless-shell fontconfig\n"
    assert machine.asked_apt()[-1] == "install -qq -y --no-install-recommends chromium fontconfig"


def test_root_gets_both_even_where_one_source_of_apt_is_down(machine: Machine) -> None:
    with_apt(machine, '[ "$1" != update ]')
    assert machine.run_by(0) == (
        "apt-get install chromium-headless-shell fonts-noto-cjk fontconfig\n"
        "apt-get update did not reach every source; trying with what is known.\n"
    )
    assert machine.asked_apt()[1].endswith(" chromium-headless-shell fonts-noto-cjk fontconfig")


def test_an_apt_that_fails_names_what_is_missing_and_stops_nothing(machine: Machine) -> None:
    with_apt(machine, '[ "$1" != install ]').has("fc-list", FONT)
    assert machine.run_by(0).endswith(
        "apt-get could not install chromium-headless-shell; the browser's tests are skipped by name.\n"
    )


def test_an_ordinary_user_is_told_the_command_and_nothing_is_installed(machine: Machine) -> None:
    with_apt(machine).has("fc-list", FONT)
    assert machine.run_by(1000) == (
        "Missing: chromium-headless-shell. Without, the browser's tests are skipped by name; "
        "'sudo apt-get install chromium-headless-shell fontconfig' would mend it.\n"
    )
    assert machine.asked_apt() == []


def test_root_without_apt_is_told_as_well(machine: Machine) -> None:
    assert machine.has("chromium").run_by(0) == (
        "Missing: fonts-noto-cjk. Without, the browser shows Japanese only in the fonts that come with the pages; "
        "'sudo apt-get install fonts-noto-cjk fontconfig' would mend it.\n"
    )
