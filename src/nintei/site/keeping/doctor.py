"""What is misconfigured in an installation, and how to mend it. Looks; changes nothing."""

from __future__ import annotations

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from nintei.journal import keys, notes, queries, signer
from nintei.rules.edition import Text
from nintei.site.keeping.tools import ToolFailed, tool

LATE = timedelta(hours=3)
ENOUGH_BYTES = 2 * 1024**3
PATIENCE_SECONDS = 5
EXAMPLE = "nintei.example.jp/journal"


class Finding(NamedTuple):
    """One look: `code` is stable; `mend` says what to do, and is None where all is well."""

    code: str
    seen: Text
    mend: Text | None = None


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
    return _bad("database", (said, said), mend)


def _good(code: str, ja: str, en: str) -> Finding:
    return Finding(code, Text(ja, en))


def _bad(code: str, seen: tuple[str, str], mend: tuple[str, str]) -> Finding:
    return Finding(code, Text(*seen), Text(*mend))


def _checks(at: datetime) -> Iterator[Finding]:
    """Our own system checks: settings that contradict each other."""
    for fault in run_checks(tags=["nintei"]):
        said, hint = str(fault.msg), str(fault.hint or "")
        yield _bad(str(fault.id), (said, said), (hint, hint))


def _secret() -> str:
    """Django refuses to read a key that is not there."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def _secrets(at: datetime) -> Iterator[Finding]:
    if len(_secret()) < 32:
        yield _bad(
            "secret_key",
            ("NINTEI_SECRET_KEY がないか、短すぎます。", "NINTEI_SECRET_KEY is missing or too short."),
            (
                "python -c 'import secrets; print(secrets.token_urlsafe(48))' で一度作り、保存してください。",
                "Make one once and keep it: python -c 'import secrets; print(secrets.token_urlsafe(48))'",
            ),
        )
    else:
        yield _good("secret_key", "NINTEI_SECRET_KEY があります。", "NINTEI_SECRET_KEY is set.")


def _outside(at: datetime) -> Iterator[Finding]:
    """How the installation is seen from outside."""
    if settings.DEMO:
        yield _bad(
            "demo",
            (
                "デモとして動いています。だれでもだれにでもなれます。",
                "It runs as a demo: anybody can become anyone.",
            ),
            ("本番では NINTEI_DEMO を外してください。", "Unset NINTEI_DEMO in production."),
        )
    address = urlsplit(settings.BASE_URL)
    if address.scheme != "https":
        yield _bad(
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
        yield _bad(
            "hosts",
            (f"NINTEI_HOSTS に {address.hostname} がありません。", f"NINTEI_HOSTS lacks {address.hostname}."),
            (
                f"NINTEI_HOSTS に {address.hostname} を加えてください。",
                f"Add {address.hostname} to NINTEI_HOSTS.",
            ),
        )
    else:
        yield _good("hosts", f"{address.hostname} に答えます。", f"It answers to {address.hostname}.")


def _database(at: datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('fsync')")
        version, fsync = cursor.fetchone()
    if version < 150000:
        yield _bad(
            "database",
            (f"PostgreSQL {version}", f"PostgreSQL {version}"),
            ("15以上にしてください。", "Use 15 or newer."),
        )
    if fsync != "on":
        yield _bad(
            "fsync",
            (
                "PostgreSQLの fsync が切れています。停電で記録を失います。",
                "PostgreSQL runs without fsync: a power cut loses records.",
            ),
            ("fsync = on にしてください。", "Set fsync = on."),
        )
    yield _good(
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
        yield _bad(
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
        yield _good("worker", "裏方の作業が動いています。", "The worker is at work.")
        return
    yield _bad(
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
        yield _bad(
            "var",
            (f"{var} に書けません。", f"{var} cannot be written."),
            ("NINTEI_VAR の持ち主を直してください。", "Mend the owner of NINTEI_VAR."),
        )
        return
    free = shutil.disk_usage(var).free
    if free < ENOUGH_BYTES:
        yield _bad(
            "disk",
            (f"空きが {free // 1024**2} MiB しかありません。", f"Only {free // 1024**2} MiB are free."),
            ("ディスクを空けてください。", "Make room on the disk."),
        )
    else:
        yield _good("disk", f"空きは {free // 1024**3} GiB です。", f"{free // 1024**3} GiB are free.")


def _key(at: datetime) -> Iterator[Finding]:
    key = keys.key_file()
    if not key.exists():
        if queries.checkpoints(1):
            yield _bad(
                "journal_key",
                ("記録簿の署名の鍵がありません。", "The journal's signing key is gone."),
                (f"バックアップから {key} を戻してください。", f"Bring {key} back from a backup."),
            )
    elif key.stat().st_mode & 0o077:
        yield _bad(
            "journal_key",
            (f"{key} をほかの人が読めます。", f"Others can read {key}."),
            (f"chmod 600 {key}", f"chmod 600 {key}"),
        )
    if settings.JOURNAL_ORIGIN == EXAMPLE:
        yield _bad(
            "journal_origin",
            ("記録簿の名前が見本のままです。", "The journal still bears the example's name."),
            (
                "最初の署名の前に NINTEI_JOURNAL_ORIGIN を決めてください。",
                "Choose NINTEI_JOURNAL_ORIGIN before the first signature.",
            ),
        )


def _signatures(at: datetime) -> Iterator[Finding]:
    """Whether the journal is signed, lately, and by whom else."""
    newest = queries.checkpoints(1)
    if not newest:
        yield _bad(
            "checkpoint", ("記録簿に、まだ署名がありません。", "The journal has not been signed yet."), SIGNER
        )
    elif at - newest[0].at > LATE and queries.head()[0] > newest[0].size:
        ago = int((at - newest[0].at).total_seconds() // 3600)
        yield _bad(
            "checkpoint",
            (f"最後の署名は{ago}時間前です。", f"The last signature is {ago} hours old."),
            SIGNER,
        )
    else:
        yield _good(
            "checkpoint", f"{newest[0].size}件まで署名しました。", f"{newest[0].size} records are signed."
        )
    yield from _anchor()
    try:
        if not signer.witnesses():
            yield _bad(
                "witness",
                ("記録簿を見届ける人がいません。", "Nobody witnesses the journal."),
                (
                    "別の機械で nintei journal witness を動かし、NINTEI_JOURNAL_WITNESSES に書いてください。",
                    "Run nintei journal witness on another machine and name it in NINTEI_JOURNAL_WITNESSES.",
                ),
            )
    except notes.NoteError as error:
        yield _bad(
            "witness",
            (str(error), str(error)),
            ("operator.md の書き方を見てください。", "See operator.md for its form."),
        )


SIGNER = ("nintei journal signer を動かし続けてください。", "Keep nintei journal signer running.")


def _anchor() -> Iterator[Finding]:
    anchor = signer.anchor()
    try:
        signed = signer.signed_last()
    except (signer.CannotSign, keys.KeyMissing, notes.NoteError) as fault:
        yield _bad(
            "anchor",
            (str(fault), str(fault)),
            ("バックアップから戻してください。", "Bring it back from a backup."),
        )
        return
    if signed and signed.size > queries.head()[0]:
        yield _bad(
            "anchor",
            (
                f"{signed.size}件まで署名したのに、記録は{queries.head()[0]}件です。",
                f"{signed.size} records were signed, and only {queries.head()[0]} are there.",
            ),
            (
                "古いバックアップです。新しいものを戻してください。",
                "The database is an old backup: bring back a newer one.",
            ),
        )
    elif signed and anchor.stat().st_dev == Path(settings.VAR).stat().st_dev:
        yield _bad(
            "anchor_disk",
            (
                "最後の署名の控えが、記録と同じディスクにあります。",
                "What was signed last lies on the same disk as the journal.",
            ),
            (
                "NINTEI_JOURNAL_ANCHOR を別のディスクに置いてください。",
                "Let NINTEI_JOURNAL_ANCHOR point to another disk.",
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
            yield _good("mail", f"{settings.EMAIL_HOST} が答えます。", f"{settings.EMAIL_HOST} answers.")
    except OSError as error:
        yield _bad(
            "mail",
            (
                f"メールサーバー {settings.EMAIL_HOST} が答えません：{error}",
                f"The mail server {settings.EMAIL_HOST} does not answer: {error}",
            ),
            ("NINTEI_SMTP を確かめてください。", "Check NINTEI_SMTP."),
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield _bad(
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
        yield _bad(
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
        yield _good("time_stamps", "時刻認証サーバーが答えます。", "The time-stamp server answers.")


def _tools(at: datetime) -> Iterator[Finding]:
    try:
        for name in ("pg_dump", "pg_restore"):
            tool(name)
    except ToolFailed as missing:
        yield _bad("backup_tools", (str(missing), str(missing)), ("入れてください。", "Install it."))
    else:
        yield _good("backup_tools", "バックアップの道具があります。", "The tools for a backup are there.")


LOOKS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    _checks, _secrets, _outside, _database, _worker, _disk, _key, _signatures, _time_stamps, _mail, _tools,
)  # fmt: skip
