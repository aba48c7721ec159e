"""Files between the drop and the import: strange columns, long imports, and whose file it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nintei.journal.models import Body
from nintei.payments import actions, office_files, queries, tasks
from nintei.payments.actions import runs
from nintei.payments.models import BankFile, BankLine, DroppedFile, Fee, ImportRun, TaughtTable
from nintei.payments.tests.conftest import AT, ON, somebody
from nintei.payments.tests.deeds import SATO, refused
from nintei.people.models import Person, Role
from nintei.site.demo import bank
from nintei.site.demo.bank import Transfer

pytestmark = pytest.mark.django_db

OFFICE = "/office/payments"
STRANGE = (
    "協同組合,,\r\nいつ,だれ,いくら,出し\r\n2026/1/15,0123サトウ ハナコ,11000,\r\n2026/1/16,デンキ,,800\r\n"
)
COLUMNS = {"name": "協同組合", "date": "いつ", "payer": "だれ", "credit": "いくら", "debit": "出し"}
Once = Callable[[], dict[str, str]]


@pytest.fixture
def once() -> Once:
    keys = iter(range(1000))
    return lambda: {"once": f"file-{next(keys):020}"}


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setenv("NINTEI_TODAY", ON.isoformat())


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def office(mori: Person) -> Client:
    return signed_in(mori)


def drop(office: Client, content: bytes, once: Once, name: str = "january.csv") -> str:
    answer = office.post(OFFICE, {"file": SimpleUploadedFile(name, content), **once()})
    assert answer.status_code == 302
    return str(answer.url)  # type: ignore[attr-defined]


# ---- columns that nobody knows -------------------------------------------------------------------


def test_strange_columns_are_asked_for_once_and_then_known(office: Client, fee: Fee, once: Once) -> None:
    url = drop(office, STRANGE.encode("cp932"), once)
    assert url.endswith("/columns")
    page = office.get(url).content.decode()
    assert ("2行目（見出し）" in page, "いくら" in page) == (True, True)
    answer = office.post(url, COLUMNS | once())
    assert (answer.status_code, TaughtTable.objects.count()) == (302, 1)
    preview = str(answer.url)  # type: ignore[attr-defined]
    assert "「協同組合」の並びとして読みました" in office.get(preview).content.decode()
    office.post(preview, once())
    assert (queries.is_settled(fee), BankFile.objects.get().format[:8]) == (True, "csv-own-")
    later = STRANGE.replace("1/15", "1/17").encode("cp932")
    assert drop(office, later, once).endswith("/columns") is False


def test_the_accountant_points_at_the_row_of_headings(office: Client, once: Once) -> None:
    url = drop(office, b"a1,b2,c3\r\n2026/1/15,x,5\r\n", once)
    assert "1行目（見出し）" in office.get(url).content.decode()
    assert "2行目（見出し）" in office.get(url, {"row": "2"}).content.decode()
    assert "1行目（見出し）" in office.get(url, {"row": "99"}).content.decode()


def test_columns_that_do_not_read_the_file_are_not_kept(office: Client, once: Once) -> None:
    url = drop(office, STRANGE.encode(), once)
    answer = office.post(url, COLUMNS | {"credit": "だれ", "payer": "いくら"} | once())
    page = answer.content.decode()
    assert (answer.status_code, TaughtTable.objects.count()) == (422, 0)
    assert "3行目：金額「0123サトウ ハナコ」を読めません。" in page
    answer = office.post(url, COLUMNS | {"payer": "いつ"} | once())
    assert (answer.status_code, TaughtTable.objects.count()) == (422, 0)


def test_a_forgotten_way_to_read_asks_again(office: Client, mori: Person, once: Once) -> None:
    url = drop(office, STRANGE.encode(), once)
    office.post(url, COLUMNS | once())
    table = TaughtTable.objects.get()
    assert "協同組合" in office.get("/office/payments/tables").content.decode()
    office.post(f"/office/payments/tables/{table.pk}/forget", once())
    assert list(queries.taught_tables()) == []
    preview = url.removesuffix("/columns")
    assert office.get(preview).status_code == 302
    columns = {"date": "いつ", "payer": "だれ", "credit": "いくら"}
    actions.teach_table(by=mori.by, actor=mori, name="協同組合", columns=columns, at=AT)
    assert office.get(preview).status_code == 200


def test_it_refuses_to_learn_half_a_table_or_one_name_twice(mori: Person, kato: Person) -> None:
    whole = {"date": "a", "payer": "b", "credit": "c"}
    teach: dict[str, Any] = {"by": mori.by, "actor": mori, "name": "x", "columns": whole, "at": AT}
    for columns in ({"date": "a", "payer": "b"}, whole | {"credit": "b"}, whole | {"balance": "d"}):
        with refused("table_incomplete"):
            actions.teach_table(**(teach | {"columns": columns}))
    with refused("not_accountant"):
        actions.teach_table(**(teach | {"actor": kato}))
    actions.teach_table(**teach)
    with refused("table_known"):
        actions.teach_table(**teach)


# ---- long imports --------------------------------------------------------------------------------


@pytest.fixture
def long_from_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_files, "LONG", 2)


def test_a_long_import_is_done_by_the_worker_and_watched(
    office: Client, fee: Fee, once: Once, long_from_two: None
) -> None:
    url = drop(office, bank.statement([SATO, Transfer("ハヤシ", 5_500)]), once)
    watched = str(office.post(url, once()).url)  # type: ignore[attr-defined]
    run = ImportRun.objects.get()
    assert watched.endswith(f"/runs/{run.pk}")
    assert (run.lines, run.ended_at, BankFile.objects.count()) == (2, None, 0)
    assert "2件のうち0件を照らし合わせました" in office.get(watched).content.decode()
    assert tasks.import_dropped(str(run.pk)) is True
    run.refresh_from_db()
    assert (run.new, run.settled, run.file, run.problem) == (2, 1, BankFile.objects.get(), None)
    assert (queries.is_settled(fee), DroppedFile.objects.count()) == (True, 0)
    assert "data-ended" in office.get(watched, {"watch": "1"}).content.decode()
    page = office.get(watched, follow=True).content.decode()
    assert "2件を読みました。 手数料1件を消し込みました。" in page


def test_a_run_that_is_asked_for_twice_imports_once(fee: Fee, mori: Person) -> None:
    content = bank.statement([SATO])
    dropped = actions.drop_file(by=mori.by, content=content, name="x.txt", at=AT)
    first = actions.start_run(by=mori.by, dropped=dropped.pk, lines=1, at=AT)
    again = actions.start_run(by=mori.by, dropped=dropped.pk, lines=1, at=AT)
    assert first == again
    assert [runs.do_run(run=first.pk, on=ON, at=AT) for _ in range(2)] == [True, False]
    assert (BankFile.objects.count(), BankLine.objects.count()) == (1, 1)
    assert runs.do_run(run=uuid4(), on=ON, at=AT) is False
    with refused("dropped_gone"):
        actions.start_run(by=mori.by, dropped=dropped.pk, lines=1, at=AT)


def test_a_run_whose_file_is_gone_or_broken_says_so(office: Client, mori: Person) -> None:
    for content, words in (
        (b"%PDF", "PDFのファイルです。"),
        (None, "読み込む前のファイルが残っていません。"),
    ):
        dropped = actions.drop_file(by=mori.by, content=content or b"x", name="x.txt", at=AT)
        run = actions.start_run(by=mori.by, dropped=dropped.pk, lines=1, at=AT)
        if content is None:
            actions.forget_file(by=mori.by, dropped=dropped.pk, at=AT)
        assert runs.do_run(run=run.pk, on=ON, at=AT) is True
        page = office.get(f"/office/payments/runs/{run.pk}").content.decode()
        assert ("明細を読み込めませんでした" in page, words in page) == (True, True)
    assert BankFile.objects.count() == 0


# ---- whose file it was ---------------------------------------------------------------------------


def test_nobody_takes_over_anothers_file_unnoticed(
    office: Client, mori: Person, fee: Fee, once: Once
) -> None:
    mizuno = somebody("mizuno", "ミズノ", Role.ACCOUNTANT)
    url, other = drop(office, bank.statement([SATO]), once), signed_in(mizuno)
    assert "さんが選んだファイルです" not in office.get(url).content.decode()
    assert "moriさんが選んだファイルです" in other.get(url).content.decode()
    other.post(url, once())
    leaf = Body.objects.get(verb="payments.import_file")
    assert (leaf.actor, leaf.data["dropped_by"]) == (mizuno.by, mori.by)


def test_a_file_that_is_forgotten_leaves_its_name_in_the_journal(
    office: Client, mori: Person, once: Once
) -> None:
    mizuno = somebody("mizuno", "ミズノ", Role.ACCOUNTANT)
    url = drop(office, bank.statement([SATO]), once)
    signed_in(mizuno).post(f"{url}/forget", once())
    leaf = Body.objects.get(verb="payments.forget_file")
    assert (leaf.actor, leaf.data) == (mizuno.by, {"name": "january.csv", "dropped_by": mori.by})
    assert DroppedFile.objects.count() == 0


# ---- money of nobody -----------------------------------------------------------------------------


def test_money_of_nobody_is_listed_with_its_age_oldest_first(office: Client, fee: Fee) -> None:
    content = bank.statement([SATO, Transfer("ハヤシ", 5_500), Transfer("ミズノ", 300, ON)])
    actions.import_file(by="system", content=content, name="1.txt", on=ON, at=AT)
    assert queries.undecided() == queries.Undecided(2, 5_800, Transfer("x").on)
    lines, pages = queries.open_lines_page(1)
    assert ([x.payer_key for x in lines], pages) == (["ハヤシ", "ミズノ"], 1)
    page = office.get(f"{OFFICE}/open", {"page": "7"}).content.decode()
    assert ("5,800円" in page, page.index("ハヤシ") < page.index("ミズノ")) == (True, True)
    assert '<td class="num tabular">5</td>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_open_money_costs_the_same_for_one_and_for_three(
    office: Client, rows: int, django_assert_num_queries: Any
) -> None:
    content = bank.statement([Transfer(f"ハヤシ{n}", 5_500) for n in range(rows)])
    actions.import_file(by="system", content=content, name="1.txt", on=ON, at=AT)
    with django_assert_num_queries(9):
        office.get(f"{OFFICE}/open")
