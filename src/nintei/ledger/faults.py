"""What can be wrong with a CPD log file, in one sentence each: where, what, what to do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from nintei.rules.edition import Text

SENTENCES: dict[str, Text] = {
    "log.empty": Text("ファイルが空です。記録を書いてから、もう一度お試しください。", "The file is empty. Write the log into it and try again."),
    "log.no_rows": Text("見出しの下に記録が1件もありません。1行に1件ずつ書いてください。", "There is no line under the header. Write one activity per line."),
    "log.encoding": Text("文字コードが {encoding} のようです。UTF-8 か CP932(Shift_JIS)で保存し直してください。", "The text seems to be encoded as {encoding}. Save it as UTF-8 or CP932 (Shift_JIS)."),
    "log.unknown_encoding": Text("文字コードが UTF-8 でも CP932(Shift_JIS)でもありません。どちらかで保存し直してください。", "The text is neither UTF-8 nor CP932 (Shift_JIS). Save it as one of them."),
    "log.no_header": Text("見出しの行が見つかりません。「区分」「日付」「時間」の見出しを付けてください。", "No header line was found. Give the columns headers such as category, date, hours."),
    "log.missing_column": Text("「{column}」の列がありません。列を足してください。", "There is no column for {column}. Add one."),
    "log.unknown_column": Text("列「{column}」は分かりません。見出しを直すか、列を消してください。使える見出し: {known}", "The column “{column}” is unknown. Rename or remove it. Known headers: {known}"),
    "log.same_column_twice": Text("列「{column}」が同じ意味の列とあわせて2つあります。1つにしてください。", "The column “{column}” means the same as another one. Keep one of them."),
    "log.broken_csv": Text("CSVとして読めません(引用符が閉じていない、など)。表計算ソフトで保存し直してください。", "This is not readable as CSV (an open quotation mark, for example). Save it again from a spreadsheet."),
    "log.broken_xlsx": Text("Excel(XLSX)として読めません。壊れていないか、パスワードが付いていないか確かめてください。", "This is not readable as an Excel file (XLSX). Check that it is neither damaged nor locked."),
    "log.too_large": Text("大きすぎて読めません(中身は{limit}MBまで)。必要なシートだけを、新しいファイルに保存してください。", "This is too large to read (its content may have {limit} MB). Save only the sheet that is needed as a new file."),
    "log.broken_json": Text("JSONとして読めません: {why}", "This is not readable as JSON: {why}"),
    "log.no_activities": Text("活動の一覧がありません。「activities」という一覧に、date、category、minutes を持つ活動を書いてください。", "There is no list of activities. Write a list “activities”, each with its date, category and minutes."),
    "log.too_many_rows": Text("{limit}行を超えています。分けて確かめてください。", "There are more than {limit} lines. Check them in parts."),
    "log.no_count": Text(
        "「{value}」は件数として読めません。0以上の整数で書いてください。",
        "“{value}” is not a number of pieces. Write a whole number of 0 or more.",
    ),
    "log.empty_cell": Text("空です。値を書いてください。", "The cell is empty. Fill it in."),
    "log.no_date": Text("「{value}」は日付として読めません。2026-11-24 のように書いてください。", "“{value}” is no date. Write it like 2026-11-24."),
    "log.no_time": Text("「{value}」は時間として読めません。1.5、1:30、90分 のように書いてください。", "“{value}” is no time. Write it like 1.5, 1:30 or 90分."),
    "log.no_time_of_day": Text("「{value}」は時刻として読めません。13:30 のように書いてください。", "“{value}” is no time of day. Write it like 13:30."),
    "log.no_course": Text("{on}に認定されていたコースに「{value}」はありません。コース名を一覧のとおりに書くか、区分をBにしてください。", "No course called “{value}” was accredited on {on}. Write its name as in the list, or use category B."),
    "log.several_courses": Text("「{value}」というコースは{count}つあります。主催者の列に提供者の名前を書いてください。", "There are {count} courses called “{value}”. Name the provider in a column “provider”."),
    "log.no_competency": Text("コンピテンシー「{value}」は一覧にありません。一覧にある番号（HR-3 など）で書くか、空けてください。", "The list has no competency “{value}”. Write a code of the list (such as HR-3), or leave it empty."),
    "log.no_holder": Text("「{value}」という認定番号もメールアドレスも登録されていません。", "Neither a certification number nor an address “{value}” is on file."),
    "log.whose": Text("だれの記録かがわかりません。列「認定番号」か「メール」を加えるか、--person で指定してください。", "Whose log is it? Add a column “certification number” or “email”, or name the person with --person."),
    "log.broken_calendar": Text("カレンダー（ICS）として読めません。カレンダーから書き出し直してください。", "This is not readable as a calendar (ICS). Export it from your calendar again."),
    "log.no_events": Text("カレンダーに、今日までの予定がありません。", "The calendar holds no event up to today."),
    "log.no_title": Text("内容が空です。何をしたかを書いてください。", "The title is empty. Say what was done."),
    "log.negative_time": Text("「{value}」は負の時間です。0以上で書いてください。", "“{value}” is a negative time. Write 0 or more."),
    "log.over_a_day": Text("「{value}」は1日の{limit}時間を超えています。分ならば「90分」のように単位を付け、何日かの時間ならば日ごとに分けるか終了日を書いてください。", "“{value}” is more than the {limit} hours of a day. If these are minutes, write the unit (“90 min”); if they are of several days, split them by day or give the last day."),
    "log.day_over_full": Text("{value} の時間を合わせると{hours}時間で、1日の{limit}時間を超えます。時間を確かめてください。", "The times on {value} add up to {hours} hours, more than the {limit} of a day. Check them."),
    "log.ends_before_it_starts": Text("終了日「{value}」が開始日より前です。", "The last day “{value}” is before the first."),
    "log.unknown_category": Text("区分「{value}」はありません。{known} のどれかにしてください。", "There is no category “{value}”. Use one of {known}."),
    "log.unknown_field": Text("分野「{value}」は分かりません。{known} のどれかを、記号か名前で書いてください。", "The field “{value}” is unknown. Write the code or name of one of {known}."),
    "log.unknown_qualification": Text("資格「{value}」はありません。{known} のどれかにしてください。", "There is no qualification “{value}”. Use one of {known}."),
    "log.no_yes_or_no": Text("「{value}」は「○」か「×」で書いてください。", "Write yes or no instead of “{value}”."),
    "log.unknown_proof": Text("証明「{value}」は分かりません。受講証明書、文書、記録、なし のどれかにしてください。", "The proof “{value}” is unknown. Use certificate, document, record or none."),
    "log.same_id_twice": Text("番号「{value}」が2回使われています。行ごとに違う番号にしてください。", "The id “{value}” is used twice. Give each line its own."),
    "log.not_the_same_everywhere": Text("「{value}」が前の行と違います。この列は全部の行で同じ値にしてください。", "“{value}” differs from the lines above. This column must be the same on every line."),
    "log.wrong_kind": Text("「{value}」はここに書ける形ではありません。", "“{value}” is not the kind of value that belongs here."),
}  # fmt: skip


class Fault(NamedTuple):
    """One thing wrong. `row` counts from 1 as a spreadsheet does, 0 for the whole file; `column` as written."""

    code: str
    row: int = 0
    column: str = ""
    data: Mapping[str, object] = MappingProxyType({})

    def sentence(self, lang: str) -> str:
        """What is wrong and what to do, in `ja` or `en`.

        >>> Fault("log.empty_cell", 3, "日付").sentence("en")
        'The cell is empty. Fill it in.'
        """
        said = {
            key: _in(value, lang) if isinstance(value, Text) else value for key, value in self.data.items()
        }
        return _in(SENTENCES[self.code], lang).format(**said)


def _in(text: Text, lang: str) -> str:
    return text.ja if lang == "ja" else text.en


class Unusable(Exception):
    """A file of which nothing can be used; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*(fault.code for fault in faults))
        self.faults = faults
