"""What is misconfigured in an installation, and how to mend it. Looks; changes nothing."""

from __future__ import annotations

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from nintei.people import erasures
from nintei.site.keeping import signing
from nintei.site.keeping.finding import Finding, bad, good
from nintei.site.keeping.tools import ToolFailed, tool

ENOUGH_BYTES = 2 * 1024**3
PATIENCE_SECONDS = 5


def examine(at: datetime) -> list[Finding]:
    """Every look in turn, well or not; a look that cannot be had tells why."""
    found: list[Finding] = []
    for look in LOOKS:
        try:
            found += look(at)
        except DatabaseError as error:
            found.append(_no_database(error))
    return list(dict.fromkeys(found))


def _no_database(error: Exception) -> Finding:
    said = str(error).strip()
    mend = ("DATABASE_URL と PostgreSQL を確かめてください。", "Check DATABASE_URL and PostgreSQL.")
    return bad("database", (said, said), mend)


def _checks(at: datetime) -> Iterator[Finding]:
    """Our own system checks: settings that contradict each other."""
    for fault in run_checks(tags=["nintei"]):
        said, hint = str(fault.msg), str(fault.hint or "")
        yield bad(str(fault.id), (said, said), (hint, hint))


def _secret() -> str:
    """Django refuses to read a key that is not there."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def _secrets(at: datetime) -> Iterator[Finding]:
    if len(_secret()) < 32:
        yield bad(
            "secret_key",
            ("NINTEI_SECRET_KEY がないか、短すぎます。", "NINTEI_SECRET_KEY is missing or too short."),
            (
                "python -c 'import secrets; print(secrets.token_urlsafe(48))' で一度作り、保存してください。",
                "Make one once and keep it: python -c 'import secrets; print(secrets.token_urlsafe(48))'",
            ),
        )
    else:
        yield good("secret_key", "NINTEI_SECRET_KEY があります。", "NINTEI_SECRET_KEY is set.")


def _outside(at: datetime) -> Iterator[Finding]:
    """How the installation is seen from outside."""
    if settings.DEMO:
        yield bad(
            "demo",
            (
                "デモとして動いています。だれでもだれにでもなれます。",
                "It runs as a demo: anybody can become anyone.",
            ),
            ("本番では NINTEI_DEMO を外してください。", "Unset NINTEI_DEMO in production."),
        )
    address = urlsplit(settings.BASE_URL)
    if address.scheme != "https":
        yield bad(
            "base_url",
            (
                f"NINTEI_BASE_URL が https ではありません：{settings.BASE_URL}",
                f"NINTEI_BASE_URL is not https: {settings.BASE_URL}",
            ),
            (
                "TLSの前置きを立て、外から見た https のアドレスを書いてください。",
                "Put a proxy with TLS in front, and write the https address as seen from outside.",
            ),
        )
    if address.hostname not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        yield bad(
            "hosts",
            (f"NINTEI_HOSTS に {address.hostname} がありません。", f"NINTEI_HOSTS lacks {address.hostname}."),
            (
                f"NINTEI_HOSTS に {address.hostname} を加えてください。",
                f"Add {address.hostname} to NINTEI_HOSTS.",
            ),
        )
    else:
        yield good("hosts", f"{address.hostname} に答えます。", f"It answers to {address.hostname}.")


def _database(at: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('fsync')")
        version, fsync = cursor.fetchone()
    if version < 150000:
        yield bad(
            "database",
            (f"PostgreSQL {version}", f"PostgreSQL {version}"),
            ("15以上にしてください。", "Use 15 or newer."),
        )
    if fsync != "on":
        yield bad(
            "fsync",
            (
                "PostgreSQLの fsync が切れています。停電で記録を失います。",
                "PostgreSQL runs without fsync: a power cut loses records.",
            ),
            ("fsync = on にしてください。", "Set fsync = on."),
        )
    yield good(
        "database",
        f"PostgreSQL {version // 10000} につながります。",
        f"PostgreSQL {version // 10000} answers.",
    )
    yield from _migrations()


def _migrations() -> Iterator[Finding]:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield bad(
            "migrations",
            (
                f"表の形が古いままです（{len(missing)}件）。",
                f"The tables are of an earlier version ({len(missing)} steps).",
            ),
            ("nintei serve を始めると、新しくなります。", "Starting nintei serve brings them up to date."),
        )


def _worker(at: datetime) -> Iterator[Finding]:
    """Whether a worker has given a sign of life in the last minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_workers')")
        if cursor.fetchone()[0] is None:
            return
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > statement_timestamp() - interval '1 minute'"
        )
        alive = cursor.fetchone()[0]
    if alive:
        yield good("worker", "裏方の作業が動いています。", "The worker is at work.")
        return
    yield bad(
        "worker",
        (
            "裏方の作業が動いていません。メールも認定証も出ません。",
            "No worker is at work: no mail leaves, no certificate is printed.",
        ),
        ("nintei work を動かし続けてください。", "Keep nintei work running."),
    )


def _disk(at: datetime) -> Iterator[Finding]:
    var = Path(settings.VAR)
    if not os.access(var, os.W_OK):
        yield bad(
            "var",
            (f"{var} に書けません。", f"{var} cannot be written."),
            ("NINTEI_VAR の持ち主を直してください。", "Mend the owner of NINTEI_VAR."),
        )
        return
    free = shutil.disk_usage(var).free
    if free < ENOUGH_BYTES:
        yield bad(
            "disk",
            (f"空きが {free // 1024**2} MiB しかありません。", f"Only {free // 1024**2} MiB are free."),
            ("ディスクを空けてください。", "Make room on the disk."),
        )
    else:
        yield good("disk", f"空きは {free // 1024**3} GiB です。", f"{free // 1024**3} GiB are free.")


def _erased(at: datetime) -> Iterator[Finding]:
    """Whoever was erased and came back with an old backup."""
    if back := erasures.came_back().count():
        yield bad(
            "erased_came_back",
            (
                f"消去した{back}人が、古いバックアップから戻っています。",
                f"{back} erased people came back with a backup.",
            ),
            (
                "裏方の作業（nintei work）が、今夜もう一度消去します。",
                "The worker (nintei work) erases them again tonight.",
            ),
        )


def _mail(at: datetime) -> Iterator[Finding]:
    if settings.DEMO:
        return
    try:
        with (
            smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE_SECONDS)
            if not settings.EMAIL_USE_SSL
            else smtplib.SMTP_SSL(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE_SECONDS)
        ):
            yield good("mail", f"{settings.EMAIL_HOST} が答えます。", f"{settings.EMAIL_HOST} answers.")
    except OSError as error:
        yield bad(
            "mail",
            (
                f"メールサーバー {settings.EMAIL_HOST} が答えません：{error}",
                f"The mail server {settings.EMAIL_HOST} does not answer: {error}",
            ),
            ("NINTEI_SMTP を確かめてください。", "Check NINTEI_SMTP."),
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield bad(
            "mail_from",
            ("差出人が localhost です。", "Mails come from localhost."),
            ("NINTEI_MAIL_FROM を書いてください。", "Set NINTEI_MAIL_FROM."),
        )


def _time_stamps(at: datetime) -> Iterator[Finding]:
    """Where a time-stamp server is named, nothing is signed without it: that it answers, and what waits for it."""
    from nintei.certificates import stamping

    if not settings.TIME_STAMPS:
        return
    if fault := stamping.answers(settings.TIME_STAMPS):
        yield bad(
            "time_stamps",
            (
                f"時刻認証サーバーが答えません。認定証は待っています：{fault}",
                f"The time-stamp server does not answer; certificates wait for it: {fault}",
            ),
            (
                "NINTEI_TIME_STAMPS のサーバーを確かめてください。直ると、待っていた認定証は10分以内にできます。",
                "Check the server of NINTEI_TIME_STAMPS; once it answers, what waits is made within ten minutes.",
            ),
        )
    else:
        yield good("time_stamps", "時刻認証サーバーが答えます。", "The time-stamp server answers.")


def _tools(at: datetime) -> Iterator[Finding]:
    try:
        for name in ("pg_dump", "pg_restore"):
            tool(name)
    except ToolFailed as missing:
        yield bad("backup_tools", (str(missing), str(missing)), ("入れてください。", "Install it."))
    else:
        yield good("backup_tools", "バックアップの道具があります。", "The tools for a backup are there.")


LOOKS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    _checks, _secrets, _outside, _database, _worker, _disk, signing.key, signing.signatures, _time_stamps, _erased,
    _mail, _tools,
)  # fmt: skip
