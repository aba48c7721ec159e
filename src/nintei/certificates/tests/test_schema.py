"""1EdTech's own JSON schema of Open Badges 3.0 (unmodified, with its notice), held against what we issue."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest

from nintei.certificates.credentials import jose, openbadge
from nintei.certificates.tests import readers
from nintei.certificates.tests.world import issued

FILE = readers.HERE / "1edtech" / "ob_v3p0_achievementcredential_schema.json"
SHA256 = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"

Change = Callable[[dict[str, Any]], object]
TAMPERINGS: dict[str, Change] = {
    "no issuer": lambda c: c.pop("issuer"),
    "no beginning": lambda c: c.pop("validFrom"),
    "a day instead of an instant": lambda c: c.update(validFrom="2026-04-01"),
    "contexts in another order": lambda c: c.update({"@context": c["@context"][::-1]}),
    "a kind that is no badge": lambda c: c.update(type=["VerifiableCredential"]),
    "a subject without achievement": lambda c: c["credentialSubject"].pop("achievement"),
    "an achievement without criteria": lambda c: c["credentialSubject"]["achievement"].pop("criteria"),
    "an achievement of an unknown kind": lambda c: c["credentialSubject"]["achievement"].update(
        achievementType="Licence to print money"
    ),
    "a name that is neither hashed nor open": lambda c: c["credentialSubject"]["identifier"][0].pop("hashed"),
    "evidence without a kind": lambda c: c["evidence"][0].pop("type"),
    "a proof without a kind": lambda c: c["proof"][0].pop("type"),
    "a schema without an address": lambda c: c["credentialSchema"][0].pop("id"),
}


@pytest.fixture(scope="module")
def schema() -> Any:
    text = FILE.read_text("utf-8")
    return jsonschema_rs.Draft201909Validator(json.loads(text), validate_formats=True)


def test_the_schema_is_the_published_one_and_its_notice_says_so() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == SHA256
    notice = (FILE.parent / "NOTICE.txt").read_text("utf-8")
    assert (SHA256 in notice, json.loads(FILE.read_text("utf-8"))["$id"] in notice) == (True, True)


@pytest.mark.django_db
def test_the_official_schema_accepts_what_we_issue_and_refuses_what_was_broken(
    schema: Any, verifier: Callable[..., None]
) -> None:
    """Of one thing it complains: Open Badges foresees one status, and revoked and suspended are two (decision 0034)."""
    certificate = issued()
    _, claims = jose.read(certificate.token)
    whole = [certificate.credential, openbadge.without_claims(claims), certificate.statement]
    faults = [[list(error.instance_path) for error in schema.iter_errors(each)] for each in whole]
    assert faults == [[["credentialStatus"]]] * 3
    good = [{**each, "credentialStatus": entry} for each in whole for entry in each["credentialStatus"]]
    assert [each for each in good if not schema.is_valid(each)] == []
    missed = []
    for what, change in TAMPERINGS.items():
        broken = copy.deepcopy(good[0])
        change(broken)
        missed += [what] if schema.is_valid(broken) else []
    assert missed == []
    verifier("1EdTech JSON schema", "AchievementCredential", accepted=len(good), refused=len(TAMPERINGS))
