"""Readers that others wrote: Digital Bazaar's and jose by Node, openbadgeslib in Python."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from nintei.certificates.credentials import jsonld
from nintei.certificates.credentials.multikey import from_multikey

HERE = Path(__file__).resolve().parents[4] / "tests" / "verifiers"
HOW = "Node 20, then npm ci in tests/verifiers (make test does it)"


def node_is_here() -> bool:
    return shutil.which("node") is not None and (HERE / "node_modules" / "jose").exists()


def ask_node(
    questions: list[dict[str, Any]], documents: dict[str, Any], now: datetime
) -> list[dict[str, Any]]:
    """Ask tests/verifiers/verify.js; nothing but the contexts and documents given here exists for it."""
    contexts = {url: jsonld.load(url)["document"] for url in jsonld.FILES}
    asked = {"contexts": contexts, "documents": documents, "now": now.isoformat(), "ask": questions}
    found = subprocess.run(
        ["node", str(HERE / "verify.js")], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(found.stdout)
    return answers


def raw(multikey: str) -> str:
    """A public key as a JWK has it."""
    return base64.urlsafe_b64encode(from_multikey(multikey)).rstrip(b"=").decode()


def pem(public: bytes) -> bytes:
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


class OpenBadgesLib:
    """openbadgeslib with its own clock set to a day, and no network: addresses are looked up in `documents`."""

    def __init__(self, documents: dict[str, Any], now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        import jwt.api_jwt
        from openbadgeslib.ob3 import credential, ldp, status, verifier

        class Then(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                return now.astimezone(tz or UTC)

        for module in (jwt.api_jwt, credential, ldp, status, verifier):
            if hasattr(module, "datetime"):
                monkeypatch.setattr(module, "datetime", Then)
        self.documents = documents

    def _fetch(self, url: str) -> bytes:
        return json.dumps(self.documents[url]).encode()

    def refusal_of(self, credential: dict[str, Any] | str, public: bytes, lists_too: bool = False) -> str:
        """Why it refuses a credential or token; empty where it accepts. `lists_too`: the lists' signatures count."""
        from openbadgeslib.ob3.ldp import OB3LdpVerifier
        from openbadgeslib.ob3.verifier import OB3Verifier

        reader: Any = (OB3Verifier if isinstance(credential, str) else OB3LdpVerifier)(pem(public))
        how = {"check_status": True, "verify_status_list": lists_too, "download": self._fetch}
        try:
            reader.verify(credential, **how)
        except Exception as error:  # noqa: BLE001  (whatever it raises is a refusal)
            return str(error) or type(error).__name__
        return ""
