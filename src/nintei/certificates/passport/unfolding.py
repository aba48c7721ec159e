"""A passport that was brought on paper: its credential taken out of the PDF, by a fenced process (P9).

What the page says and who signed the PDF is not asked: only the credential inside is read, and it has a
signature of its own.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nintei.certificates.credentials.jsonld import LARGEST
from nintei.certificates.passport.incoming import BadPassport

CODES = {"pdf", "no attachment", "size"}
LONGEST = 15
"""Seconds."""


def unfolded(data: bytes) -> bytes:
    """The credential of a PDF, or what was brought as it is. Raises `BadPassport`: pdf, no attachment, size."""
    if not data[:1024].lstrip().startswith(b"%PDF"):
        return data
    command = [sys.executable, "-I", str(Path(__file__).with_name("unfold.py")), str(LARGEST)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise BadPassport("pdf") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise BadPassport(said if said in CODES else "pdf")
    return done.stdout
