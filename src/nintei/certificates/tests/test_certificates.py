"""A certificate is intended, then printed, once; its QR leads to the public page."""

from datetime import date, datetime

import pytest
import zxingcpp
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from nintei.certificates import actions, queries
from nintei.certificates.models import Certificate
from nintei.certificates.printing import made
from nintei.certificates.proving import proof_of
from nintei.certificates.tests.world import issue
from nintei.journal.actions import checkpoint
from nintei.journal.queries import history, verify
from nintei.notices.models import Letter
from nintei.people.models import Person
from nintei.registry import actions as registry
from nintei.registry.models import ExamPass
from nintei.shared import files, paper
from nintei.shared.clock import JST

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.VAR = tmp_path


def certify(name="髙橋 𠮷之助", email="sato@example.jp"):
    person = Person.objects.create_user(email, name=name, latin="TAKAHASHI Kichinosuke")
    report = ExamPass.objects.create(
        exam="OMP",
        number=email,
        name=name,
        kana="x",
        passed=True,
        issued_on=date(2024, 10, 8),
        imported_at=NOON,
    )
    return registry.certify(
        by="person:kato",
        person=person,
        qualification="OMP",
        exam_pass=report,
        decided_on=DAY,
        edition_id="e",
        cause=f"application:{email}",
        at=NOON,
    )


def issued():
    certify()
    certificate = Certificate.objects.get()
    assert issue(certificate) is True
    return Certificate.objects.get()


@pytest.mark.django_db
def test_certifying_intends_a_certificate_in_the_same_transaction():
    certify()
    certificate = Certificate.objects.get()
    assert (certificate.sha256, certificate.content["name"]) == ("", "髙橋 𠮷之助")
    assert list(queries.to_issue()) == [certificate]


@pytest.mark.django_db(transaction=True)
def test_a_certification_that_is_rolled_back_leaves_no_intent():
    with transaction.atomic():
        certify()
        transaction.set_rollback(True)
    assert Certificate.objects.count() == 0


@pytest.mark.django_db
def test_it_is_printed_once_and_its_holder_is_told_once():
    certificate = issued()
    assert actions.issue(certificate_id=certificate.pk, at=NOON) is False
    assert Letter.objects.filter(template="certificates/letters/issued.txt").count() == 1
    subject = f"certification:{certificate.term.certification_id}"
    verbs = [entry.verb for entry in history(subject)]
    assert verbs == ["registry.certify", "certificates.intend", "certificates.issue"]
    assert verify().faults == ()


@pytest.mark.django_db
def test_the_paper_says_who_what_and_until_when():
    text = PdfReader(files.place_of(issued().sha256)).pages[0].extract_text().replace(" ", "")
    for words in (
        "認定証",
        "髙橋𠮷之助",
        "オペレーションマネジメント（OMP）",
        "2025年4月1日から2028年3月31日まで",
    ):
        assert words in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["寿限無" * 33, "Maximilian Alexander Konstantin von Habsburg-Lothringen"])
def test_the_longest_name_leaves_the_paper_one_page_with_all_its_words(name):
    certify(name=name)
    issue(Certificate.objects.get())
    pages = PdfReader(files.place_of(Certificate.objects.get().sha256)).pages
    (text,) = [page.extract_text().replace(" ", "").replace("\n", "") for page in pages]
    assert (name.replace(" ", "") in text, "確かめられます" in text) == (True, True)


@pytest.mark.django_db
def test_the_paper_is_pdf_a_tagged_japanese_with_every_font_inside():
    reader = PdfReader(files.place_of(issued().sha256))
    root = reader.root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ja", True)
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


@pytest.mark.django_db
def test_the_qr_carries_the_signed_line():
    certificate = issued()
    picture = PdfDocument(files.place_of(certificate.sha256))[0].render(scale=2).to_numpy()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [made(certificate).address]


@pytest.mark.django_db
def test_the_same_intent_gives_the_same_bytes():
    certificate = issued()
    assert made(certificate).pdf == files.place_of(certificate.sha256).read_bytes()
    certificate.content["name"] = "別人"
    assert made(certificate).pdf != files.place_of(certificate.sha256).read_bytes()


@pytest.mark.django_db
def test_a_name_that_no_font_can_show_stops_the_print():
    certify(name="\U0002ffff 太郎")
    certificate = Certificate.objects.get()
    with pytest.raises(paper.CannotPrint):
        issue(certificate)
    assert Certificate.objects.get().sha256 == ""


@pytest.mark.django_db
def test_what_a_print_lost_is_made_again_by_the_next_round():
    """Killed after the file was kept and before the outcome was written: the intent is still there."""
    certify()
    intent = Certificate.objects.get()
    checkpoint(at=NOON)
    intent.proof = proof_of(intent)
    intent.save()
    kept = files.keep(made(intent).pdf)
    assert actions.issue(certificate_id=intent.pk, at=NOON) is True
    assert Certificate.objects.get().sha256 == kept


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE {0} SET sha256 = '', issued_at = NULL", "DELETE FROM {0}"])
def test_an_issued_certificate_cannot_be_unmade(sql):
    issued()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format("certificates_certificate"))


@pytest.mark.django_db
def test_nobody_gets_the_certificate_of_another():
    certificate = issued()
    tanaka = Person.objects.create_user("tanaka@example.jp")
    assert queries.certificate_of(certificate.term.certification.person, certificate.pk) == certificate
    assert queries.certificate_of(tanaka, certificate.pk) is None


@pytest.mark.django_db
def test_markup_in_a_name_is_only_a_name():
    certify(name="#panic() *太郎* $x$ @a")
    certificate = Certificate.objects.get()
    issue(certificate)
    text = PdfReader(files.place_of(Certificate.objects.get().sha256)).pages[0].extract_text()
    assert "#panic()*太郎*$x$@a" in text.replace(" ", "")


def test_without_its_fonts_nothing_is_printed(tmp_path):
    with pytest.raises(paper.CannotPrint, match="BIZ UDPMincho"):
        paper.our_fonts(tmp_path)
