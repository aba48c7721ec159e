"""A PDF signed so that any reader sees a change (PAdES B-B; B-T where a time-stamp server is named, and never less).

The same PDF, key and instant give the same bytes: the signature is deterministic (RFC 6979), the file's second id
is the hash of what is signed where pyHanko would draw one, and the metadata stay as the paper has them.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from asn1crypto import algos, x509
from asn1crypto.cms import ContentInfo
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from nintei.certificates.alone import ALONE
from nintei.certificates.keyring import Keys
from nintei.certificates.stamping import NoTimeStamp

RESERVED, WITH_TIME_STAMP = 8192, 32768


class _Writer(IncrementalPdfFileWriter):
    """An update that draws no lots and does not ask what time it is."""

    def _update_meta(self) -> None:
        """Typst's metadata stay: PDF/A wants both kinds equal, and they say when the paper was made."""


class _P256(Signer):
    """Our key, signing deterministically."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(
            signing_cert=x509.Certificate.load(keys.pair.certificate),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self._key = keys.p256

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return self._key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def signed(pdf: bytes, keys: Keys, at: datetime, time_stamps: str = "") -> bytes:
    """The PDF with its signature as an update that ends the file; later changes are not permitted (DocMDP 1).

    `time_stamps` is the address of an RFC 3161 server. Raises `NoTimeStamp` where it gives none.
    """
    try:
        with ALONE:
            return _signed(pdf, keys, at, time_stamps)
    except TimestampRequestError as fault:
        raise NoTimeStamp(f"{time_stamps}: {fault} {fault.__cause__ or ''}".strip()) from fault


def _signed(pdf: bytes, keys: Keys, at: datetime, time_stamps: str) -> bytes:
    writer = _Writer(io.BytesIO(pdf))
    writer._document_id[1] = generic.ByteStringObject(hashlib.sha256(pdf).digest()[:16])
    reserved = WITH_TIME_STAMP if time_stamps else RESERVED
    flow = cms_embedder.PdfCMSEmbedder().write_cms(field_name="Nintei", writer=writer)
    next(flow)
    placeholder = SignatureObject(timestamp=at, subfilter=SigSeedSubFilter.PADES, bytes_reserved=reserved)
    rights = cms_embedder.SigMDPSetup("sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES)
    flow.send(cms_embedder.SigObjSetup(placeholder, mdp_setup=rights))
    prepared, output = flow.send(cms_embedder.SigIOSetup("sha256"))
    stamper = HTTPTimeStamper(time_stamps, timeout=20) if time_stamps else None
    # A thread of its own: where a browser test drives a loop in this one, a second loop may not run.
    with ThreadPoolExecutor(1) as beside:
        flow.send(beside.submit(asyncio.run, _cms(keys, prepared.document_digest, stamper)).result())
    made: bytes = output.getvalue()
    return made


async def _cms(keys: Keys, digest: bytes, stamper: TimeStamper | None) -> ContentInfo:
    return await _P256(keys).async_sign(digest, "sha256", use_pades=True, timestamper=stamper)
