"""Early holders (MAN-イ.※1): entered with the printed expiry, all or nothing, once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.people.models import Person
from nintei.registry import actions, queries
from nintei.registry.models import Certification, Term
from nintei.registry.tests.conftest import TODAY, at
from nintei.shared.refusals import Refused

HEAD = "認定番号,資格,氏名,カナ,ローマ字,生年月日,メール,住所,申請日,認定日,有効期間開始日,資格有効期日\n"
OLD = "OMP-0007,OMP,古川 実,フルカワ ミノル,,1970-05-01,furukawa@example.jp,,2018-11-05,2018-12-20,,2021-12-20\n"
AGAIN = OLD.replace(",,2021-12-20", ",2021-12-21,2027-03-31")
PAPER = "CAP-0003,CAP,原 菜月,はら なつき,HARA Natsuki,,,東京都港区1-1,2017-04-01,2017-05-01,2017-05-01,2020-04-30\n"
LATE = "OMP-0009,OMP,西 海斗,ニシ カイト,,,nishi@example.jp,,2019-01-01,2019-02-01,,2022-03-31\n"


def take_in(text: str, **more: Any) -> Any:
    told: dict[str, Any] = {"by": "s", "name": "h.csv", "on": TODAY, "at": at(TODAY)}
    return actions.import_holders(data=(HEAD + text).encode("cp932"), **told | more)


@pytest.mark.django_db
def test_the_printed_expiry_is_the_expiry_and_the_same_file_is_once() -> None:
    done = take_in(OLD + AGAIN + PAPER)
    assert ([row.number for row in done.new], done.known) == (["CAP-0003", "OMP-0007"], 0)
    again = take_in(OLD + AGAIN + PAPER)
    assert (again.new, again.known, Certification.objects.count(), Term.objects.count()) == ((), 2, 2, 3)
    held = queries.by_number("OMP-0007")
    assert held
    days = (date(2018, 12, 19), date(2018, 12, 20), date(2021, 12, 21), date(2027, 3, 31), date(2027, 4, 1))
    assert [queries.status_on(held, day).code for day in days] == [
        "NOT_CERTIFIED", "VALID", "VALID", "VALID", "EXPIRED",
    ]  # fmt: skip
    assert held.person.email == "furukawa@example.jp"
    paper = queries.by_number("CAP-0003")
    assert paper
    assert (paper.person.email, paper.person.postal_address) == ("", "東京都港区1-1")
    assert queries.registered_name(paper) == ("原 菜月", "ハラ ナツキ", "HARA Natsuki")


@pytest.mark.django_db
def test_a_fault_is_told_by_row_and_column_and_nothing_is_kept() -> None:
    bad = "CAP-0004,SV,,x,,2030-01-01,,,2018-13-01,2018-01-01,,2017-01-01\n"
    preview = actions.preview_holders(data=(HEAD + OLD + LATE + bad).encode(), on=TODAY)
    assert [(fault.line, fault.column) for fault in preview.faults] == [
        (3, "申請日"), (4, "カナ"), (4, "住所"), (4, "氏名"), (4, "生年月日"), (4, "申請日"), (4, "資格"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refusal:
        take_in(OLD + LATE + bad)
    assert (refusal.value.code, Person.objects.count()) == ("registry.file_has_faults", 0)
    assert [row.number for row in take_in(OLD + LATE + bad, partial=True).new] == ["OMP-0007"]


@pytest.mark.django_db
def test_a_gap_another_person_and_an_address_in_use_are_faults() -> None:
    gap = AGAIN.replace("2021-12-21", "2021-12-22")
    other = AGAIN.replace("フルカワ", "フルヤ")
    Person.objects.create_user("furukawa@example.jp", name="別の人")
    told = [
        actions.preview_holders(data=(HEAD + text).encode(), on=TODAY).faults
        for text in (OLD + gap, OLD + other, OLD)
    ]
    assert [[(fault.line, fault.column) for fault in faults] for faults in told] == [
        [(3, "有効期間開始日")], [(3, "認定番号")], [(2, "メール")],
    ]  # fmt: skip
    # With a postal address they are entered as a person of their own: an address is nobody's identity.
    take_in(OLD.replace("furukawa@example.jp,,", "furukawa@example.jp,大阪市北区2-2,"))
    held = queries.by_number("OMP-0007")
    assert held
    assert (held.person.email, held.person.name, Person.objects.count()) == ("", "古川 実", 2)
    changed = actions.preview_holders(
        data=(HEAD + OLD.replace("2021-12-20", "2022-12-20")).encode(), on=TODAY
    )
    assert [(fault.line, fault.column) for fault in changed.faults] == [(2, "認定番号")]


def test_the_office_looks_first_and_then_enters(client: Any, ito: Person, a_day: None) -> None:
    client.force_login(ito)

    def send(text: str, what: str, **more: str) -> Any:
        file = SimpleUploadedFile("h.csv", (HEAD + text).encode())
        told = {"once": f"{what}{len(text)}".ljust(20, "x"), "what": what, "file": file}
        return client.post("/office/registry/holders", told | more, follow=True)

    looked = send(OLD + LATE, "look").content.decode()
    assert ("古川 実" in looked, "2018-12-31より後の申請です" in looked, Certification.objects.count()) == (
        True,
        True,
        0,
    )
    assert send(OLD + LATE, "enter").status_code == 200
    assert Certification.objects.count() == 0
    assert (
        "1件を名簿に登録しました（登録済み0件、除いた誤り1件）"
        in send(OLD + LATE, "enter", partial="on").content.decode()
    )
    assert Certification.objects.get().number == "OMP-0007"
