"""The sentences of `nintei check` in both languages."""

from __future__ import annotations

from nintei.rules.edition import Text

REASONS: dict[str, Text] = {
    "OK": Text("全部数えます", "counts in full"),
    "YEAR_CAP": Text("区分{categories}の1年の上限{cap}ポイントを超えた{cut}ポイントは数えません", "{cut} beyond the {cap} a year for {categories} do not count"),
    "CYCLE_CAP": Text("区分{categories}の有効期間の上限{cap}ポイントを超えた{cut}ポイントは数えません", "{cut} beyond the {cap} a cycle for {categories} do not count"),
    "NO_FIELD": Text("業務の分野が必要です。1つ選んでください", "needs one of the fields of practice: choose one"),
    "NOT_REGISTERED": Text("認定・主催の研修コースとして確認できません", "not a course the association accredits or hosts"),
    "BEFORE_CYCLE": Text("有効期間が始まる前の活動は数えません", "before the validity: does not count"),
    "AFTER_CYCLE": Text("有効期間が終わった後の活動は数えません", "after the validity: does not count"),
    "AFTER_SUBMISSION": Text("更新申請の日より後の活動は数えません", "after the day of the renewal application: does not count"),
    "PARTLY_OUT_OF_CYCLE": Text("数える期間の外にある日の分は数えません", "the days outside the counted span do not count"),
    "BELOW_UNIT": Text("{step}ポイントに満たないので数えません", "less than {step} points: does not count"),
    "NOT_A_MULTIPLE": Text("{step}ポイント単位の時間ではないので数えません", "not a multiple of {step} points: does not count"),
    "DUPLICATE": Text("同じ活動は1回だけ数えます", "the same hours count once"),
    "REVIEW_DETAIL": Text("内容の詳細が不明確です。人が確かめるまで数えません", "unclear detail: waits for a person, counts nothing until then"),
    "RECLASSIFIED": Text("証明できる文書がないので区分{category}として数えます", "no proof: counts as {category}"),
    "OTHER_QUALIFICATION": Text("別の資格のための記録です", "logged for another qualification"),
}  # fmt: skip

UNREADABLE = Text("{file}: 読めません({why})。", "{file}: cannot be read ({why}).")
UNKNOWN_KIND = Text("{file}: この形式は読めません。CSV、XLSX、JSON(記録または申請)、TOML(申請)にしてください。", "{file}: not a kind of file we read. Use CSV, XLSX, JSON (a log or an application) or TOML (an application).")  # fmt: skip
NO_RULEBOOK = Text(
    "ルールブック「{id}」はありません。使えるもの: {known}", "There is no rulebook “{id}”. Known: {known}"
)
NO_DAY = Text("{option}「{value}」は日付として読めません。2026-11-24 のように書いてください。", "{option} “{value}” is no date. Write it like 2026-11-24.")  # fmt: skip
NO_CYCLE = Text("{file}: 有効期間が分かりません。--cycle-start(有効期間の開始日)か --report-issued(試験結果レポートの発行日)を付けてください。", "{file}: the validity is unknown. Give --cycle-start (its first day) or --report-issued (the day of issue of the exam result report).")  # fmt: skip
NO_CYCLE_OF_CERTIFICATION = Text("{file}: 有効期間が分かりません。--cycle-start(有効期間の開始日)か --certified(認定日)を付けてください。", "{file}: the validity is unknown. Give --cycle-start (its first day) or --certified (the day of certification).")  # fmt: skip
NO_QUALIFICATION = Text("資格「{value}」はありません。{known} のどれかにしてください。", "There is no qualification “{value}”. Use one of {known}.")  # fmt: skip
WHERE = Text("{file} {row}行目 「{column}」: ", "{file} row {row}, “{column}”: ")
WHERE_ROW = Text("{file} {row}行目: ", "{file} row {row}: ")
WHERE_FILE = Text("{file}: ", "{file}: ")

LOG = Text("CPDの記録 {file}({count}件)  規則 {edition}  基準日 {on}", "CPD log {file} ({count} lines)  rules {edition}  as of {on}")  # fmt: skip
CYCLE = Text("有効期間 {start} から {end} まで", "Validity {start} to {end}")
WINDOW = Text("更新申請の受付 {opens} から {closes} まで", "Renewal applications {opens} to {closes}")
IN_WINDOW = Text(
    "更新申請の日 {on} は受付期間の中です", "The renewal application on {on} is within these days"
)
OUT_OF_WINDOW = Text("更新申請の日 {on} は受付期間の外なので、受け付けられません", "The renewal application on {on} is outside these days and would not be taken")  # fmt: skip
COURSES_ASSUMED = Text("区分{category}は、認定・主催の研修コースであるものとして計算しました。一覧で確かめてください。", "Lines of {category} are taken to be accredited or hosted courses. Please check them on the list.")  # fmt: skip
TITLES = Text("行|日付|区分|時間|ポイント|理由", "row|date|cat.|time|points|reason")
BY_CATEGORY = Text("区分ごと: {parts}", "By category: {parts}")
TOTAL = Text("合計 {total} / {required} ポイント", "Total {total} / {required} points")
SHORT = Text("{shortfall} ポイント足りません", "{shortfall} points are missing")
ENOUGH = Text("更新に必要なポイントがそろっています", "There are enough points for renewal")
UNMET = Text("満たしていない条件: 区分 {what} で {shown} / {wanted} ポイント{when}", "Not met: in {what} {shown} / {wanted} points{when}")  # fmt: skip
UNMET_TOPICS = Text("満たしていない条件: 分野の数 {shown} / {wanted}", "Not met: fields {shown} / {wanted}")
IN_YEAR = Text("({first} から {last} まで)", " ({first} to {last})")
ITEMS = Text("{count}件", "x {count}")
OF_TOPICS = Text("の分野 {topics}", " of field {topics}")
LONG_DAY = Text("{on} は {hours} です。{limit}時間を超えるので、正味の時間か確かめてください", "{on} has {hours}, more than {limit} hours: please check that this is net time")  # fmt: skip
STEPS = Text("次の一歩({last_day} まで)", "Next steps (until {last_day})")
STEP = Text(
    "・区分 {categories} で {points} ポイント → 合計 {total}",
    "- {points} points in {categories} → {total} in all",
)
LAST_DAY = Text(" ({day} までに)", " (by {day})")
OR, AND = Text(" または ", " or "), Text(" と ", " and ")
IMPOSSIBLE = Text("{last_day} までに必要なポイントへ届く方法がありません", "There is no way left to reach the points by {last_day}")  # fmt: skip
IMPOSSIBLE_FROM = Text("上限のない区分({uncapped})なしで間に合うのは {day} の前日までです", "Without the uncapped category ({uncapped}) it is possible only until the day before {day}")  # fmt: skip
LEAST_UNCAPPED = Text("そのうち少なくとも {points} ポイントは上限のない区分({uncapped})が必要です", "At least {points} of them need the uncapped category ({uncapped})")  # fmt: skip

APPLICATION = Text("申請 {file}({qualification})  規則 {edition}  申請日 {on}", "Application {file} ({qualification})  rules {edition}  applied on {on}")  # fmt: skip
REPORT_OK = Text(
    "試験結果レポートは使えます({last} まで)", "The exam result report can be used (until {last})"
)
REPORT_REASONS: dict[str, Text] = {
    "NOT_A_PASS": Text("試験結果レポートで合格が確認できません", "The exam result report does not confirm a pass"),
    "WRONG_EXAM": Text("試験結果レポートは別の試験({shown})のものです", "The exam result report is for another exam ({shown})"),
    "APPLICATION_BEFORE_ISSUE": Text("申請日が試験結果レポートの発行日({wanted})より前です", "The application is before the report's issue ({wanted})"),
    "REPORT_EXPIRED": Text("試験結果レポートの期限({wanted})が過ぎています。再度の受験が必要です", "The report's last day ({wanted}) is over; the exam must be taken again"),
}  # fmt: skip
LATE: dict[str, Text] = {
    "VALIDITY_ALREADY_RUNNING": Text("有効期間はもう始まっています。終わりの日は変わりません", "The validity is already running; its end does not move"),
    "RENEWAL_WINDOW_OPEN": Text("認定と同時に更新申請の受付期間になります", "The renewal window is already open"),
    "RENEWAL_WINDOW_ALREADY_CLOSED": Text("更新申請の受付は終わっています。認定されても更新できません", "The renewal window is already closed: this certification could never be renewed"),
}  # fmt: skip
VALIDITY = Text("認定されると有効期間は {start} から {end} まで(残り {days} 日)", "If certified, the validity is {start} to {end} ({days} days left)")  # fmt: skip
TOTAL_MONTHS = Text("業務経験 {shown} / {wanted}", "Work experience {shown} / {wanted}")
MIN_FIELDS = Text("分野の数 {shown} / {wanted}", "Fields {shown} / {wanted}")
REQUIRED_MONTHS = Text("必須分野({fields})の経験 {shown} / {wanted}", "Experience in a required field ({fields}) {shown} / {wanted}")  # fmt: skip
MONTHS = Text("{years}年{months}か月", "{years} y {months} m")
SUBSTITUTED = Text("うち代替 {months} か月", "of which {months} months substituted")
MET_ON = Text("・今の仕事を続けると {day} に満たします", "- met on {day} if the present post goes on")
NEVER_MET = Text("・今の仕事を続けるだけでは満たせません", "- not met by going on in the present post")
GAP = Text("経験のない期間 {start} – {end}", "No experience {start} – {end}")
OVERLAP = Text("重なる期間 {start} – {end}(1回だけ数えます)", "Overlap {start} – {end} (counts once)")
FLAGS: dict[str, Text] = {
    "NOT_ATTESTED": Text("証明のない期間は数えていません", "Time that nobody attests is not counted"),
    "SELF_ATTESTED": Text("本人による証明の期間は数えていません", "Time attested by oneself is not counted"),
    "ATTESTOR_OTHER_ORG": Text("別の組織による証明があります。人が確かめます", "Another organisation attests: a person must look"),
    "REQUIRED_MET_IF_SUMMED": Text("必須分野を合わせれば足ります。人が確かめます", "Enough if the required fields are summed: a person must look"),
}  # fmt: skip
ACCEPTED = Text("受理の日 {on}", "Accepted on {on}")
NOT_ACCEPTED = Text("まだ受理されません", "Not accepted yet")
FEE = Text("手数料 {total} 円({base} 円+消費税 {tax} 円)", "Fee {total} yen ({base} + tax {tax})")
FEE_NOT_SET = Text("手数料はまだ決まっていません", "The fee is not set")
NEEDS_NO_CERTIFICATION = Text("この資格に認定申請は要りません。検定試験の合格だけで取得できます", "This qualification needs no certification: passing the exam is enough")  # fmt: skip

APPLICATION_FAULTS: dict[str, Text] = {
    "no_key": Text("「{key}」がありません。書いてください。", "“{key}” is missing. Please add it."),
    "unknown_key": Text("「{key}」は分かりません。直すか消してください。", "“{key}” is unknown. Correct or remove it."),
    "no_day": Text("「{key}」の「{value}」は日付として読めません。2026-11-24 のように書いてください。", "“{value}” in “{key}” is no date. Write it like 2026-11-24."),
    "wrong_value": Text("「{key}」の「{value}」はここに書けません。{known}", "“{value}” is not a value for “{key}”. {known}"),
    "ends_before_it_starts": Text("「{key}」の終わりが始まりより前です。", "“{key}” ends before it starts."),
}  # fmt: skip
