"""Where the journal's proof of an intent comes from: the newest checkpoint that the signer has published."""

from __future__ import annotations

from nintei.certificates import journalproof
from nintei.certificates.models import Certificate, Passport
from nintei.journal import prooffile
from nintei.journal.keys import KeyMissing
from nintei.journal.proofs import ProofError
from nintei.journal.queries import opening
from nintei.journal.signer import proof


class NotYet(RuntimeError):
    """No signed checkpoint has the leaf of this intent: what was not recorded is not signed (P6)."""


def proof_of(intent: Certificate | Passport) -> str:
    """The proof of an intent's leaf, opened.

    Its leaf has asked the signer for a checkpoint (`signals.sign_soon_after`); whoever makes certificates never signs
    the journal itself, even where its key could be read. Raises `NotYet` until a published checkpoint has the leaf.
    """
    leaf = opening(intent.leaf)
    if leaf is None:
        raise NotYet(f"leaf {intent.leaf} was erased")
    try:
        return prooffile.text_of(proof(intent.leaf, journalproof.extra(*leaf)))
    except (ProofError, KeyMissing) as fault:
        raise NotYet(str(fault)) from fault
