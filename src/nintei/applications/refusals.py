"""What may not happen to an application, in both languages."""

from __future__ import annotations

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "applications.not_yours": Text("この申請は見つかりません。", "This application cannot be found."),
        "applications.not_now": Text(
            "この申請は「{state}」なので、「{event}」はできません。",
            "This application is “{state}”, so “{event}” is not possible.",
        ),
        "applications.not_entitled": Text(
            "「{event}」をする役割がありません。", "You have no role that may “{event}”."
        ),
        "applications.changed_meanwhile": Text(
            "ほかの人が先にこの申請を変えました。いまの内容を見てから、もう一度選んでください。"
            "何も上書きしていません。",
            "Somebody else has changed this application in the meantime. Look at it as it is now, then "
            "choose again. Nothing was overwritten.",
        ),
        "applications.unknown_qualification": Text(
            "「{qualification}」は、認定のある資格ではありません。",
            "“{qualification}” is not a qualification with certification.",
        ),
        "applications.already_certified": Text(
            "あなたはすでに{qualification}の認定を受けています。更新は、更新のページから申請してください。",
            "You are already certified as {qualification}. To renew, apply on the renewal page.",
        ),
        "applications.no_report": Text(
            "{qualification}の試験結果レポートがまだ届いていません。協会が取り込むと、ここに出ます。",
            "No exam result report for {qualification} is here yet. It appears once the office has "
            "imported it.",
        ),
        "applications.report_not_a_pass": Text(
            "この試験結果レポートは合格ではないので、申請に使えません。",
            "This exam result report is not a pass, so it cannot be used to apply.",
        ),
        "applications.report_wrong_exam": Text(
            "届いている試験結果レポートは{exam}のものです。{qualification}の申請には、{qualification}のレポートが要ります。",
            "The report on file is for {exam}. An application for {qualification} needs a report for "
            "{qualification}.",
        ),
        "applications.report_before_issue": Text(
            "試験結果レポートの発行日（{issued}）より前には申請できません。",
            "You cannot apply before the report was issued ({issued}).",
        ),
        "applications.report_expired": Text(
            "試験結果レポートが使えるのは{last}まででした。もう一度試験を受ける必要があります。",
            "The exam result report could be used until {last}. The exam has to be taken again.",
        ),
        "applications.not_complete": Text(
            "まだ送れません。足りないもの: {gaps}", "This cannot be sent yet. Missing: {gaps}"
        ),
        "applications.not_understood": Text(
            "有効期間の残りと、受理のあとは返金がないことを確かめて、しるしを付けてください。",
            "Confirm what is left of the validity and that the fee is not returned after acceptance, and "
            "tick the box.",
        ),
        "applications.refund_not_understood": Text(
            "有効期間と、手数料が返るときを確かめて、しるしを付けてください。",
            "Confirm the validity and when the fee is returned, and tick the box.",
        ),
        "applications.not_to_give_back": Text(
            "手数料を返す手続きは、協会の審査担当か決定者が始めます。",
            "A reviewer or a decider of the association starts the return of a fee.",
        ),
        "applications.nothing_to_give_back": Text(
            "この申請には、返す手数料がありません。", "This application has no fee to return."
        ),
        "applications.fee_went_back": Text(
            "この申請の手数料は、もう返すことになっています。もう一度審査することはできません。",
            "The fee of this application is being returned already. It cannot be judged once more.",
        ),
        "applications.judged_again": Text(
            "この申請は、もう一度審査されています。その結果が出るまで、手数料は返せません。",
            "This application was taken up again. Its fee stays until that has been decided.",
        ),
        "applications.appeal_may_come": Text(
            "{until}までは、不服を申し立てられます。それまで、手数料は返せません。",
            "The refusal can be appealed until {until}. The fee stays until then.",
        ),
        "applications.no_pledge_text": Text(
            "宣誓の本文を協会がまだ定めていないので、署名できません。",
            "The association has not yet set the text of the pledge, so it cannot be signed.",
        ),
        "applications.pledge_text_changed": Text(
            "宣誓の本文が新しくなりました。読み直してから署名してください。",
            "The text of the pledge has changed. Read it again, then sign.",
        ),
        "applications.pledge_signed": Text(
            "宣誓には、もう署名しています。", "The pledge has already been signed."
        ),
        "applications.pledge_name_differs": Text(
            "署名は、登録の氏名「{name}」と同じに書いてください。",
            "Sign with your registered name, “{name}”.",
        ),
        "applications.own_case": Text(
            "ご自分の申請は、審査も決定もできません。",
            "You can neither review nor decide your own application.",
        ),
        "applications.other_reviewer": Text(
            "この申請は{reviewer}さんが審査しています。", "{reviewer} is reviewing this application."
        ),
        "applications.two_people": Text(
            "認定は二人で決めます。審査した人は決定できません。",
            "Two people decide. The reviewer of a case cannot also decide it.",
        ),
        "applications.matched_the_fee": Text(
            "認定は二人で決めます。手数料を確かめた人は決定できません。",
            "Two people decide. Whoever matched the fee cannot also decide the case.",
        ),
        "applications.mark_missing": Text(
            "すべての基準について選んでください。足りないもの: {criteria}",
            "Choose for every criterion. Missing: {criteria}",
        ),
        "applications.mark_without_reason": Text(
            "「{criterion}」に、理由を書いてください。", "Write a reason for “{criterion}”."
        ),
        "applications.not_cleared": Text(
            "「{criterion}」は、満たすと確かめられていません。認定するには、審査の担当が理由を書いて"
            "判断する必要があります。",
            "“{criterion}” is not shown to be met. To certify, the reviewer must have judged it with a "
            "reason.",
        ),
        "applications.refuse_why": Text(
            "認定しないときは、満たさない基準を1つ以上選び、理由を書いてください。",
            "To refuse, choose at least one criterion that is not met and write the reason.",
        ),
        "applications.items_open": Text(
            "まだ答えていないお尋ねが{number}件あります。全部に答えてから送ってください。",
            "{number} of the questions have no answer yet. Answer all of them, then send.",
        ),
        "applications.items_number": Text(
            "お尋ねは、1件から{most}件までです。", "Ask for at least one thing and at most {most}."
        ),
        "applications.item_needs_reason": Text(
            "お尋ねの一つずつに、理由と言葉を付けてください。",
            "Give each thing you ask for a reason and words.",
        ),
        "applications.item_closed": Text("このお尋ねは、もう終わっています。", "This question is closed."),
        "applications.answer_empty": Text(
            "言葉を書くか、ファイルを付けてください。", "Write some words or attach a file."
        ),
        "applications.answer_files": Text(
            "1件のお尋ねに付けられるファイルは、{most}個までです。",
            "At most {most} files can be attached to one question.",
        ),
        "applications.not_accepted_yet": Text(
            "この申請はまだ受理していません。書類がそろうのを待ちます。",
            "This application is not accepted yet. It waits for complete papers.",
        ),
        "applications.cannot_be_assigned": Text(
            "{name}さんは、審査の担当になれません。", "{name} cannot take charge of a case."
        ),
        "applications.assign_whom": Text(
            "担当にする人を選んでください。", "Choose who is to have the cases."
        ),
        "applications.hold_why": Text(
            "保留の理由を選んでください。「そのほか」のときは、言葉も書きます。",
            "Choose why the case is on hold. For “something else”, add words.",
        ),
        "applications.look_again_past": Text(
            "次に見る日は、明日からの日にしてください。", "The day to look again must be later than today."
        ),
        "applications.note_empty": Text("メモを書いてください。", "Write the note."),
        "applications.not_of_the_office": Text(
            "事務局の役割がないので、できません。", "This is for the office only."
        ),
        "applications.not_their_attestor": Text(
            "この証明者は、この申請の証明者ではありません。",
            "This attestor does not belong to this application.",
        ),
        "applications.question_missing": Text(
            "電話で確かめることを書いてください。", "Write what to ask on the telephone."
        ),
        "applications.call_told": Text(
            "この電話の結果は、もう書かれています。", "The outcome of this call is already written down."
        ),
        "applications.call_needs_outcome": Text(
            "電話の結果を選び、聞いたことを書いてください。",
            "Choose what came of the call and write what was said.",
        ),
        "applications.filter_name_missing": Text("名前を付けてください。", "Give it a name."),
        "applications.levels_by_decider": Text(
            "目安の日数は、決定者が定めます。", "Only a decider sets service levels."
        ),
        "applications.level_out_of_range": Text(
            "日数は1から{most}まで、または空にしてください。",
            "Give 1 to {most} days, or leave it empty.",
        ),
        "applications.mark_of_a_person": Text(
            "「{criterion}」は、機械には決められません。「人の判断で満たす」か「満たさない」を選んでください。",
            "The machine cannot say about “{criterion}”. Choose “met in a person's judgement” or “not met”.",
        ),
        "applications.nothing_to_override": Text(
            "「{criterion}」は、機械が満たすとしています。「そのとおり」を選んでください。",
            "The machine has found “{criterion}” met. Choose “agreed”.",
        ),
        "applications.grounds_unknown": Text(
            "理由の種類を、一覧から選んでください。", "Choose the kind of reason from the list."
        ),
        "applications.words_missing": Text(
            "ご本人への言葉を書いてください。", "Write some words to the applicant."
        ),
        "applications.arrives_later": Text(
            "届いた日は、今日までの日にしてください。", "The day of arrival cannot be after today."
        ),
        "applications.postmark_after_arrival": Text(
            "消印の日は、届いた日までの日にしてください。", "The postmark cannot be after the day of arrival."
        ),
        "applications.open_already": Text(
            "{qualification}の申請が、もう進んでいます。",
            "There is an open application for {qualification} already.",
        ),
        "applications.unknown_form": Text("その書類の種類はありません。", "There is no such form."),
        "applications.signed_later": Text(
            "署名の日は、今日までの日にしてください。", "The day of the signature cannot be after today."
        ),
        "applications.scan_first": Text(
            "宣誓書の画像を、先に添えてください。", "Please add the scan of the pledge first."
        ),
        "applications.nothing_missing": Text(
            "足りない書類はありません。「書類がそろったとする」を押してください。",
            "Nothing is missing. Please press “Note the papers as complete”.",
        ),
        "applications.period_runs": Text(
            "補う期間は{until}までです。それまでは、不受理にできません。",
            "What is missing may come until {until}. The case cannot be turned away before that.",
        ),
        "applications.ask_first": Text(
            "先に、足りないものと期間をご本人に知らせてください。",
            "Please tell the applicant first what is missing and until when.",
        ),
        "applications.nothing_to_appeal": Text(
            "この申請には、不服を申し立てる決定がありません。", "There is no refusal here to appeal against."
        ),
        "applications.appeal_words": Text(
            "どこが違うと考えるかを書いてください。", "Please write what you think is wrong."
        ),
        "applications.appeal_unset": Text(
            "不服を申し立てられる期間を、協会がまだ決めていません。協会にお問い合わせください。",
            "The association has not yet said how long a refusal can be appealed. Please ask the association.",
        ),
        "applications.appeal_late": Text(
            "不服の申立ては、{until}に終わりました。", "The period to appeal ended on {until}."
        ),
        "applications.appealed_already": Text(
            "この決定は、もう見直しの対象になっています。", "This decision is already being looked at again."
        ),
        "applications.nothing_to_reopen": Text(
            "この申請には、まだ決定がありません。", "This case has not been decided yet."
        ),
        "applications.decided_before": Text(
            "前の審査か決定をした人は、この申請を決定できません。",
            "Whoever reviewed or decided the earlier case cannot decide this one.",
        ),
        "applications.reviewed_before": Text(
            "前の審査か決定をした人は、不服の申立てを審査できません。",
            "Whoever reviewed or decided the earlier case cannot review the appeal.",
        ),
        "applications.pledge_text_empty": Text(
            "宣誓の本文を、日本語と英語で書いてください。",
            "Please write the pledge in Japanese and in English.",
        ),
        "applications.pledge_version_taken": Text(
            "「{version}」という版は、もうあります。本文は変えられません。別の版の名前にしてください。",
            "Version “{version}” exists already and its text cannot change. Please choose another name.",
        ),
        "applications.organisation_name": Text(
            "団体の名前を書いてください。", "Please write the name of the organisation."
        ),
        "applications.not_a_contact": Text(
            "この団体の担当者ではありません。", "You do not act for this organisation."
        ),
        "applications.roster_too_large": Text(
            "名簿は{limit}MBまでです。", "A roster has at most {limit} MB."
        ),
        "applications.roster_has_faults": Text(
            "名簿に直すところが{count}か所あります。だれも招いていません。",
            "Faults in the roster: {count}. Nobody was invited.",
        ),
        "applications.invitation_taken": Text(
            "この招待には、もう返事をしています。", "This invitation has been answered already."
        ),
        "applications.facts_changed": Text(
            "見ていたあいだに、この申請の内容が変わりました（証明が届いた、入金が取り消されたなど）。"
            "いまの結果を見てから、もう一度判断してください。何も記録していません。",
            "What this case rests on has changed while you looked at it (a statement arrived, a payment was "
            "undone, or the like). Look at the findings as they are now and judge again. Nothing was recorded.",
        ),
        "applications.statement_came": Text(
            "審査のあとに証明者の署名が届いています。審査へ戻して、見てもらってから決めてください。",
            "An attestor has signed something after the review. Send the case back so that it is looked at "
            "before anything is decided.",
        ),
        "applications.leave_without_reason": Text(
            "差し引く理由を書いてください。", "Say why the days are subtracted."
        ),
        "applications.leave_of_what": Text(
            "この申請にない職歴です。", "This post is not in this application."
        ),
        "applications.leave_out_of_order": Text(
            "休みの終わりが始まりより前です。", "The leave ends before it begins."
        ),
        "applications.leave_beside": Text(
            "休みは、職歴の期間（{start}から{end}まで）と重なる日で書いてください。",
            "The leave must touch the days of the post ({start} to {end}).",
        ),
        "applications.no_such_leave": Text(
            "この差し引きは、もうありません。", "This subtraction is no longer there."
        ),
    }
)
