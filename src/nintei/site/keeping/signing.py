"""The doctor's looks at the journal: its key, its signatures, what was signed last, who witnesses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from nintei.journal import keys, notes, queries, signer
from nintei.journal.models import Checkpoint
from nintei.site.keeping.finding import Finding, bad, good

LATE = timedelta(hours=3)
EXAMPLE = "nintei.example.jp/journal"


def key(at: datetime) -> Iterator[Finding]:
    path = keys.key_file()
    if not path.exists():
        if queries.checkpoints(1):
            yield bad(
                "journal_key",
                ("記録簿の署名の鍵がありません。", "The journal's signing key is gone."),
                (f"バックアップから {path} を戻してください。", f"Bring {path} back from a backup."),
            )
    elif path.stat().st_mode & 0o077:
        yield bad(
            "journal_key",
            (f"{path} をほかの人が読めます。", f"Others can read {path}."),
            (f"chmod 600 {path}", f"chmod 600 {path}"),
        )
    if settings.JOURNAL_ORIGIN == EXAMPLE:
        yield bad(
            "journal_origin",
            ("記録簿の名前が見本のままです。", "The journal still bears the example's name."),
            (
                "最初の署名の前に NINTEI_JOURNAL_ORIGIN を決めてください。",
                "Choose NINTEI_JOURNAL_ORIGIN before the first signature.",
            ),
        )


def signatures(at: datetime) -> Iterator[Finding]:
    """Whether the journal is signed, lately, and by whom else."""
    newest = queries.checkpoints(1)
    if not newest:
        yield bad(
            "checkpoint", ("記録簿に、まだ署名がありません。", "The journal has not been signed yet."), SIGNER
        )
    elif at - newest[0].at > LATE and queries.head()[0] > newest[0].size:
        ago = int((at - newest[0].at).total_seconds() // 3600)
        yield bad(
            "checkpoint",
            (f"最後の署名は{ago}時間前です。", f"The last signature is {ago} hours old."),
            SIGNER,
        )
    else:
        yield good(
            "checkpoint", f"{newest[0].size}件まで署名しました。", f"{newest[0].size} records are signed."
        )
    yield from _anchor()
    try:
        if not keys.witnesses():
            yield bad(
                "witness",
                ("記録簿を見届ける人がいません。", "Nobody witnesses the journal."),
                (
                    "別の機械で nintei journal witness を動かし、NINTEI_JOURNAL_WITNESSES に書いてください。",
                    "Run nintei journal witness on another machine and name it in NINTEI_JOURNAL_WITNESSES.",
                ),
            )
        yield from _witnesses(newest[0] if newest else None, at)
    except notes.NoteError as error:
        yield bad(
            "witness",
            (str(error), str(error)),
            ("operator.md の書き方を見てください。", "See operator.md for its form."),
        )


TROUBLE = {
    "behind": ("しばらく答えません", "has not answered for a while"),
    "refuses": ("署名を断りました", "refuses to sign"),
    "disagrees": ("別の木を見たと言っています", "says that it has seen another tree"),
}


def _witnesses(newest: Checkpoint | None, at: datetime) -> Iterator[Finding]:
    """Each witness that is away, or that does not sign what we signed."""
    for stand in queries.stands(newest, at):
        if stand.trouble:
            ja, en = TROUBLE[stand.state]
            yield bad(
                f"witness_{stand.state}",
                (
                    f"見届ける人 {stand.name} が{ja}：{stand.detail}",
                    f"The witness {stand.name} {en}: {stand.detail}",
                ),
                (
                    "operator/journal.md の「見届ける人」を見てください。",
                    "See the witnesses in operator/journal.md.",
                ),
            )


SIGNER = ("nintei journal signer を動かし続けてください。", "Keep nintei journal signer running.")


def _anchor() -> Iterator[Finding]:
    anchor = signer.anchor()
    try:
        signed = signer.signed_last()
    except (signer.CannotSign, keys.KeyMissing, notes.NoteError) as fault:
        yield bad(
            "anchor",
            (str(fault), str(fault)),
            ("バックアップから戻してください。", "Bring it back from a backup."),
        )
        return
    if signed and signed.size > queries.head()[0]:
        yield bad(
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
        yield bad(
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
