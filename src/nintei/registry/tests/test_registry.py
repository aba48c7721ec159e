"""Passes, certifications and status: the kernel's days, kept for ever."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from nintei.people.models import Person
from nintei.registry import actions, queries
from nintei.registry.models import ExamPass, StatusChange, Term
from nintei.registry.passfile import read
from nintei.rules.dates import StatusCode
from nintei.shared.clock import JST
from nintei.shared.refusals import Refused

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=JST)
EXAMS = frozenset({"OMP", "CAP", "SV", "OP", "EN"})
FILE = """試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日
OMP,2024000123,佐藤 花子,サトウ ハナコ,1990-04-02,sato@example.jp,合格,2024-10-08
CAP,2024000124,髙橋 𠮷之助,タカハシ キチノスケ,,,不合格,2024/10/8
SV,0007,田中 一郎,タナカ イチロウ,1985年1月5日,,合格,2024年10月8日
"""


@pytest.fixture
def sato(db):
    return Person.objects.create_user("sato@example.jp", name="佐藤 花子", kana="サトウ ハナコ")


def take_in(text=FILE, encoding="utf-8", name="results.csv"):
    return actions.import_passes(by="person:ito", data=text.encode(encoding), name=name, on=DAY, at=NOON)


def certified(sato, issued_on=date(2024, 10, 8), on=DAY):
    report = ExamPass.objects.create(
        exam="OMP",
        number="1",
        name="佐藤",
        kana="サトウ",
        passed=True,
        issued_on=issued_on,
        person=sato,
        imported_at=NOON,
    )
    certification = actions.certify(
        by="person:kato",
        person=sato,
        qualification="OMP",
        exam_pass=report,
        decided_on=on,
        edition_id="conken:test",
        cause="application:1",
        at=NOON,
    )
    return queries.certification_of(sato, certification.qualification)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_it_reads_a_file_of_results(encoding):
    reading = read(FILE.encode(encoding), EXAMS, DAY)
    assert reading.faults == ()
    assert [(row.exam, row.number, row.passed, row.issued_on) for row in reading.rows] == [
        ("OMP", "2024000123", True, date(2024, 10, 8)),
        ("CAP", "2024000124", False, date(2024, 10, 8)),
        ("SV", "0007", True, date(2024, 10, 8)),
    ]
    assert reading.rows[1].name == "髙橋 𠮷之助"


def test_it_reads_cp932_with_its_own_letters():
    text = FILE.replace("𠮷", "吉")
    assert read(text.encode("cp932"), EXAMS, DAY).rows[1].name == "髙橋 吉之助"


@pytest.mark.parametrize(
    ("change", "line", "column"),
    [
        (lambda _: "", 1, ""),
        (lambda text: text.splitlines()[0], 1, ""),
        (lambda text: text.replace("合格者番号", "番号札"), 1, "合格者番号"),
        (lambda text: text.replace("OMP,", "XYZ,"), 2, "試験"),
        (lambda text: text.replace("サトウ ハナコ", ""), 2, "カナ"),
        (lambda text: text.replace("2024-10-08", "2024-02-30"), 2, "発行日"),
        (lambda text: text.replace("2024-10-08", "2026-11-25"), 2, "発行日"),
        (lambda text: text.replace("1990-04-02", "2990-04-02"), 2, "生年月日"),
        (lambda text: text.replace("不合格", "保留"), 3, "合否"),
        (lambda text: text.replace("CAP,2024000124", "OMP,2024000123"), 3, "合格者番号"),
    ],
)
def test_a_fault_says_line_and_column(change, line, column):
    faults = read(change(FILE).encode(), EXAMS, DAY).faults
    assert [(fault.line, fault.column) for fault in faults] == [(line, column)]
    assert faults[0].text.ja
    assert faults[0].text.en


@pytest.mark.parametrize("encoding", ["utf-16", "euc_jp"])
def test_another_encoding_is_named_not_guessed(encoding):
    faults = read(FILE.replace("𠮷", "吉").replace("髙", "高").encode(encoding), EXAMS, DAY).faults
    assert ["UTF-8" in fault.text.ja for fault in faults] == [True]


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing():
    assert take_in()[:2] == (3, 0)
    assert take_in()[:2] == (0, 3)
    assert ExamPass.objects.count() == 3


@pytest.mark.django_db
def test_one_fault_and_nothing_is_imported():
    with pytest.raises(Refused) as refusal:
        take_in(FILE.replace("OMP,", "XYZ,"))
    assert (refusal.value.code, ExamPass.objects.count()) == ("registry.file_has_faults", 0)


@pytest.mark.django_db
def test_a_report_on_file_with_other_details_is_told():
    take_in()
    preview = actions.preview_passes(data=FILE.replace("2024-10-08", "2024-10-09").encode(), on=DAY)
    assert [(fault.line, fault.column) for fault in preview.faults] == [(2, "合格者番号")]


def test_a_report_comes_to_whoever_confirmed_its_address(sato):
    take_in()
    assert actions.claim_by_email(by="system", person=sato, at=NOON) == 1
    assert actions.claim_by_email(by="system", person=sato, at=NOON) == 0
    assert queries.pass_of(sato, "OMP").number == "2024000123"
    assert queries.pass_of(sato, "CAP") is None


def test_a_report_is_claimed_by_number_and_birth_date(sato):
    take_in()
    report = actions.claim_report(by="s", person=sato, number=" 0007", born_on=date(1985, 1, 5), at=NOON)
    assert report.person == sato
    for number, born_on in [("0007", date(1985, 1, 6)), ("0008", date(1985, 1, 5))]:
        with pytest.raises(Refused) as refusal:
            actions.claim_report(by="s", person=sato, number=number, born_on=born_on, at=NOON)
        assert refusal.value.code == "registry.report_not_found"


def test_a_report_of_somebody_else_cannot_be_claimed(sato):
    take_in()
    actions.claim_by_email(by="system", person=sato, at=NOON)
    tanaka = Person.objects.create_user("tanaka@example.jp")
    with pytest.raises(Refused):
        actions.claim_report(by="t", person=tanaka, number="2024000123", born_on=date(1990, 4, 2), at=NOON)


def test_validity_is_the_report_s_whenever_it_is_decided(sato):
    """MAN-イ.C1: 申請時期にかかわらず."""
    term = queries.current_term(certified(sato), DAY)
    assert (term.starts_on, term.ends_on) == (date(2025, 4, 1), date(2028, 3, 31))


def test_the_same_decision_certifies_once(sato):
    first = certified(sato)
    again = actions.certify(
        by="k",
        person=sato,
        qualification="OMP",
        exam_pass=first.exam_pass,
        decided_on=DAY,
        edition_id="e",
        cause="application:1",
        at=NOON,
    )
    assert (again.pk, Term.objects.count()) == (first.pk, 1)
    with pytest.raises(Refused) as refusal:
        actions.certify(
            by="k",
            person=sato,
            qualification="OMP",
            exam_pass=first.exam_pass,
            decided_on=DAY,
            edition_id="e",
            cause="application:2",
            at=NOON,
        )
    assert refusal.value.code == "registry.already_certified"


def test_numbers_follow_each_other_in_a_year(sato):
    assert certified(sato).number == "OMP-2026-000001"
    assert queries.by_number(" omp-2026-000001 ").person == sato
    assert queries.by_number("OMP-2026-000002") is None


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2026, 11, 23), StatusCode.NOT_CERTIFIED),
        (date(2026, 11, 24), StatusCode.VALID),
        (date(2028, 3, 31), StatusCode.VALID),
        (date(2028, 4, 1), StatusCode.EXPIRED),
    ],
)
def test_status_turns_at_midnight_in_japan(sato, on, code):
    assert queries.status_on(certified(sato), on).code == code


def of(person):
    """The certification as the registry has it now."""
    found = queries.certification_of(person, "OMP")
    assert found
    return found


def renewal(certification, filed_on=date(2028, 2, 1)):
    actions.file_renewal(by="s", certification=certification, on=filed_on, cause="application:9", at=NOON)
    return queries.certification_of(certification.person, "OMP")


def test_filed_in_time_stays_valid_until_decided(sato):
    """AMB-V8."""
    certification = renewal(certified(sato))
    assert queries.status_on(certification, date(2028, 4, 10)).code == StatusCode.VALID_PENDING_RENEWAL


def test_a_renewal_gives_the_next_validity_and_keeps_the_number(sato):
    certification = renewal(certified(sato))
    kept = {"certification": certification, "decided_on": date(2028, 3, 1), "edition_id": "e", "at": NOON}
    term = actions.renew(by="k", cause="application:9", **kept)
    assert actions.renew(by="k", cause="application:9", **kept) == term
    assert (term.starts_on, term.ends_on) == (date(2028, 4, 1), date(2031, 3, 31))
    renewed = of(sato)
    assert [queries.status_on(renewed, on).code for on in (date(2028, 3, 31), date(2028, 4, 1))] == [
        "VALID"
    ] * 2
    assert renewed.number == certification.number


def test_a_refused_renewal_ends_with_the_present_validity(sato):
    certification = renewal(certified(sato))
    actions.refuse_renewal(
        by="k", certification=certification, on=date(2028, 3, 1), cause="application:9", at=NOON
    )
    refused = of(sato)
    assert [queries.status_on(refused, on).code for on in (date(2028, 3, 31), date(2028, 4, 1))] == [
        "VALID",
        "EXPIRED",
    ]


def test_a_renewal_is_filed_once_for_any_number_of_requests(sato):
    certification = renewal(renewal(certified(sato)))
    assert StatusChange.objects.filter(certification=certification).count() == 1


@pytest.mark.parametrize("table", ["registry_term", "registry_statuschange"])
@pytest.mark.parametrize("verb", ["UPDATE {0} SET cause = 'x'", "DELETE FROM {0}"])
def test_what_was_entered_cannot_be_edited(sato, table, verb):
    renewal(certified(sato))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def test_a_term_cannot_end_before_it_starts(sato):
    certification = certified(sato)
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(
            certification=certification,
            starts_on=DAY,
            ends_on=DAY,
            decided_on=DAY,
            edition="e",
            cause="c",
            recorded_at=NOON,
        )


@pytest.mark.parametrize("holders", [1, 3])
def test_certifications_come_in_three_queries(sato, holders, django_assert_num_queries):
    certified(sato)
    with django_assert_num_queries(3):
        for certification in queries.certifications(sato) * holders:
            queries.status_on(certification, DAY)
