"""Which format a file is in; what is none of ours is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nintei.payments.statements import envelope, sheet, table, zengin
from nintei.payments.statements.lines import BrokenStatement, Statement, account_number, broken

MAX_BYTES = 32 * 1024 * 1024

_DOWNLOAD = (
    "銀行のサイトから、全銀形式かCSVでダウンロードしてください。",
    "Download it from the bank in Zengin format or as CSV.",
)
# First bytes of what people drop by mistake.
_OTHERS = (
    (b"%PDF", "PDFのファイルです。", "This is a PDF."),
    (b"\xd0\xcf\x11\xe0", "古いExcel（XLS）のファイルです。", "This is an old Excel (XLS) file."),
    (b"\xff\xd8\xff", "写真（JPEG）です。", "This is a picture (JPEG)."),
    (b"\x89PNG", "画像（PNG）です。", "This is a picture (PNG)."),
    (b"\xf1\xf0", "文字コードがEBCDICの全銀ファイルです。", "This is a Zengin file in EBCDIC."),
)


def read(content: bytes, *, on: date, account: str, own: Sequence[table.Profile] = ()) -> Statement:
    """The statement in `content`, read on the (JST) day `on`; `account` where the file names none.

    `own` are ways to read a table that people have taught. Raises `BrokenStatement` and nothing else, with
    every row that is wrong; `UnknownTable`, one of them, where a person may say which column is which.
    """
    if not content.strip(b"\x1a\r\n\t \xef\xbb\xbf"):
        raise broken(None, "ファイルが空です。", "The file is empty.", *_DOWNLOAD)
    if len(content) > MAX_BYTES:
        raise _too_big()
    for magic, ja, en in _OTHERS:
        if content.startswith(magic):
            raise broken(None, ja, en, *_DOWNLOAD)
    if content.startswith(b"PK\x03\x04"):
        return sheet.read(content, on, account, own)
    if envelope.looks_like(content):
        from nintei.payments.statements import camt  # its libraries load slowly, and few banks send it

        return _with_account(camt.read(content, on), account)
    if zengin.looks_like(content):
        return zengin.read(content, on)
    return table.read(content, on, account, own)


def _with_account(statement: Statement, account: str) -> Statement:
    """An XML that names its account only by IBAN is of the account that is meant."""
    lines = (replace(x, account=account_number(x.account or account)) for x in statement.lines)
    return replace(statement, lines=tuple(lines))


def _too_big() -> BrokenStatement:
    return broken(
        None,
        f"ファイルが{MAX_BYTES // 1024 // 1024} MBを超えています。",
        f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.",
        "期間を分けてダウンロードし、順に読み込んでください。",
        "Download it in shorter periods and import them one after another.",
    )
