"""Which format a file is in; what is none of ours is named."""

from __future__ import annotations

from datetime import date

from nintei.payments.statements import table, zengin
from nintei.payments.statements.lines import BrokenStatement, Statement, broken

MAX_BYTES = 32 * 1024 * 1024

_DOWNLOAD = (
    "銀行のサイトから、全銀形式かCSVでダウンロードしてください。",
    "Download it from the bank in Zengin format or as CSV.",
)
# First bytes of what people drop by mistake.
_OTHERS = (
    (b"%PDF", "PDFのファイルです。", "This is a PDF."),
    (b"PK\x03\x04", "Excel（XLSX）かZIPのファイルです。", "This is an Excel (XLSX) or ZIP file."),
    (b"\xd0\xcf\x11\xe0", "古いExcel（XLS）のファイルです。", "This is an old Excel (XLS) file."),
    (b"\xff\xd8\xff", "写真（JPEG）です。", "This is a picture (JPEG)."),
    (b"\x89PNG", "画像（PNG）です。", "This is a picture (PNG)."),
    (b"\xf1\xf0", "文字コードがEBCDICの全銀ファイルです。", "This is a Zengin file in EBCDIC."),
    (b"<?xml", "XMLのファイルです。", "This is an XML file."),
)


def read(content: bytes, *, on: date, account: str) -> Statement:
    """The statement in `content`, read on the (JST) day `on`; `account` where a CSV names none.

    Raises `BrokenStatement` and nothing else, with every row that is wrong.
    """
    if not content.strip(b"\x1a\r\n\t \xef\xbb\xbf"):
        raise broken(None, "ファイルが空です。", "The file is empty.", *_DOWNLOAD)
    if len(content) > MAX_BYTES:
        raise _too_big()
    for magic, ja, en in _OTHERS:
        if content.startswith(magic):
            raise broken(None, ja, en, *_DOWNLOAD)
    if zengin.looks_like(content):
        return zengin.read(content, on)
    return table.read(content, on, account)


def _too_big() -> BrokenStatement:
    return broken(
        None,
        f"ファイルが{MAX_BYTES // 1024 // 1024} MBを超えています。",
        f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.",
        "期間を分けてダウンロードし、順に読み込んでください。",
        "Download it in shorter periods and import them one after another.",
    )
