"""Each kind of finding that lint has, whole: where, how grave, in both languages, with its clauses."""

# ruff: noqa: E501

from __future__ import annotations

from collections import Counter

import pytest

from nintei.rules.lint import lint
from nintei.rules.load import load
from nintei.rules.tests.shelf import ON

CONKEN = load("conken", ON)

FIRST_OF_EACH = [
    ("cap_never_binds", "points.caps.B.per_cycle", "warning",
     "上限15が効くことはありません。1つの周期は3つの年(cycle_year)にまたがり、ほかの上限(points.caps.B.per_year = 5)だけで15が最大になるためです。",
     "The cap of 15 can never bind: a cycle spans 3 years (cycle_year), and the other caps (points.caps.B.per_year = 5) already allow 15 at most.",
     ["CPD-B.5c", "CPD-B.5d"]),
    ("days_no_cycle_counts", "points.window", "warning",
     "更新申請から満了までの31～90日間の活動は、どの周期にも数えられません。",
     "Activity in the 31–90 days between filing and expiry counts in no cycle.",
     ["CPD-1.4", "MAN-イ.C3"]),
    ("code_without_definition", "fields.1", "warning",
     "(CA)は2つの分野(1, 6)に使われていますが、どこにも定義がありません。",
     "(CA) is used for 2 field(s) (1, 6) and defined for none.",
     ["CPD-F1.0", "CPD-F6.0"]),
    ("code_of_two_kinds", "qualifications.OP", "note",
     "OPは資格とコンピテンシーの両方のコードです。",
     "OP is the code of a qualification and of a competency area.",
     ["MAN-表.7", "CPD-K.OP"]),
    ("shared_name", "areas.IC.items.IC-6", "warning",
     "IC-6とIC-10は同じ名称「ITサービスマネジメント」です。",
     "IC-6 and IC-10 share the name ITサービスマネジメント.",
     ["CPD-K.IC-6", "CPD-K.IC-10"]),
    ("documents_differ", "fields.1", "note",
     "分野1の記載が文書によって違います: cpd-2026-01 コンタクトセンター戦略 (ST, CA, AU) / manual-2019-10 コンタクトセンター戦略 (ST)",
     "The documents print field 1 differently: cpd-2026-01 コンタクトセンター戦略 (ST, CA, AU) / manual-2019-10 コンタクトセンター戦略 (ST)",
     ["CPD-F1.0", "MAN-F1.0"]),
    ("source_misprint", "fields.4.examples.F4.1.printed.cpd-2026-01", "note",
     "ERR-01 誤植: フォーカスト(業務量予測)業務 → フォーキャスト(業務量予測)業務",
     "ERR-01 Misprint: フォーカスト(業務量予測)業務 → フォーキャスト(業務量予測)業務 (typo; the 2019 table and the bracketed gloss agree)",
     ["CPD-F4.1"]),
    ("source_outdated", "fees.bank", "warning",
     "ERR-13 古くなった記載: 三菱東京UFJ銀行 新宿中央支店 → 三菱UFJ銀行 新宿中央支店",
     "ERR-13 Outdated: 三菱東京UFJ銀行 新宿中央支店 → 三菱UFJ銀行 新宿中央支店 (bank renamed 2018-04-01, before this edition)",
     ["MAN-ウ④.4"]),
    ("unset", "unset.renewal_fee", "warning",
     "未設定: 更新審査の手数料(税抜)。決めるのは一般社団法人 日本コンタクトセンター教育検定協会です。",
     "Unset: Renewal examination fee before tax. It is for Japan Contact Center Education and Certification Association to say.",
     []),
    ("open_reading", "validity.same_day_counts", "note",
     "AMB-V1 レポートの発行日が4月1日のとき、「次の4月1日」はその日か: 「次の」はその日を含まないと読み、翌年の4月1日に始まります。",
     'AMB-V1 Report issued exactly on 1 April: is "the next 1 April" that day?: "Next" excludes the day itself, so validity starts a year later.',
     ["MAN-イ.C1"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "key", "level", "ja", "en", "clauses"), FIRST_OF_EACH)
def test_the_first_finding_of_each_kind_is_told_whole(
    code: str, key: str, level: str, ja: str, en: str, clauses: list[str]
) -> None:
    first = next(each for each in lint(CONKEN) if each.code == code)
    told = (first.key, first.level, first.text.ja, first.text.en, [cite.clause for cite in first.citations])
    assert told == (key, level, ja, en, clauses)


def test_only_what_someone_should_decide_is_a_warning() -> None:
    found = lint(CONKEN)
    levels = Counter((each.code, each.level) for each in found)
    del levels["unset", "warning"], levels["open_reading", "note"], levels["open_reading", "warning"]
    assert levels == {
        ("cap_never_binds", "warning"): 3,
        ("days_no_cycle_counts", "warning"): 1,
        ("code_without_definition", "warning"): 2,
        ("code_of_two_kinds", "note"): 1,
        ("shared_name", "warning"): 1,
        ("documents_differ", "note"): 3,
        ("source_misprint", "note"): 10,
        ("source_duplicate", "note"): 1,
        ("source_undefined", "note"): 2,
        ("source_differs", "note"): 5,
        ("source_outdated", "warning"): 1,
        ("source_lost", "note"): 2,
    }
    heavy = {
        reading.decides or f"readings.{key}"
        for key, reading in CONKEN.readings.items()
        if reading.weight == "H"
    }
    assert {each.key for each in found if (each.code, each.level) == ("open_reading", "warning")} == heavy


def test_a_space_more_or_less_is_no_difference_of_two_prints() -> None:
    field = CONKEN.fields["5"]
    names = {**field.names_printed, "manual-2019-10": " ヒューマン リソースマネジメント"}
    spaced = CONKEN._replace(fields={"5": field._replace(names_printed=names)})
    assert [each.key for each in lint(spaced) if each.code == "documents_differ"] == []
    other = {**names, "manual-2019-10": "ヒューマンリソース"}
    changed = CONKEN._replace(fields={"5": field._replace(names_printed=other)})
    assert [each.key for each in lint(changed) if each.code == "documents_differ"] == ["fields.5"]
