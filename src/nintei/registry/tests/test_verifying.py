"""The public page: number and name, or the QR; one answer for whatever does not fit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nintei.people.models import Person
from nintei.registry import actions, queries
from nintei.registry.case_states import CaseKind
from nintei.registry.models import Certification, ExamPass
from nintei.registry.queries import Question
from nintei.registry.tests.conftest import TODAY, at, fresh, through

pytestmark = pytest.mark.usefixtures("a_day")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ask(client: Any, number: str, name: str, on: date = TODAY) -> Any:
    day = {"on_year": on.year, "on_month": on.month, "on_day": on.day}
    return client.post("/verify", {"number": number, "name": name} | day)


def test_it_answers_for_a_day_and_shows_what_the_holder_consented_to(client: Any, omp: Certification) -> None:
    days = {
        date(2024, 1, 9): "この日は、まだ認定されていません",
        date(2024, 1, 10): "認定済みで、有効期間はこれからです",
        date(2024, 4, 1): "この資格は有効です",
    }
    for day, sentence in days.items():
        assert sentence in text(ask(client, omp.number, "鈴木 美咲", day))
    shown = text(ask(client, f" {omp.number.lower()} ", "すずき　みさき"))
    assert "この資格は有効です" in shown
    assert "オペレーションマネジメント" in shown
    assert "お書きになった氏名と合っています" in shown
    hidden = ("鈴木 美咲", "SUZUKI Misaki", "2027年3月31日")
    assert [words in shown for words in hidden] == [False, False, False]
    for fields, seen in (
        ({"latin"}, [False, True, False]),
        ({"name", "validity"}, [True, False, True]),
        (set(), [False, False, False]),
    ):
        actions.consent(by="s", subject=omp, fields=frozenset(fields), at=at(TODAY))
        shown = text(ask(client, omp.number, "スズキ ミサキ"))
        assert [words in shown for words in hidden] == seen


def test_the_qr_opens_without_a_name_and_says_what_is_on_the_paper(client: Any, omp: Certification) -> None:
    shown = text(client.get(f"/verify/{omp.number}", {"id": omp.verify_id, "on": "2030-01-01"}))
    assert "鈴木 美咲" in shown
    assert "2027年3月31日" in shown
    # Never an answer for a day to come.
    assert "2026年11月24日（火）の時点" in shown
    for wrong in ({"id": "x"}, {"id": "あ"}):
        assert client.get(f"/verify/{omp.number}", wrong).status_code == 404
    # The number alone is asked for a name, whether there is one or not.
    pages = [client.get(f"/verify/{number}") for number in (omp.number, "OMP-1999-000001")]
    assert [page.status_code for page in pages] == [200, 200]
    told = [stripped(page, omp.number, "OMP-1999-000001") for page in pages]
    assert told[0] == told[1]


def stripped(response: Any, *words: str) -> str:
    """The page without what the asker typed and the form's own key."""
    shown = text(response)
    for word in words:
        shown = shown.replace(word, "")
    start = shown.index("csrfmiddlewaretoken")
    return shown[:start] + shown[shown.index(">", start) :]


def test_a_wrong_name_and_a_missing_number_are_one_answer_in_the_same_questions(
    client: Any, omp: Certification
) -> None:
    """By structure rather than by the clock: the same queries, the same page."""
    asked = [(omp.number, "田中 凪"), ("OMP-1999-000001", "鈴木 美咲"), (f"SV-{omp.number}", "鈴木 美咲")]
    told = []
    for number, name in asked:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page = ask(client, number, name)
        register = [q["sql"].split(" WHERE ")[0] for q in caught if "registry_" in q["sql"]]
        told.append((page.status_code, register, stripped(page, number, name)))
    assert told[0][0] == 404
    assert len(told[0][1]) == 3
    assert told[0] == told[1] == told[2]
    assert "この番号と氏名に合う認定は見つかりません" in told[0][2]
    # The control: what fits is another answer.
    assert ask(client, omp.number, "鈴木 美咲").status_code == 200


def test_an_exam_that_is_the_qualification_is_registered_from_the_pass_list(client: Any, db: None) -> None:
    """SV, OP and EN need no certification (MAN-表.5–8); a pass in OMP's exam is none."""
    file = """試験,合格者番号,氏名,カナ,合否,発行日
SV,7001,小川 真由,オガワ マユ,合格,2024-10-08
OP,7002,小川 真由,オガワ マユ,不合格,2024-10-08
OMP,7003,小川 真由,オガワ マユ,合格,2024-10-08
"""
    actions.import_passes(by="s", data=file.encode(), name="p.csv", on=TODAY, at=at(TODAY))
    shown = text(ask(client, "SV-7001", "小川 真由"))
    assert "この合格は登録されています（有効期限はありません）" in shown
    assert "2024年10月8日" not in shown
    codes = [
        ask(client, number, "オガワ マユ").status_code for number in ("7001", "OP-7002", "OMP-7003", "7003")
    ]
    assert codes == [200, 404, 404, 404]
    assert ask(client, "SV-7001", "小川 真由", date(2024, 10, 7)).status_code == 404
    report = ExamPass.objects.get(number="7001")
    actions.consent(by="s", subject=report, fields=frozenset({"name", "validity"}), at=at(TODAY))
    shown = text(ask(client, "SV-7001", "オガワ マユ"))
    assert ("小川 真由" in shown, "2024年10月8日" in shown) == (True, True)


def test_a_revocation_is_on_the_page_at_once_and_last_year_stays_valid(
    client: Any, omp: Certification, ito: Person, kato: Person
) -> None:
    through(ito, kato, omp, CaseKind.REVOKE, TODAY)
    shown = text(ask(client, omp.number, "鈴木 美咲"))
    assert "この資格は有効ではありません（取り消されました）" in shown
    assert "届がありました" not in shown
    assert "この資格は有効です" in text(ask(client, omp.number, "鈴木 美咲", date(2025, 11, 24)))


def test_a_lost_paper_opens_nothing_and_a_new_name_answers_to_both(
    client: Any, omp: Certification, ito: Person, kato: Person
) -> None:
    old = omp.verify_id
    through(ito, kato, omp, CaseKind.LOSS, TODAY)
    assert client.get(f"/verify/{omp.number}", {"id": old}).status_code == 404
    new = {"name": "高橋 美咲", "kana": "たかはし みさき", "latin": "TAKAHASHI Misaki"}
    through(ito, kato, fresh(omp.person), CaseKind.NAME, TODAY, **new)
    shown = text(client.get(f"/verify/{omp.number}", {"id": fresh(omp.person).verify_id}))
    assert ("高橋 美咲" in shown, "鈴木 美咲" in shown) == (True, False)
    # Papers with the old name are about; who has one may still check it.
    assert [ask(client, omp.number, name).status_code for name in ("鈴木 美咲", "高橋 美咲", "TAKAHASHI misaki")] == [
        200, 200, 200,
    ]  # fmt: skip


def test_what_was_not_known_yet_is_no_answer(omp: Certification) -> None:
    asked = Question(omp.number, "鈴木 美咲", "", date(2024, 4, 1))
    assert queries.public_answer(asked) is not None
    assert queries.public_answer(asked._replace(known=at(date(2024, 1, 9)))) is None


def test_whoever_guesses_is_told_to_wait(client: Any, omp: Certification) -> None:
    codes = [ask(client, f"OMP-2024-{n:06}", "鈴木 美咲").status_code for n in range(100, 131)]
    assert codes == [404] * 30 + [429]
    # The page itself still opens.
    assert client.get("/verify").status_code == 200


def test_a_question_without_a_name_or_for_tomorrow_is_asked_again(client: Any, db: None) -> None:
    shown = text(ask(client, "", "", date(2026, 11, 25)))
    wanted = ("認定番号を書いてください", "その方の氏名を書いてください", "今日までの日にしてください")
    assert [words in shown for words in wanted] == [True, True, True]
