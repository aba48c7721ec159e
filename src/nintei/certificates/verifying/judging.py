"""One door for whatever somebody hands over: a PDF, a credential, a token, a baked badge, a QR's address. Pure."""

from __future__ import annotations

from datetime import date

from nintei.certificates.credentials import baking
from nintei.certificates.credentials.jsonld import Unreadable, parsed
from nintei.certificates.verifying.sentences import reason
from nintei.certificates.verifying.trust import Trust
from nintei.certificates.verifying.verdict import Facts, Verdict, verdict


def judge(data: bytes, trust: Trust | None, on: date) -> Verdict:
    """Whether what was handed over is good on a (JST) day. Never raises for what is in the file: it is unknown then."""
    if trust is None:
        return verdict(on, [reason("signature", None, detail="trust")], Facts())
    try:
        return _judged(data, trust, on)
    except Unreadable as fault:
        return verdict(on, [reason("file", None, detail=fault.code)], Facts())


def _judged(data: bytes, trust: Trust, on: date) -> Verdict:
    from nintei.certificates.verifying import credentials, pdf

    if data[:1024].lstrip().startswith(b"%PDF"):
        return pdf.judge_pdf(data, trust, on)
    if data.startswith(baking.PNG) or data.lstrip()[:5] in (b"<?xml", b"<svg "):
        data = baking.taken_out(data)
    if data.lstrip().startswith(b"{"):
        return credentials.judge_credential(parsed(data), trust, on)
    try:
        text = data.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise Unreadable("kind") from error
    if "#" in text or text.startswith("1."):
        return credentials.judge_qr(text, trust, on)
    if text.count(".") == 2:
        return credentials.judge_token(text, trust, on)
    raise Unreadable("kind")
