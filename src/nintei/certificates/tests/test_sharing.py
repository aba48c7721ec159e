"""A link shows what its holder chose, live, until it ends; whoever guesses learns nothing; a pass has its page."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from nintei.certificates.models import ShareLink
from nintei.certificates.sharing import actions, queries
from nintei.certificates.tests.test_posting import own_store, text
from nintei.certificates.tests.world import NOON, certify
from nintei.journal.queries import history
from nintei.people.models import Person
from nintei.people.queries import whole_record
from nintei.people.tests.conftest import somebody
from nintei.registry import actions as registry
from nintei.registry import queries as register
from nintei.registry.models import Certification, ExamPass
from nintei.registry.tests.conftest import a_day
from nintei.shared.refusals import Refused

__all__ = ["a_day", "own_store"]
pytestmark = pytest.mark.usefixtures("a_day")
DAY = date(2026, 11, 24)
ALL = frozenset({"name", "latin", "validity"})


@pytest.fixture
def omp(db: None) -> Certification:
    return certify("鈴木 美咲", "suzuki@example.jp")


def link(omp: Certification, shows: frozenset[str] = ALL, days: int = 30) -> actions.Made:
    return actions.make_link(
        by=omp.person.by, certification=omp, shows=shows, label="山田商事 採用", on=DAY, at=NOON,
        until_on=DAY + timedelta(days=days),
    )  # fmt: skip


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_link_shows_what_was_chosen_and_no_more_and_counts(omp: Certification, client: Client) -> None:
    whole, little = link(omp), link(omp, frozenset())
    page = client.get(f"/share/{whole.token}")
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex, nofollow, noarchive")
    assert page["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex' in said(page)
    assert "鈴木 美咲" in said(page)
    assert "この資格は有効です" in said(page)
    bare = said(client.get(f"/en/share/{little.token}"))
    assert "鈴木" not in bare
    assert "This certification is valid" in bare
    registry.revoke(by="person:kato", certification=omp, on=DAY, cause="case:1", at=NOON)
    assert "取り消されました" in said(client.get(f"/share/{whole.token}"))
    assert [row.opened for row in ShareLink.objects.order_by("pk")].count(0) == 0
    assert ShareLink.objects.get(pk=whole.link.pk).opened == 2


def test_revoked_expired_and_never_made_are_one_answer(
    omp: Certification, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    revoked, expired = link(omp), link(omp, days=1)
    assert client.get(f"/share/{revoked.token}").status_code == 200
    actions.revoke_link(by=omp.person.by, link=revoked.link, at=NOON)
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-25")
    assert client.get(f"/share/{expired.token}").status_code == 200
    monkeypatch.setenv("NINTEI_TODAY", "2026-11-26")
    answers = {
        (each.status_code, said(each).replace(token, "")) for token in (revoked.token, expired.token, "x" * 32)
        for each in [client.get(f"/share/{token}")]
    }  # fmt: skip
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    states = {str(each.state) for each in queries.links_of(omp.person, date(2026, 11, 26))}
    assert states == {"revoked", "expired"}


def test_only_a_hash_is_kept_and_what_was_revoked_stays_so(omp: Certification) -> None:
    made = link(omp)
    assert made.token not in str(ShareLink.objects.values().get())
    actions.revoke_link(by=omp.person.by, link=made.link, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        ShareLink.objects.update(revoked_at=None)
    verbs = [each.verb for each in history(omp.subject)]
    assert verbs[-2:] == ["certificates.share", "certificates.revoke_link"]


def test_days_and_number_of_links_have_bounds(omp: Certification, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (0, actions.LONGEST_DAYS + 1):
        with pytest.raises(Refused, match="link_days"):
            link(omp, days=days)
    monkeypatch.setattr(actions, "MOST", 1)
    first = link(omp)
    with pytest.raises(Refused, match="many_links"):
        link(omp)
    actions.revoke_link(by=omp.person.by, link=first.link, at=NOON)
    link(omp)


def test_the_holder_makes_sees_and_revokes_links_and_nobody_else_does(
    omp: Certification, client: Client
) -> None:
    client.force_login(omp.person)
    form = {
        "once": "x" * 20, "certification": str(omp.pk), "shows": ["name"], "label": "山田商事",
        "until_on_year": "2026", "until_on_month": "12", "until_on_day": "24",
    }  # fmt: skip
    shown = ""
    for _ in range(2):
        page = said(client.post("/my/certificates/links", form, follow=True))
        shown = shown or page
    assert ShareLink.objects.count() == 1
    (address,) = re.findall(r'value="([^"]*/share/[^"]*)" readonly', shown)  # what the button copies
    assert "鈴木 美咲" in said(Client().get(urlsplit(address).path))
    page = said(client.get("/my/certificates/links"))
    assert "山田商事" in page
    assert "/share/" not in page
    made = ShareLink.objects.get()
    client.force_login(somebody("tanaka", "田中 凪", "タナカ ナギ"))
    away = f"/my/certificates/links/{made.pk}/revoke"
    assert "山田商事" not in said(client.get("/my/certificates/links"))
    assert client.post(away, {"once": "y" * 20}).status_code == 404
    client.force_login(omp.person)
    assert client.post(away, {"once": "y" * 20}).status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is not None


# --- a pass that is the qualification itself --------------------------------------------------------------


@pytest.fixture
def passed(db: None) -> ExamPass:
    sato = somebody("sato", "佐藤 健太", "サトウ ケンタ")
    return ExamPass.objects.create(
        exam="SV", number="2024000777", name="佐藤 健太", kana="サトウケンタ", passed=True, issued_on=date(2024, 10, 8),
        imported_at=NOON, person=sato,
    )  # fmt: skip


def test_a_pass_is_verified_by_its_qr_and_carried_away_on_paper(passed: ExamPass, client: Client) -> None:
    assert "佐藤" not in said(client.get(f"/verify/SV-2024000777?id={'x' * 22}"))
    found = said(client.get(f"/verify/SV-2024000777?id={passed.verify_id}"))
    assert "佐藤 健太" in found
    assert "この合格は登録されています" in found
    address = f"/my/certificates/passes/{passed.pk}.pdf"
    client.force_login(somebody("tanaka", "田中 凪", "タナカ ナギ"))
    assert client.get(address).status_code == 404
    sato = passed.person
    assert isinstance(sato, Person)
    client.force_login(sato)
    assert address in client.get("/my/certificates").content.decode()
    paper = client.get(address)
    page = PdfReader(io.BytesIO(paper.content)).pages[0]
    for words in ("佐藤健太", "2024000777", "2024年10月8日", "2026年11月24日"):
        assert words in text(page)
    (code,) = zxingcpp.read_barcodes(PdfDocument(paper.content)[0].render(scale=2).to_numpy())
    assert code.text.endswith(f"/verify/SV-2024000777?id={passed.verify_id}")


def test_a_certified_exam_has_no_statement_and_ids_are_unlike(passed: ExamPass, client: Client) -> None:
    sato = passed.person
    assert isinstance(sato, Person)
    other = ExamPass.objects.create(
        exam="OMP",
        number="1",
        name="佐藤 健太",
        kana="x",
        passed=True,
        issued_on=DAY,
        imported_at=NOON,
        person=sato,
    )
    assert other.verify_id != passed.verify_id
    client.force_login(sato)
    assert client.get(f"/my/certificates/passes/{passed.pk}.pdf").status_code == 200
    assert client.get(f"/my/certificates/passes/{other.pk}.pdf").status_code == 404


def test_consents_of_a_pass_and_links_are_among_ones_own_data(omp: Certification, passed: ExamPass) -> None:
    sato = passed.person
    assert isinstance(sato, Person)
    registry.consent(by=sato.by, subject=passed, fields=frozenset({"name"}), at=NOON)
    link(omp)
    mine = {taken.table.label: taken.rows for taken in whole_record(sato)}
    assert [row["field"] for row in mine["registry.Consent"]] == ["name"]
    assert "verify_id" not in str(mine["registry.ExamPass"])
    hers = {taken.table.label: taken.rows for taken in whole_record(omp.person)}
    assert "registry.Consent" not in hers
    (told,) = hers["certificates.ShareLink"]
    assert (told["label"], "token_sha256" in told) == ("山田商事 採用", False)
    assert register.own_pass(omp.person, passed.pk) is None
