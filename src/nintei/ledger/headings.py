"""The headers of a CPD log, as Japanese and English spreadsheets write them, and the rows that are no entry. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nintei.ledger.cells import folded
from nintei.ledger.faults import Fault, Unusable
from nintei.ledger.sheets import Row
from nintei.rules.edition import Text

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("番号", "id", "no", "no.", "#", "通番", "項番"),
    "category": ("区分", "カテゴリ", "カテゴリー", "種別", "cpd区分", "cpdカテゴリ", "cpdカテゴリー",
                 "category", "type", "cpd category"),
    "date": ("日付", "実施日", "受講日", "活動日", "学習日", "開始日", "年月日", "実施年月日", "受講年月日",
             "活動年月日", "date", "day", "on", "start", "start date", "activity date", "date of activity"),
    "until": ("終了日", "until", "end", "end date"),
    "hours": ("時間", "時間数", "所要時間", "受講時間", "学習時間", "活動時間", "実施時間", "時間(h)", "時間(時間)",
              "時間数(h)", "時間数(時間)", "hours", "time", "duration", "hours(h)", "cpd hours", "duration(h)"),
    "minutes": ("分", "分数", "時間(分)", "所要時間(分)", "時間数(分)", "minutes", "min", "mins", "duration(min)",
                "duration(minutes)"),
    "items": ("件数", "個数", "編数", "items", "pieces"),
    "field": ("分野", "業務分野", "7分野", "業務の7分野", "分野番号", "field", "topic", "topic area",
              "field of practice"),
    "title": ("内容", "件名", "活動名", "活動内容", "研修名", "コース名", "研修コース名", "講座名", "セミナー名",
              "テーマ", "題名", "タイトル", "title", "activity", "course", "activity title", "course title",
              "description"),
    "proof": ("証明", "証明書", "証明書類", "証明の種類", "証明書の有無", "証明資料", "proof", "evidence"),
    "registered": ("認定コース", "認定研修", "認定・主催", "登録コース",
                   "registered", "accredited", "registry_course"),
    "detail": ("詳細", "内容詳細", "学習内容", "detail", "details"),
    "same": ("同一活動", "同じ活動", "same_activity"),
    "serves": ("対象資格", "for"),
    "cycle_start": ("有効期間開始", "有効期間開始日", "cycle_start"),
    "report_issued": ("レポート発行日", "合格証明書発行日", "試験結果レポート発行日",
                      "report_issued", "report_issue_date"),
    "submitted": ("更新申請日", "submitted", "submission_date"),
    "certified": ("認定日", "certified", "certified_date"),
    "qualification": ("資格", "qualification", "programme"),
    # Read by people. Points are reckoned anew from the time, whatever somebody has written down.
    "organiser": ("主催", "主催者", "主催団体", "提供者", "実施機関", "研修機関", "著者",
                  "provider", "organizer", "organiser", "host", "author"),
    "competency": ("コンピテンシー", "competency"),
    "begins": ("開始時刻", "開始時間", "start time", "begins"),
    "holder": ("認定番号", "メール", "メールアドレス", "holder", "certification number", "email", "e-mail"),
    "note": ("備考", "メモ", "講師", "場所", "会場",
             "形式", "受講形式", "種類", "氏名", "名前", "会社", "会社名", "所属", "担当", "年度",
             "ポイント", "ポイント数", "cpdポイント", "申請ポイント",
             "note", "notes", "remarks", "comment", "comments",
             "location", "venue", "format", "kind", "name", "company", "organisation", "organization", "url", "year",
             "points", "cpd points", "third_party_proof"),
}  # fmt: skip
WORDS = frozenset({"note", "organiser"})
"""Columns for people, of which a table may have several."""
QUANTITIES = frozenset({"hours", "minutes", "items"})
_MEANING = {folded(header): column for column, headers in COLUMNS.items() for header in headers}
_HEADER_WITHIN = 10
_REMARK = re.compile(r"(?:\([^()]*\)|[*※:])+$")
_SUM = re.compile(
    r"(?:(?:令和|平成|r|h)?\d{1,4}年度?の?)?"
    r"(?:合計|小計|総計|総合計|累計|計|total|subtotal|sub-total|grandtotal|sum):?"
)
_NUMBER = re.compile(r"-|-?(?:\d+days?,)?[\d.:]+(?:時間|分|h|min|ポイント|pt)?(?:\d+分)?", re.ASCII)
_LAST_WORDS = frozenset({"以上", "end"})


def meaning_of(header: object) -> str | None:
    """What a column holds, by its header; a remark behind it (`区分(A～D)`, `日付※`) does not matter.

    Behind a time a remark may be its unit, so only those known are taken.

    >>> meaning_of("区分（A～D）"), meaning_of("時間(分)"), meaning_of("時間(日)"), meaning_of("気分")
    ('category', 'minutes', None, None)
    """
    text = folded(header)
    if text in _MEANING:
        return _MEANING[text]
    meaning = _MEANING.get(_REMARK.sub("", text))
    return None if meaning in QUANTITIES and "(" in text else meaning


def header_of(rows: Sequence[Row]) -> int | None:
    """The place of the header: the first row that names at least two columns we know."""
    for place, (_, row) in enumerate(rows[:_HEADER_WITHIN]):
        if len({meaning_of(cell) for cell in row} - {None}) > 1:
            return place
    return None


def _english(headers: Sequence[str]) -> str:
    return next((each for each in headers if each.isascii() and len(each) > 1), headers[0])


def columns_of(number: int, headers: Sequence[str]) -> dict[str, str]:
    """The header that stands for each meaning. `Unusable` for unknown, doubled or missing columns."""
    known = Text("、".join(each[0] for each in COLUMNS.values()), ", ".join(map(_english, COLUMNS.values())))
    found: dict[str, str] = {}
    faults = []
    for header in filter(None, headers):
        meaning = meaning_of(header)
        if meaning is None:
            faults.append(Fault("log.unknown_column", number, header, {"column": header, "known": known}))
        elif meaning in found and meaning in WORDS:
            continue  # the first of them is taken
        elif meaning in found:
            faults.append(Fault("log.same_column_twice", number, header, {"column": header}))
        else:
            found[meaning] = header
    faults += [
        Fault("log.missing_column", number, data={"column": COLUMNS[meaning][0]})
        for meaning in ("category", "date", "hours")
        if meaning not in found and not (meaning == "hours" and QUANTITIES & found.keys())
    ]
    if faults:
        raise Unusable(*faults)
    return found


def is_no_entry(row: Sequence[object], header: Sequence[object]) -> bool:
    """Whether a row is a sum of those above, the header once more, or a lone remark under the table.

    A sum has a word for it and no word besides: what names a category, a day or a title is an entry.
    """
    cells = [folded(cell) for cell in row]
    words = [cell for cell in cells if cell and not _NUMBER.fullmatch(cell)]
    if words and all(map(_SUM.fullmatch, words)):
        return True
    if len(words) == 1 and sum(map(bool, cells)) == 1:
        return words[0] in _LAST_WORDS or words[0].startswith(("※", "*", "注", "note"))
    return cells == [folded(cell) for cell in header]
