"""A certificate's PDF, judged: first that every byte is the one that was signed, then what is inside. Pure.

Nothing is parsed before the signature fits over the whole file, so that no trick with updates, hidden objects or
broken structure is ever reached: whatever is after the signature, or in its place, is told.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from nintei.certificates.alone import ALONE
from nintei.certificates.verifying.sentences import reason
from nintei.certificates.verifying.stamps import stamps_of
from nintei.certificates.verifying.trust import Trust
from nintei.certificates.verifying.verdict import Facts, Reason, Verdict, verdict

RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
LARGEST = 10_000_000


def judge_pdf(data: bytes, trust: Trust, on: date) -> Verdict:
    """The PDF: its signature, then its credential, then whether the page says the same."""
    from nintei.certificates.credentials.jsonld import parsed
    from nintei.certificates.verifying.credentials import judge_credential

    first, *stamps = signatures(data, trust)
    if not first.met or any(each.met is False for each in stamps):
        return verdict(on, [first, *stamps], Facts())
    with ALONE:
        attached, page = _inside(data)
    if attached is None:
        return verdict(on, [first, *stamps, reason("journal", False, detail="no attachment")], Facts())
    found = judge_credential(parsed(attached), trust, on)
    reasons = [first, *stamps, *found.reasons]
    if found.facts.number:
        same = all(_bare(each) in _bare(page) for each in (found.facts.number, found.facts.name))
        reasons.append(reason("paper", same))
    whole = verdict(on, reasons, found.facts, found.as_of)
    return found._replace(answer=whole.answer, reasons=whole.reasons)


def signatures(data: bytes, trust: Trust) -> list[Reason]:
    """Whether one of the association's keys signed this file, all of it, as it is; and the signature's time stamp."""
    ranges = RANGE.findall(data)
    if len(data) > LARGEST or not ranges:
        return [reason("pdf", None, detail="size" if len(data) > LARGEST else "not signed")]
    if len(ranges) > 1:
        return [reason("pdf", False, detail="cut")]
    zero, before, after, rest = (int(each) for each in ranges[0])
    gap = data[before:after]
    whole = zero == 0 and before < after and after + rest == len(data)
    if not whole or not re.fullmatch(rb"<[0-9a-fA-F]*>", gap):
        return [reason("pdf", False, detail="cut")]
    digest = hashlib.sha256(data[:before] + data[after:]).digest()
    with ALONE:
        container = bytes.fromhex(gap[1:-1].decode())
        first = _cms(container, digest, trust)
        return [first, *stamps_of(container)] if first.met else [first]


def _cms(container: bytes, digest: bytes, trust: Trust) -> Reason:
    # tsp adds to the table of cms, which is frozen at its first use: our signer needs what it adds.
    from asn1crypto import cms, tsp  # noqa: F401
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        content = cms.ContentInfo.load(container)
        signed = content["content"]
        (info,), (named, *_) = signed["signer_infos"], signed["certificates"]
        attributes = {each["type"].native: each["values"][0].native for each in info["signed_attrs"]}
        said, algorithm = info["signed_attrs"].untag().dump(), info["signature_algorithm"]["algorithm"].native
        value, certificate = info["signature"].native, named.chosen.dump()
        rest = container[len(content.dump()) :]
    except (ValueError, TypeError, KeyError, IndexError):
        return reason("pdf", False, detail="cut")
    if rest.strip(b"\0"):
        return reason("pdf", False, detail="cut")
    if certificate not in trust.certificates() or algorithm != "sha256_ecdsa":
        return reason("pdf", None, detail="foreign key")
    if attributes.get("message_digest") != digest or attributes.get("content_type") != "data":
        return reason("pdf", False, detail="digest")
    key = serialization.load_der_public_key(named.chosen.public_key.dump())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        key.verify(value, said, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return reason("pdf", False, detail="digest")
    return reason("pdf", True)


def _inside(data: bytes) -> tuple[bytes | None, str]:
    """The attached credential and the words of the page. Only ever asked of a file that our key signed."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    files = [document.get_attachment(place) for place in range(document.count_attachments())]
    attached = [bytes(file.get_data()) for file in files if file.get_name() == "credential.json"]
    words = str(document[0].get_textpage().get_text_range())
    document.close()
    return (attached[0] if attached else None), words


def _bare(text: str) -> str:
    return "".join(text.split())
