"""Where the journal's proof of an intent comes from: the newest checkpoint, or one signed now."""

from __future__ import annotations

from datetime import datetime

from nintei.certificates import journalproof
from nintei.certificates.models import Certificate, Passport
from nintei.journal import actions as journal
from nintei.journal import prooffile
from nintei.journal.keys import KeyMissing
from nintei.journal.proofs import ProofError
from nintei.journal.queries import opening
from nintei.journal.signer import CannotSign, proof


class NotYet(RuntimeError):
    """No signed checkpoint has the leaf of this intent: what was not recorded is not signed (P6)."""


def proof_of(intent: Certificate | Passport, at: datetime) -> str:
    """The proof of an intent's leaf, opened; signs a checkpoint if none has it.

    Where the journal is signed by a process of its own, its key is not ours to read: then the next hourly
    checkpoint is waited for. Raises `NotYet`.
    """
    leaf = opening(intent.leaf)
    if leaf is None:
        raise NotYet(f"leaf {intent.leaf} was erased")
    extra = journalproof.extra(*leaf)
    try:
        return prooffile.text_of(proof(intent.leaf, extra))
    except ProofError:
        pass
    try:
        journal.checkpoint(at=at)
        return prooffile.text_of(proof(intent.leaf, extra))
    except (ProofError, KeyMissing, CannotSign, PermissionError) as fault:
        raise NotYet(str(fault)) from fault
