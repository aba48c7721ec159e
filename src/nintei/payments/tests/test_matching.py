"""Whose fee a transfer pays: the manual's example, what banks do to names, and everything that must not be guessed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nintei.payments.matching import (
    BulkAgreement,
    Deposit,
    Match,
    Matcher,
    OpenApplication,
    Payer,
    Reason,
    Status,
    bank_width,
    is_cut_off,
    match,
    normalise,
    plain,
    unvoiced,
)

FEE = 11_000
SATO = OpenApplication("AP1", "sato", "2025000123", "コンケン タロウ")
SATO_CAP = OpenApplication("AP6", "sato", "2025001777", "コンケン タロウ")
GOTO = OpenApplication("AP3", "goto", "2025000789", "ゴトウ ゲンジ")
YAMADA = OpenApplication("AP4", "yamada", "2024990123", "ヤマダ ハナコ")
NAMESAKE = OpenApplication("AP5", "namesake", "2024990123", "コンケン タロウ")
OTHER_NAMESAKE = OpenApplication("AP12", "other", "2025000555", "コンケン タロウ")
LONG = OpenApplication(
    "AP9",
    "long",
    "2025000444",
    "アレクサンドラ マリアフェルナンダデグアダルーペゴンザレスロドリゲスエルナンデス",
)


def paid(
    name: str, amount: int = FEE, *waiting: OpenApplication, bulk: tuple[BulkAgreement, ...] = ()
) -> Match:
    return match(Deposit(name, amount), waiting or (SATO, GOTO), bulk, FEE)


def told(found: Match) -> tuple[str, tuple[str, ...], tuple[str, ...], int | None]:
    return (
        found.status.value,
        found.applications,
        tuple(reason.value for reason in found.reasons),
        found.difference,
    )


@pytest.mark.parametrize(
    ("written", "payer"),
    [
        ("0123コンケンタロウ", Payer("0123", "コンケンタロウ")),
        ("０１２３ こんけん たろう", Payer("0123", "コンケンタロウ")),
        ("ｺﾝｹﾝﾀﾛｳ0123", Payer("0123", "コンケンタロウ")),
        ("0123ｺﾝｹﾝﾀﾛｳ99", Payer("0123", "コンケンタロウ99")),
        ("0456ｷﾖｳﾀﾞ ｼﾕﾝｲﾁ", Payer("0456", "キヨウダシユンイチ")),
        ("0123", Payer("0123", "")),
        ("", Payer(None, "")),
        ("ｶ)ｺﾝﾀｸﾄ｢ｻｰﾋﾞｽ｣", Payer(None, "カコンタクトサービス")),
        ("0222ﾔﾏﾀﾞ ｶｦﾘ", Payer("0222", "ヤマダカオリ")),
        ("オ−タ オ—タ オｰタ", Payer(None, "オータオータオータ")),
        ("o'brien/John,Jr.", Payer(None, "OBRIENJOHNJR")),
        ("か゛・゛", Payer(None, "ガ\u3099")),
    ],
)
def test_names_are_read_as_banks_write_them(written: str, payer: Payer) -> None:
    assert normalise(written) == payer


@given(
    st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=30)
    | st.text("ｱｶﾞﾊﾟァャッヵヶヮヲヴーｰ-−゛゜がぱ・.,'/()「」 0１９aＺ", max_size=20)
)
def test_what_is_plain_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert not any(
        letter.isspace() or letter in "・.,'/()「」ァィゥェォッャュョヮヵヶヲ" for letter in plain(text)
    )


@given(st.text("アカガサザハバパヅズヴー", max_size=12))
def test_voicing_is_all_that_unvoicing_takes_away(name: str) -> None:
    assert unvoiced(unvoiced(name)) == unvoiced(name)
    assert len(unvoiced(name)) == len(name)
    assert not {"\u3099", "\u309a"} & set(unicodedata.normalize("NFD", unvoiced(name)))


def test_number_name_and_exact_amount_settle_alone() -> None:
    for name in ("0123コンケンタロウ", "ｺﾝｹﾝ ﾀﾛｳ 0123", "2025000123ｺﾝｹﾝﾀﾛｳ", "0123-ｺﾝｹﾝﾀﾛｳ"):
        assert paid(name) == Match(Status.MATCHED, ("AP1",), (Reason.NUMBER_AND_NAME,), None, 5)


def test_the_certificate_number_does_as_well() -> None:
    holder = OpenApplication(
        "AP2", "suzuki", "", "スズキ イチロウ", certificate_number="OMP-2023-0042", due=8_800
    )
    assert paid("0042ｽｽﾞｷ ｲﾁﾛｳ", 8_800, holder).status is Status.MATCHED
    assert paid("20230042ｽｽﾞｷ ｲﾁﾛｳ", 8_800, holder).status is Status.MATCHED
    assert told(paid("0042ｽｽﾞｷ ｲﾁﾛｳ", FEE, holder)) == ("REVIEW", ("AP2",), ("OVERPAID",), 2_200)


@pytest.mark.parametrize(
    ("amount", "reason", "difference"),
    [
        (10_999, "UNDERPAID", -1),
        (10_560, "UNDERPAID", -440),
        (11_001, "OVERPAID", 1),
        (22_000, "OVERPAID", 11_000),
    ],
)
def test_one_yen_more_or_less_goes_to_a_person(amount: int, reason: str, difference: int) -> None:
    assert told(paid("0123コンケンタロウ", amount)) == ("REVIEW", ("AP1",), (reason,), difference)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ｺﾝｹﾝﾀﾛｳ", "MISSING_NUMBER"),
        ("0124ｺﾝｹﾝﾀﾛｳ", "NUMBER_MISMATCH"),
        ("123ｺﾝｹﾝﾀﾛｳ", "NUMBER_MISMATCH"),
        ("2024000123ｺﾝｹﾝﾀﾛｳ", "NUMBER_MISMATCH"),
        ("0123", "NAME_MISSING"),
        ("0123ﾀﾅｶ ﾊﾅｺ", "NAME_MISMATCH"),
        ("0123ﾀﾛｳ ｺﾝｹﾝ", "NAME_MISMATCH"),
        ("0123ｺﾝｹﾝ", "NAME_MISMATCH"),
        ("0123ｺﾝｹﾝﾀﾛ", "NAME_TRUNCATED"),
    ],
)
def test_whatever_is_not_in_order_is_a_suggestion_with_its_reason(name: str, reason: str) -> None:
    assert told(paid(name)) == ("REVIEW", ("AP1",), (reason,), None)
    assert told(paid(name, 10_000)) == ("REVIEW", ("AP1",), (reason, "UNDERPAID"), -1_000)


def test_lost_voicing_is_seen_and_another_spelling_is_another_name() -> None:
    assert told(paid("0789ｺﾄｳ ｹﾝｼ")) == ("REVIEW", ("AP3",), ("VOICING_DIFFERS",), None)
    mizuno = OpenApplication("AP11", "mizuno", "2025000333", "ミヅノ ミヅホ")
    assert told(paid("0333ﾐｽﾞﾉ ﾐｽﾞﾎ", FEE, mizuno)) == ("REVIEW", ("AP11",), ("NAME_MISMATCH",), None)


def test_the_name_decides_between_two_with_the_same_digits() -> None:
    assert told(paid("0123ﾔﾏﾀﾞﾊﾅｺ", FEE, SATO, YAMADA)) == ("MATCHED", ("AP4",), ("NUMBER_AND_NAME",), None)
    assert told(paid("0123ﾔﾏﾀﾊﾅｺ", FEE, SATO, YAMADA)) == ("REVIEW", ("AP4",), ("VOICING_DIFFERS",), None)


def test_two_people_are_never_told_apart_by_guessing() -> None:
    for name, waiting, doubts in [
        ("0123ｺﾝｹﾝﾀﾛｳ", (SATO, NAMESAKE), ("AMBIGUOUS",)),
        ("0123ｶ)ｺﾝﾀｸﾄ", (SATO, YAMADA), ("AMBIGUOUS", "NAME_MISMATCH", "COMPANY_NAME")),
        ("0123", (SATO, YAMADA), ("AMBIGUOUS", "NAME_MISSING")),
        ("ｺﾝｹﾝﾀﾛｳ", (SATO, OTHER_NAMESAKE), ("AMBIGUOUS", "MISSING_NUMBER")),
        ("9999ｺﾝｹﾝﾀﾛｳ", (SATO, OTHER_NAMESAKE), ("AMBIGUOUS", "NUMBER_MISMATCH")),
        ("0789ｺﾝｹﾝﾀﾛｳ", (SATO, GOTO), ("AMBIGUOUS", "NAME_MISMATCH", "NUMBER_MISMATCH")),
    ]:
        ids = tuple(each.id for each in waiting)
        assert told(paid(name, FEE, *waiting)) == ("REVIEW", ids, doubts, None)
        assert told(paid(name, 2 * FEE, *waiting))[2][0] == "AMBIGUOUS"


def test_two_fees_from_one_person_are_proposed_together() -> None:
    both = (SATO, SATO_CAP)
    assert told(paid("0123ｺﾝｹﾝﾀﾛｳ", 2 * FEE, *both)) == ("REVIEW", ("AP1", "AP6"), ("COVERS_SEVERAL",), None)
    assert told(paid("ｺﾝｹﾝﾀﾛｳ", 2 * FEE, *both)) == (
        "REVIEW",
        ("AP1", "AP6"),
        ("COVERS_SEVERAL", "MISSING_NUMBER"),
        None,
    )
    assert told(paid("0123ｺﾝｹﾝﾀﾛｳ", FEE, *both)) == ("MATCHED", ("AP1",), ("NUMBER_AND_NAME",), None)
    assert told(paid("1777ｺﾝｹﾝﾀﾛｳ", FEE, *both)) == ("MATCHED", ("AP6",), ("NUMBER_AND_NAME",), None)
    assert told(paid("0123ｺﾝｹﾝﾀﾛｳ", 3 * FEE, *both)) == ("REVIEW", ("AP1",), ("OVERPAID",), 2 * FEE)
    for stranger in ("0123ﾀﾅｶ", "0123"):
        assert told(paid(stranger, 2 * FEE, *both))[2][1] == "OVERPAID"


def test_one_fee_from_a_person_with_two_applications_and_no_number_asks_which() -> None:
    both = (SATO, SATO_CAP)
    assert told(paid("ｺﾝｹﾝﾀﾛｳ", FEE, *both)) == (
        "REVIEW",
        ("AP1", "AP6"),
        ("WHICH_APPLICATION", "MISSING_NUMBER"),
        None,
    )
    assert told(paid("ｺﾝｹﾝﾀﾛｳ", 10_000, *both)) == (
        "REVIEW", ("AP1", "AP6"), ("WHICH_APPLICATION", "MISSING_NUMBER", "UNDERPAID"), -1_000,
    )  # fmt: skip
    twice = OpenApplication("AP7", "sato", "2025000123", "コンケン タロウ", due=8_800)
    assert told(paid("0123ｺﾝｹﾝﾀﾛｳ", 8_800, SATO, twice)) == (
        "REVIEW",
        ("AP1", "AP7"),
        ("WHICH_APPLICATION",),
        None,
    )


def test_nobody_is_found_without_number_or_name_and_hints_settle_nothing() -> None:
    company = (Reason.NO_CANDIDATE, Reason.COMPANY_NAME)
    assert paid("ｶ)ｺﾝﾀｸﾄｻｰﾋﾞｽ", 33_000) == Match(Status.UNMATCHED, (), company)
    assert paid("") == Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE,))
    assert paid("9999") == Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE,))
    assert paid("ｺﾄｳ ｹﾝｼ") == Match(Status.UNMATCHED, (), (Reason.NO_CANDIDATE,), hints=("AP3",))


def as_bank(name: str, width: int = 48) -> str:
    """The name in half-width kana, cut where the bank's field ends."""
    half = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFFA0)}
    marks = unicodedata.normalize("NFD", name).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ").replace("ェ", "エ")
    return "".join(half.get(letter, letter) for letter in marks)[:width].rstrip()


def test_a_name_longer_than_the_banks_field_is_recognised_by_its_front() -> None:
    cut = as_bank("0444" + LONG.name_kana)
    assert len(cut) == 48
    assert told(paid(cut, FEE, LONG, SATO)) == ("REVIEW", ("AP9",), ("NAME_TRUNCATED",), None)
    without = as_bank(LONG.name_kana)
    assert told(paid(without, FEE, LONG)) == ("REVIEW", ("AP9",), ("NAME_TRUNCATED", "MISSING_NUMBER"), None)
    assert told(paid("9999" + without[:44], FEE, LONG))[2] == ("NAME_TRUNCATED", "NUMBER_MISMATCH")
    assert paid(without[:30], FEE, LONG).reason is Reason.NO_CANDIDATE
    assert paid("ﾅ" * 48, FEE, LONG).reason is Reason.NO_CANDIDATE


@pytest.mark.parametrize(
    ("payer", "width", "cut"),
    [
        ("", 48, False),
        ("ゴトウゲンジ", 48, False),
        ("ゴトウケ", 9, True),
        ("コトウゲ", 9, False),
        ("ゴトウ", 9, False),
        ("ゴトウ", 47, True),
        ("ゴトウ", 46, False),
        ("ゴトオ", 48, False),
    ],
)
def test_a_cut_may_fall_inside_a_voiced_letter(payer: str, width: int, cut: bool) -> None:
    assert is_cut_off(payer, "ゴトウゲンジ", "ゴトウ", width) is cut
    assert is_cut_off("ゴトウパ", "ゴトウバタ", "ゴトウ", 9) is False


def test_the_width_is_that_of_half_width_kana() -> None:
    assert [bank_width(name) for name in ("ガ", "ｶﾞ", " ア　イ ", "0123")] == [2, 2, 3, 4]


COMPANY = "カ）コンタクトサービス"
BULK = BulkAgreement(COMPANY, ("AP1", "AP3"))


def test_an_agreed_transfer_settles_all_or_nothing() -> None:
    name = "ｶ)ｺﾝﾀｸﾄｻｰﾋﾞｽ"
    assert paid(name, 22_000, bulk=(BULK,)) == Match(Status.MATCHED, ("AP1", "AP3"), (Reason.BULK,), None, 5)
    short = paid(name, 21_560, bulk=(BULK,))
    assert told(short) == ("REVIEW", ("AP1", "AP3"), ("BULK_AMOUNT_MISMATCH",), -440)
    agreed = BulkAgreement(COMPANY, ("AP1", "AP3"), total=20_000)
    assert paid(name, 20_000, bulk=(agreed,)).status is Status.MATCHED
    assert paid("0123" + name, 22_000, bulk=(BULK,)).status is Status.MATCHED


def test_a_transfer_that_was_agreed_and_is_partly_paid_goes_to_a_person() -> None:
    partly = BulkAgreement(COMPANY, ("AP1", "AP3", "gone"))
    assert told(paid(COMPANY, 33_000, bulk=(partly,))) == (
        "REVIEW",
        ("AP1", "AP3"),
        ("WHICH_APPLICATION",),
        None,
    )
    over = BulkAgreement(COMPANY, ("gone",))
    assert paid(COMPANY, 11_000, bulk=(over,)).reason is Reason.NO_CANDIDATE


def test_of_two_agreements_the_amount_decides_if_it_can() -> None:
    one = BulkAgreement(COMPANY, ("AP1",))
    assert told(paid(COMPANY, 11_000, bulk=(BULK, one))) == ("MATCHED", ("AP1",), ("BULK",), None)
    assert told(paid(COMPANY, 9_000, bulk=(BULK, one))) == ("REVIEW", ("AP1", "AP3"), ("AMBIGUOUS",), None)


def test_suggestions_are_ordered_by_what_speaks_for_them() -> None:
    scores = [paid(name).score for name in ("0123ｺﾝｹﾝﾀﾛｳ", "0123ｺﾝｹﾝﾀﾛ", "0123ﾀﾅｶ", "ｺﾝｹﾝﾀﾛｳ", "x")]
    assert scores == [5, 4, 3, 3, 0]
    assert paid("0123ｺﾝｹﾝﾀﾛｳ", 1).score == 4
    assert paid("0123ｺﾝｹﾝﾀﾛｳ", 2 * FEE, SATO, SATO_CAP).score == 5


def test_a_line_costs_the_same_however_many_applications_wait() -> None:
    letters = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"

    def name(number: int) -> str:
        return "".join(letters[number // 45**place % 45] for place in range(4))

    waiting = [OpenApplication(str(n), str(n), f"{n:010}", f"{name(n)} タロウ") for n in range(20_000)]
    matcher = Matcher(waiting, (), FEE)
    longest = max(
        len(each)
        for index in vars(matcher).values()
        if isinstance(index, dict)
        for each in index.values()
        if isinstance(each, list)
    )
    assert longest <= 4  # the four last digits are shared by two, and the whole number by none
    found = [matcher.match(Deposit(f"{n % 10_000:04}{name(n)}ﾀﾛｳ", FEE)) for n in range(0, 20_000, 7)]
    assert [each.applications for each in found] == [(str(n),) for n in range(0, 20_000, 7)]
    assert {each.status for each in found} == {Status.MATCHED}
