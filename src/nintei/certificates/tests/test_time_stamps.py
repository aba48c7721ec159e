"""PAdES B-T: a real RFC 3161 responder (OpenSSL's) on the loopback stamps the signature, or nothing is issued."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms

from nintei.certificates import actions, queries, stamping, tasks
from nintei.certificates.models import Certificate
from nintei.certificates.stamping import NoTimeStamp
from nintei.certificates.tests.world import DAY, NOON, certify, pdf, trust
from nintei.certificates.verifying.judging import judge
from nintei.certificates.verifying.pdf import RANGE
from nintei.certificates.verifying.stamps import stamps_of
from nintei.journal.actions import checkpoint

CONFIG = """
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[tsa]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[tsa_service]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(folder: Path, *words: str) -> bytes:
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate authority and a time-stamp authority under it, made by OpenSSL."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing: apt-get install openssl")
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01")
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    (folder / "req").write_text("[req]\ndistinguished_name=d\n[d]\n" + CONFIG.format(folder=folder))
    openssl(folder, "req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root",
            "-days", "9", "-config", "req", "-extensions", "ca")  # fmt: skip
    openssl(folder, "req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Time of Test",
            "-config", "req")  # fmt: skip
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "tsa.pem", "-days", "9", "-extfile", "req", "-extensions", "tsa")  # fmt: skip
    return folder


@pytest.fixture
def stamps(authority: Path) -> Iterator[str]:
    """The address of a responder that answers with `openssl ts -reply`."""

    class Responder(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (authority / "q").write_bytes(query)
            openssl(
                authority, "ts", "-reply", "-config", "req", "-section", "tsa_service", "-queryfile", "q",
                "-signer", "tsa.pem", "-inkey", "tsa.key", "-chain", "ca.pem", "-out", "a",
            )  # fmt: skip
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((authority / "a").read_bytes())

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Responder)
    running = threading.Thread(target=server.serve_forever)
    running.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    running.join()
    server.server_close()


def container(data: bytes) -> bytes:
    _, before, after, _ = (int(each) for each in RANGE.findall(data)[0])
    return bytes.fromhex(data[before + 1 : after - 1].decode())


@pytest.mark.django_db
def test_a_named_server_stamps_the_signature_and_when_it_is_down_nothing_is_issued(
    stamps: str, authority: Path, settings: Any, verifier: Callable[..., None], tmp_path: Path
) -> None:
    settings.TIME_STAMPS = "http://127.0.0.1:9/"
    certify()
    checkpoint(at=NOON)
    (intent,) = queries.to_issue()
    with pytest.raises(NoTimeStamp, match=r"127\.0\.0\.1:9"):
        actions.issue(certificate_id=intent.pk, at=NOON)
    assert (tasks.finish(0), queries.to_issue().count()) == (0, 1)
    assert stamping.answers(settings.TIME_STAMPS) != ""
    settings.TIME_STAMPS = stamps
    assert (tasks.finish(0), queries.to_issue().count(), stamping.answers(stamps)) == (1, 0, "")
    data = pdf(Certificate.objects.get())
    found = judge(data, trust(), DAY)
    assert found.answer.value == "valid"
    (said,) = (each.words.en for each in found.reasons if each.key == "stamp")
    assert "Time of Test" in said
    _by_openssl(data, authority, tmp_path)
    verifier("OpenSSL ts", "signature time stamp (RFC 3161)", accepted=1, refused=1)


def _by_openssl(data: bytes, authority: Path, folder: Path) -> None:
    """OpenSSL finds the stamp to be of this signature by its authority, and of no other."""
    (info,) = cms.ContentInfo.load(container(data))["content"]["signer_infos"]
    (folder / "token").write_bytes(info["unsigned_attrs"][0]["values"][0].dump())
    (folder / "signature").write_bytes(info["signature"].native)
    (folder / "other").write_bytes(info["signature"].native[::-1])
    how = ("ts", "-verify", "-token_in", "-in", "token", "-CAfile", str(authority / "ca.pem"), "-data")
    assert b"Verification: OK" in openssl(folder, *how, "signature")
    with pytest.raises(subprocess.CalledProcessError):
        openssl(folder, *how, "other")


@pytest.mark.django_db
def test_a_stamp_of_another_signature_or_a_changed_one_is_told(stamps: str, settings: Any) -> None:
    settings.TIME_STAMPS = stamps
    certify()
    certify("鈴木 花子", "suzuki@example.jp")
    checkpoint(at=NOON)
    assert tasks.finish(0) == 2
    one, two = (container(pdf(each)) for each in Certificate.objects.order_by("pk"))
    assert [each.met for each in (*stamps_of(one), *stamps_of(two))] == [True, True]
    theirs = cms.ContentInfo.load(two)["content"]["signer_infos"][0]["unsigned_attrs"]
    swapped = cms.ContentInfo.load(one)
    swapped["content"]["signer_infos"][0]["unsigned_attrs"] = theirs
    assert [each.met for each in stamps_of(swapped.dump())] == [False]
    # The instant is under the authority's signature: another second does not pass.
    (written,) = set(re.findall(rb"202\d{11}Z", one))
    later = one.replace(written, written[:-2] + (b"0" if written[-2:-1] != b"0" else b"1") + b"Z")
    assert [each.met for each in stamps_of(later)] == [False]


@pytest.mark.django_db
def test_pdfsig_of_poppler_finds_the_signature_whole(
    stamps: str, settings: Any, tmp_path: Path, verifier: Callable[..., None]
) -> None:
    if shutil.which("pdfsig") is None:
        verifier("pdfsig (poppler)", "PAdES signature", missing="apt-get install poppler-utils")
    settings.TIME_STAMPS = stamps
    certify()
    checkpoint(at=NOON)
    assert tasks.finish(0) == 1
    data = pdf(Certificate.objects.get())
    (tmp_path / "good.pdf").write_bytes(data)
    (tmp_path / "bad.pdf").write_bytes(data[:3000] + bytes([data[3000] ^ 1]) + data[3001:])
    said = [
        subprocess.run(
            ["pdfsig", "-nocert", f"{name}.pdf"], check=False, cwd=tmp_path, capture_output=True, text=True
        ).stdout
        for name in ("good", "bad")
    ]
    assert ["Signature is Valid" in each for each in said] == [True, False]
    assert "Total document signed" in said[0]
    verifier("pdfsig (poppler)", "PAdES signature", accepted=1, refused=1)
