"""Promise P4: readers that others wrote accept our proofs and notes, and refuse every forgery.

Each is asked about the same cases; one that is not on this machine is skipped by name. `NINTEI_TREES` is how many
random trees there are.
"""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from nintei.journal import notes, proofs
from nintei.journal.tests.forging import signed, trees

TREES = int(os.environ.get("NINTEI_TREES", "2000"))
NOTES = 50
SUMDB = Path(__file__).parent / "peers/sumdb.go"
# Debian keeps Go's libraries where GOPATH finds them; nothing is downloaded.
DEBIAN = Path("/usr/share/gocode")


@pytest.fixture(scope="module")
def cases():
    return [*trees(TREES), *signed(NOTES)]


def held_to(cases, answers, verifier, who, what):
    """Every answer is the one that is wanted; the table gets how many were right and how many forged."""
    assert [case for case, said in zip(cases, answers, strict=True) if case.good != said] == []
    counted = Counter(case.good for case in cases)
    assert counted[False] > counted[True] > 0
    verifier(who, what, accepted=counted[True], refused=counted[False])


def ourselves(case):
    try:
        if case.kind == "note":
            key = notes.read_key(case.key)
            notes.read(case.note, key.name, key.public)
            return True
        way, root = [bytes.fromhex(each) for each in case.way], bytes.fromhex(case.root)
        if case.kind == "inclusion":
            return proofs.climb(case.index, case.size, bytes.fromhex(case.leaf), way) == root
        proofs.check_growth(case.old, bytes.fromhex(case.older), case.size, root, way)
    except (proofs.ProofError, notes.NoteError):
        return False
    return True


def test_we_say_the_same_of_every_case_as_the_others_do(cases):
    assert [case for case in cases if ourselves(case) != case.good] == []
    assert sum(case.good for case in cases if case.kind != "note") == 2 * TREES


def test_gos_checksum_database_reads_our_proofs_and_notes(cases, verifier, tmp_path):
    who, what = "Go x/mod/sumdb", "tree proofs, growth, signed notes"
    if not shutil.which("go") or not (DEBIAN / "src/golang.org/x/mod/sumdb").exists():
        verifier(who, what, missing="apt-get install golang-go golang-golang-x-mod-dev")
    environment = os.environ | {
        "GOPATH": str(DEBIAN), "GO111MODULE": "off", "GOCACHE": str(cache()), "GOFLAGS": "", "GOPROXY": "off",
    }  # fmt: skip
    program = tmp_path / "sumdb"
    subprocess.run(["go", "build", "-o", program, SUMDB], check=True, env=environment)
    asked = "".join(json.dumps(case.asked()) + "\n" for case in cases)
    done = subprocess.run([program], input=asked, capture_output=True, text=True, check=True)
    held_to(cases, [said == "1" for said in done.stdout], verifier, who, what)


def cache():
    """Where Go keeps what it has compiled: building its library anew takes most of a minute."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "go-build"


def test_sigstores_python_client_reads_our_proofs(cases, verifier):
    who, what = "sigstore-python", "tree proofs"
    try:
        from sigstore._internal.merkle import verify_merkle_inclusion
        from sigstore.errors import VerificationError
        from sigstore.models import TransparencyLogEntry
        from sigstore_models.rekor import v1
    except ImportError:
        verifier(who, what, missing="pip install sigstore")

    def accepts(case):
        entry = TransparencyLogEntry.__new__(TransparencyLogEntry)
        entry._inner = v1.TransparencyLogEntry.model_construct(
            canonicalized_body=bytes.fromhex(case.data),
            inclusion_proof=v1.InclusionProof.model_construct(
                log_index=case.index,
                tree_size=case.size,
                root_hash=bytes.fromhex(case.root),
                hashes=[bytes.fromhex(each) for each in case.way],
            ),
        )
        try:
            verify_merkle_inclusion(entry)
        except VerificationError:
            return False
        return True

    # A leaf's number is checked against the size before this function is asked.
    mine = [case for case in cases if case.kind == "inclusion" and case.index < case.size]
    held_to(mine, [accepts(case) for case in mine], verifier, who, what)


def test_metamorphics_rust_verifier_reads_our_proofs_and_notes(cases, verifier):
    who, what = "metamorphic-log (Rust)", "tree proofs, growth, signed notes"
    try:
        import metamorphic_log as peer
    except ImportError:
        verifier(who, what, missing="pip install metamorphic-log")

    def accepts(case):
        way, root = [bytes.fromhex(each) for each in case.way], bytes.fromhex(case.root)
        try:
            if case.kind == "note":
                peer.checkpoint_verify(case.note, [case.key])
            elif case.kind == "inclusion":
                peer.verify_inclusion(case.index, case.size, bytes.fromhex(case.leaf), way, root)
            else:
                peer.verify_consistency(case.old, case.size, way, bytes.fromhex(case.older), root)
        except peer.VerifyError:
            return False
        return True

    held_to(cases, [accepts(case) for case in cases], verifier, who, what)
