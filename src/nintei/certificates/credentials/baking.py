"""A credential inside a picture (Open Badges 3.0 §5.3): an iTXt chunk of a PNG, an element of an SVG. Pure."""

from __future__ import annotations

import re
import struct
import zlib
from html import escape, unescape

from nintei.certificates.credentials.jsonld import LARGEST, Unreadable

PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
IN_SVG = re.compile(r"<openbadges:credential[^>]*>(.*?)</openbadges:credential>", re.DOTALL)


def into_png(picture: bytes, text: str) -> bytes:
    """The picture with the credential (JSON or token) before its first data."""
    body = KEYWORD + b"\0\0\0\0\0" + text.encode()
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    place = len(PNG) + 12 + 13  # after the header
    return picture[:place] + chunk + picture[place:]


def into_svg(picture: str, token: str) -> str:
    """The picture with the token, as an attribute of an element right after `<svg …>`."""
    head, closing, rest = picture.partition(">")
    element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}" verify="{escape(token)}"/>'
    return f"{head}{closing}{element}{rest}"


def taken_out(picture: bytes) -> bytes:
    """The credential in a picture. Raises `Unreadable` where there is none."""
    if len(picture) > LARGEST:
        raise Unreadable("size")
    if picture.startswith(PNG):
        return _from_png(picture)
    text = picture.decode("utf-8", "replace")
    if found := re.search(r'<openbadges:credential[^>]*\bverify="([^"]+)"', text):
        return unescape(found[1]).encode()
    if found := IN_SVG.search(text):
        return unescape(found[1].strip().removeprefix("<![CDATA[").removesuffix("]]>")).encode()
    raise Unreadable("no attachment")


def _from_png(picture: bytes) -> bytes:
    place = len(PNG)
    while place + 12 <= len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        kind, body = picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0\0"):
            return body[len(KEYWORD) + 3 :].split(b"\0", 2)[2]
        place += 12 + length
    raise Unreadable("no attachment")
