"""What may not happen in an audit, in both languages."""

from __future__ import annotations

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "audits.not_yours": Text("この監査は見つかりません。", "This audit cannot be found."),
        "audits.not_entitled": Text("この操作をする役割がありません。", "You have no role that may do this."),
        "audits.not_now": Text(
            "この監査は「{state}」なので、「{event}」はできません。",
            "This audit is “{state}”, so “{event}” is not possible.",
        ),
        "audits.changed_meanwhile": Text(
            "ほかの人が先にこの監査を変えました。いまの内容を見てから、もう一度選んでください。何も上書きしていません。",
            "Somebody else has changed this audit in the meantime. Look at it as it is now, then choose again. "
            "Nothing was overwritten.",
        ),
        "audits.conflict": Text(
            "利害関係が申告されているので、この監査には触れられません。",
            "A conflict of interest is on record, so you cannot touch this audit.",
        ),
        "audits.conflict_words": Text(
            "どんな利害関係かを書いてください。", "Say what the conflict of interest is."
        ),
        "audits.over": Text("この監査は終わっています。", "This audit is over."),
        "audits.two_people": Text(
            "二人で決めます。ほかの方に頼んでください。", "This takes two people. Please ask somebody else."
        ),
        "audits.others_after_appeal": Text(
            "不服の申立ての前に関わった人は、その後の確認も決定もできません。",
            "Whoever took part before the appeal neither checks nor decides after it.",
        ),
        # what the association sets
        "audits.terms_unset": Text(
            "監査の割合や日数を、協会がまだ定めていません。定まるまで、抽出はできません。",
            "The association has not yet set the share and the days of audits. Until then nothing can be drawn.",
        ),
        "audits.terms_in_the_past": Text(
            "始める日は、今日か、それより後にしてください。", "The first day must be today or later."
        ),
        "audits.terms_wait": Text(
            "二人目を待っている案があります。先にそれを決めてください。",
            "Another proposal waits for its second person. Please settle that one first.",
        ),
        "audits.risk_without_rules": Text(
            "危険度による割合と規則は、両方を選ぶか、両方とも空けてください。",
            "Choose both the share for risks and its rules, or neither.",
        ),
        "audits.answered_already": Text("この案は、もう決まっています。", "This has been settled already."),
        # the draw
        "audits.window_open": Text(
            "期間の最後の日が終わってから、母集団を固定します。",
            "The frame is frozen after the last day of the period is over.",
        ),
        "audits.nobody_filed": Text(
            "この期間に送られた更新申請はありません。", "No renewal was filed in this period."
        ),
        "audits.frame_overlaps": Text(
            "この期間の更新申請は、もう母集団に入っています。引き直しはできません。理由を付けて、次の抽出を公表してください。",
            "Renewals of this period are in a frame already. A draw is never repeated: announce another one, with "
            "its reason.",
        ),
        "audits.seed_too_soon": Text(
            "種に使う日と数字は、明日より後に決まるものにしてください。",
            "The day and the number of the seed must lie in the future: from tomorrow on.",
        ),
        "audits.number_unnamed": Text(
            "どの公開の数字を使うかを書いてください。", "Say which public number will be used."
        ),
        "audits.again_why": Text(
            "なぜ次の抽出をするのかを書いてください。公開されます。",
            "Say why there is another draw. The reason is made public.",
        ),
        "audits.draw_waits": Text(
            "前の抽出がまだ終わっていません。", "The draw before this one can still be drawn."
        ),
        "audits.drawn_already": Text(
            "もう抽出しました。同じ抽出は二度できません。",
            "This has been drawn. The same draw is never made twice.",
        ),
        "audits.number_not_yet": Text(
            "公開の数字が決まる時刻より前です。", "The public number is not known before its time."
        ),
        "audits.read_already": Text(
            "あなたはもう数字を読み取りました。二人目の方に頼んでください。",
            "You have read the number already. Please ask a second person.",
        ),
        "audits.reading_says_where": Text(
            "数字と、それをどこで見たかを書いてください。", "Write the number and where you read it."
        ),
        "audits.no_checkpoint": Text(
            "公表した日に、数字より前の記録の署名がありません。この抽出はできません。理由を付けて、次の抽出を公表してください。",
            "The journal was not signed on the announced day before the number. This draw cannot be made: announce "
            "another one, with this reason.",
        ),
        "audits.frame_changed": Text(
            "母集団が、記録に固定したものと違います。抽出を止めました。",
            "The frame is not the one that was committed to the journal. The draw was stopped.",
        ),
        # the holder
        "audits.too_late": Text(
            "回答の期限は{due}まででした。延ばしてほしいときは、事務局に連絡してください。",
            "Answers were due by {due}. If you need more time, please contact the office.",
        ),
        "audits.line_is_settled": Text(
            "この行は、もう確認が済んでいます。", "This line has been checked already."
        ),
        "audits.answer_empty": Text(
            "書類を付けるか、説明を書くか、「示せる書類はない」に印を付けてください。",
            "Attach a document, write an explanation, or tick that there is none.",
        ),
        "audits.no_other_category": Text(
            "この行を別のカテゴリとして数えることはできません。",
            "This line cannot count under another category.",
        ),
        "audits.lines_left": Text("まだ答えていない行が{n}行あります。", "Lines without an answer: {n}."),
        "audits.plea_words": Text("理由を書いてください。", "Please say why."),
        "audits.plea_day": Text(
            "いまの期限より後の日を選んでください。", "Choose a day after the present last day."
        ),
        "audits.plea_who": Text(
            "監査の担当者の中から選んでください。", "Choose one of those who check audits."
        ),
        "audits.plea_open": Text(
            "同じ申し出への返事を待っています。", "You have asked for this, and the answer is still to come."
        ),
        "audits.plea_answered": Text("この申し出には、もう答えました。", "This has been answered already."),
        "audits.plea_answer_words": Text("認めない理由を書いてください。", "Say why this is not granted."),
        "audits.exemption_by_two": Text(
            "免除は二人で決めます。決定へ進めてください。",
            "An exemption takes two people: propose it instead.",
        ),
        "audits.extension_day": Text(
            "いまの期限より後で、{latest}までの日を選んでください。",
            "Choose a day after the present last day and not after {latest}.",
        ),
        "audits.nothing_to_appeal": Text(
            "この監査には、不服を申し立てる結果がありません。", "There is no result to contest."
        ),
        "audits.appeal_late": Text(
            "不服の申立ては{until}まででした。", "The result could be contested until {until}."
        ),
        "audits.appealed_already": Text("不服の申立ては一度だけです。", "A result can be contested once."),
        # the auditor
        "audits.still_time": Text(
            "回答の期限は{due}までです。その前は、回答が送られてから引き受けます。",
            "Answers are due by {due}. Until then an audit is taken up when the answers have come.",
        ),
        "audits.other_auditor": Text(
            "この監査の担当は{auditor}さんです。先に引き受けてください。",
            "{auditor} is checking this audit. Take it up first.",
        ),
        "audits.verdict_missing": Text("判断を選んでください。", "Choose what you say to it."),
        "audits.mark_says_why": Text(
            "監査を受けた方に伝わる言葉で、理由を書いてください。",
            "Say why, in words that the holder will understand.",
        ),
        "audits.unknown_reason": Text("理由の種類を選んでください。", "Choose the kind of reason."),
        "audits.accept_says_why": Text(
            "書類が足りないという見立てに反して認めるときは、理由を書いてください。",
            "The documents are not found sufficient: to accept the line all the same, say why.",
        ),
        "audits.nothing_to_ask": Text(
            "「もう一度尋ねる」にした行がありません。", "No line is marked to be asked about again."
        ),
        "audits.lines_unmarked": Text(
            "すべての行を判断してから、決定へ進めてください。",
            "Mark every line before you pass the audit on.",
        ),
        "audits.special_says_why": Text(
            "付託や免除の理由を書いてください。", "Say why it is referred or exempted."
        ),
        "audits.no_exemption_asked": Text("免除の申し出がありません。", "Nobody has asked for an exemption."),
        "audits.send_back_why": Text("確認へ戻す理由を書いてください。", "Say why it goes back."),
    }
)
