"""What may not happen to a course, a session or a roster."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "courses.already_accredited": Text(
            "{provider}の「{title}」は、{from_on}からの認定がもうあります。",
            "“{title}” by {provider} is already accredited from {from_on}.",
        ),
        "courses.no_time": Text(
            "研修の時間を、1分以上にしてください。", "The course needs at least one minute."
        ),
        "courses.ends_before_it_begins": Text(
            "終わりの日は、始まりの日（{from_on}）からの日にしてください。",
            "The last day cannot come before the first ({from_on}).",
        ),
        "courses.may_not_happen": Text(
            "いまの状態（{state}）では、できません。ページを開き直してください。",
            "This is not possible in its present state ({state}). Please open the page again.",
        ),
        "courses.not_of_the_committee": Text(
            "審査担当か決定者だけが決められます。", "Only a reviewer or decider may rule on this."
        ),
        "courses.own_organisation": Text(
            "自分の団体のことは決められません。ほかの担当者に頼んでください。",
            "You cannot rule on your own organisation. Please ask another member.",
        ),
        "courses.reason_missing": Text("理由を書いてください。", "Please give the reason."),
        "courses.provider_not_accredited": Text(
            "団体が認定されてから、研修を出せます。",
            "Courses can be proposed once the organisation is accredited.",
        ),
        "courses.not_accredited_now": Text(
            "この研修は、いま認定されていません。", "This course is not accredited now."
        ),
        "courses.no_time_in_line": Text(
            "{line}行目「{words}」の時間がわかりません。例：10:00-17:00 休憩 12:00-13:00",
            "Line {line}, “{words}”: no time found. Example: 10:00-17:00 break 12:00-13:00",
        ),
        "courses.no_such_day": Text(
            "{line}行目「{words}」の日は暦にありません。", "Line {line}, “{words}”: there is no such day."
        ),
        "courses.no_such_time": Text(
            "{line}行目「{words}」の時刻を確かめてください。終わりは始まりより後、24:00までです。",
            "Line {line}, “{words}”: check the times. The end comes after the beginning, at most 24:00.",
        ),
        "courses.no_such_break": Text(
            "{line}行目「{words}」の休憩がわかりません。例：休憩 12:00-13:00 15:00-15:15、または 休憩 60分",
            "Line {line}, “{words}”: no break found. Example: break 12:00-13:00 15:00-15:15, or break 60m",
        ),
        "courses.break_outside": Text(
            "{line}行目「{words}」の休憩が、研修の時間の外にあります。",
            "Line {line}, “{words}”: a break lies outside the course.",
        ),
        "courses.day_without_date": Text(
            "どの行にも日付を書いてください。例：2026-12-10 10:00-17:00",
            "Write the date in every line. Example: 2026-12-10 10:00-17:00",
        ),
        "courses.same_day_twice": Text(
            "同じ日が2行あります。1日は1行にしてください。", "A day stands in two lines. Use one line a day."
        ),
        "courses.session_without_days": Text(
            "開催の日を書いてください。いつでも受けられる研修は、始まりと終わりの日を書いてください。",
            "Write the days of the session; for a course open at any time, its first and last day.",
        ),
        "courses.longer_than_the_day": Text(
            "{minutes}分は、研修の時間（{longest}分）より長くなっています。",
            "{minutes} minutes is longer than the course, which takes {longest}.",
        ),
        "courses.roster_has_faults": Text(
            "取り込んでいません。直すところが{count}件あります。",
            "Nothing was taken in. There are {count} things to correct.",
        ),
        "courses.no_such_day_of_session": Text(
            "この開催に、その日はありません。", "The session has no such day."
        ),
        "courses.too_many_seats": Text(
            "受講コードは、1日に1枚から{most}枚までです。", "A day has from 1 to {most} codes."
        ),
        "courses.code_too_early": Text(
            "この受講コードは、{on}から使えます。", "This attendance code works from {on}."
        ),
        "courses.code_too_late": Text(
            "この受講コードは、{on}までのものです。研修の提供者に、名簿での登録を頼んでください。",
            "This attendance code worked until {on}. Please ask the provider to enter you by roster.",
        ),
        "courses.code_void": Text(
            "この受講コードの日は、開催からなくなりました。研修の提供者に聞いてください。",
            "The day of this code is no longer part of the session. Please ask the provider.",
        ),
        "courses.code_used": Text(
            "この受講コードは、もう使われました。自分の席のコードか確かめて、提供者に聞いてください。",
            "This attendance code was used already. Check that it is of your seat, and ask the provider.",
        ),
        "courses.attended_already": Text(
            "この日の受講は、もう記録されています。コードは使っていません。",
            "Your attendance on this day is already recorded. The code was not used.",
        ),
        "courses.not_accredited_on": Text(
            "この研修は、{on}には認定されていません。", "This course is not accredited on {on}."
        ),
        "courses.token_without_name": Text(
            "どのプログラムのトークンかがわかる名前を書いてください。",
            "Give the token a name that says which program uses it.",
        ),
        "courses.token_not_ours": Text(
            "このトークンは、ここで作ったものではありません。ページを開き直してください。",
            "This token was not made here. Please open the page again.",
        ),
        "courses.too_many_requests": Text(
            "1分に{most}回を超えました。1分待ってから、もう一度送ってください。",
            "More than {most} requests in a minute. Wait a minute and send it again.",
        ),
        "courses.key_of_another": Text(
            "Idempotency-Key「{key}」は、別の内容に使われています。新しいキーで送ってください。",
            "The Idempotency-Key “{key}” was used for another content. Send this with a new key.",
        ),
        "courses.xapi_verb": Text(
            "動詞「{verb}」は数えません。completed か passed（http://adlnet.gov/expapi/verbs/…）を送ってください。",
            "The verb “{verb}” confirms no attendance. Send completed or passed (http://adlnet.gov/expapi/verbs/…).",
        ),
        "courses.xapi_actor": Text(
            "actor を account にしてください：account.homePage は {home}、account.name は認定番号、name はカナ（どれも100文字まで）。",
            "Make the actor an account: account.homePage {home}, account.name the certification number, name the kana (each up to 100 characters).",
        ),
        "courses.xapi_unknown": Text(
            "この番号とカナでは受け付けられません。受講者に確かめてください。",
            "This number and reading cannot be taken. Please ask the attendee.",
        ),
        "courses.xapi_object": Text(
            "object.id を研修のアドレスにしてください。例：{home}/courses/番号",
            "Make object.id the address of the course. Example: {home}/courses/its-number",
        ),
        "courses.xapi_course": Text(
            "その研修は、このトークンの団体にはありません。object.id を確かめてください。",
            "The organisation of this token has no such course. Please check object.id.",
        ),
        "courses.xapi_session": Text(
            "{on}に受けられる「いつでも」の開催がありません。開催を加えるか、timestamp を確かめてください。",
            "No session open at any time covers {on}. Add a session, or check the timestamp.",
        ),
        "courses.xapi_future": Text(
            "timestamp（{on}）が今日より後です。", "The timestamp ({on}) lies in the future."
        ),
        "courses.xapi_duration": Text(
            "result.duration「{words}」は、1分以上のISO 8601の長さにしてください。例：PT1H30M",
            "result.duration “{words}” must be an ISO 8601 length of a minute or more. Example: PT1H30M",
        ),
        "courses.xapi_not_completed": Text(
            "result が、終えていない（completion か success が false）と言っています。",
            "The result says that it was not completed (completion or success is false).",
        ),
        "courses.xapi_timestamp": Text(
            "timestamp「{words}」は、時差を付けた日時にしてください。例：2026-11-20T10:00:00+09:00",
            "The timestamp “{words}” must be a date and time with its offset. Example: 2026-11-20T10:00:00+09:00",
        ),
        "courses.xapi_uuid": Text("{place} はUUIDにしてください。", "{place} must be a UUID."),
        "courses.xapi_version": Text(
            "X-Experience-API-Version に 1.0.3 か 2.0.0 を付けてください。",
            "Send X-Experience-API-Version: 1.0.3 or 2.0.0.",
        ),
        "courses.xapi_two_ids": Text(
            "アドレスの statementId と id が違います。", "The statementId of the address and the id differ."
        ),
        "courses.xapi_conflict": Text(
            "ステートメント {id} は、別の内容でもう受け付けています。",
            "The statement {id} was already taken in with another content.",
        ),
    }
)
