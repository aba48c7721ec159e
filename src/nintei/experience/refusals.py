"""What may not happen to posts and attestations, in both languages."""

from __future__ import annotations

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "experience.not_yours": Text("この職歴は、あなたのものではありません。", "This post is not yours."),
        "experience.no_organisation": Text(
            "勤務先の名前を書いてください。", "Write the name of the organisation."
        ),
        "experience.starts_after_today": Text(
            "始まりの日は、今日（{today}）までの日にしてください。",
            "The first day must be no later than today ({today}).",
        ),
        "experience.ends_after_today": Text(
            "終わりの日は、今日（{today}）までの日にしてください。いまも続いていれば、「現在も続いている」を選びます。",
            "The last day must be no later than today ({today}). If you still hold the post, "
            "choose “I still hold this post”.",
        ),
        "experience.ends_before_start": Text(
            "終わりの日（{ended}）が、始まりの日（{started}）より前です。",
            "The last day ({ended}) is before the first day ({started}).",
        ),
        "experience.before_birth": Text(
            "始まりの日（{started}）が、生年月日（{born}）より前です。年を確かめてください。",
            "The first day ({started}) is before the day of birth ({born}). Please check the year.",
        ),
        "experience.before_1900": Text(
            "始まりの日（{started}）の年を確かめてください。1900年より前の日は使えません。",
            "Please check the year of the first day ({started}). A day before 1900 cannot be used.",
        ),
        "experience.no_field": Text(
            "業務の分野を1つ以上選んでください。", "Choose at least one field of practice."
        ),
        "experience.unknown_field": Text(
            "分野「{field}」は、業務の分野にありません。",
            "Field “{field}” is not one of the fields of practice.",
        ),
        "experience.post_waits": Text(
            "証明をお願いしている職歴は直せません。先にお願いを取り消してください。",
            "A post that an attestor has been asked about cannot be changed. Withdraw the request first.",
        ),
        "experience.post_attested": Text(
            "証明された職歴は、直したり消したりできません。違う期間があれば、別の職歴として加えてください。",
            "A post that has been attested cannot be changed or removed. Add another post for other dates.",
        ),
        "experience.no_post": Text(
            "証明してもらう職歴を1つ以上選んでください。", "Choose at least one post to be attested."
        ),
        "experience.attestor_is_applicant": Text(
            "ご自分では証明できません。上司か監督者だった方のメールアドレスを書いてください。",
            "You cannot attest your own work. Give the e-mail address of somebody who was your superior "
            "or supervisor.",
        ),
        "experience.no_attestor": Text(
            "証明してくださる方のお名前とメールアドレスを書いてください。",
            "Give the name and the e-mail address of the attestor.",
        ),
        "experience.no_name": Text(
            "先に、あなたの氏名を書いてください。お願いのメールにも用紙にも、氏名が載ります。",
            "Please write your own name first. It stands in the request, by mail or on paper.",
        ),
        "experience.already_asked": Text(
            "{organisation}の職歴は、{attestor}さんに証明をお願いしています。変えるときは、先にそのお願いを取り消してください。",
            "{attestor} has already been asked about the post at {organisation}. To change that, withdraw "
            "the request first.",
        ),
        "experience.reminded_today": Text(
            "今日はもう知らせを送りました。次は明日から送れます。",
            "A reminder has already been sent today. The next can be sent tomorrow.",
        ),
        "experience.link_unknown": Text(
            "このリンクは使えません。メールのリンクを最後まで写せているか、確かめてください。新しいメールが届いていれば、そちらのリンクを使ってください。",
            "This link does not work. Please check that the whole link from the mail was copied. If a newer "
            "mail has arrived, use the link in that one.",
        ),
        "experience.link_used": Text(
            "このお願いには、{day}に返事をいただいています。もう一度送る必要はありません。",
            "This request was answered on {day}. There is no need to answer again.",
        ),
        "experience.link_expired": Text(
            "このお願いの期限（{day}）は過ぎました。{applicant}さんに、もう一度お願いするよう伝えてください。",
            "This request expired on {day}. Please tell {applicant} to ask again.",
        ),
        "experience.link_withdrawn": Text(
            "このお願いは、{applicant}さんが取り消しました。返事はいりません。",
            "{applicant} has withdrawn this request. No answer is needed.",
        ),
        "experience.not_open": Text(
            "このお願いは、もう終わっています。", "This request has already been closed."
        ),
        "experience.other_post": Text(
            "お願いと違う職歴への返事は受け取れません。メールのリンクから、もう一度開いてください。",
            "An answer about a post that was not asked about cannot be taken. Please open the link in the "
            "mail again.",
        ),
        "experience.line_without_answer": Text(
            "{organisation}の職歴について、「はい」「少し違う」「確認できない」のどれかを選んでください。",
            "For the post at {organisation}, choose “yes”, “a little different” or “I cannot confirm”.",
        ),
        "experience.no_signature": Text(
            "署名として、お名前を書いてください。", "Write your name as your signature."
        ),
        "experience.bad_drawing": Text(
            "手書きの署名を受け取れませんでした。消してもう一度書くか、書かずに送ってください。",
            "The drawn signature could not be taken. Clear it and draw it again, or send without it.",
        ),
        "experience.no_tenure": Text(
            "いつから監督していたかを書いてください。", "Say since when you supervised there."
        ),
        "experience.tenure_order": Text(
            "監督の終わり（{until}）が、始まり（{since}）より前です。",
            "The end of your supervision ({until}) is before its beginning ({since}).",
        ),
        "experience.tenure_after_today": Text(
            "監督していた期間は、今日（{today}）までの日で書いてください。",
            "Give your time as supervisor with days no later than today ({today}).",
        ),
        "experience.outside_tenure": Text(
            "監督していた期間と、{organisation}の職歴の期間が重なりません。日付を確かめるか、「確認できない」を選んでください。",
            "Your time as supervisor and the time of the post at {organisation} do not overlap. Check the "
            "dates, or choose “I cannot confirm”.",
        ),
        "experience.differs_how": Text(
            "{organisation}の職歴について、どこが違うかを日付か分野で示してください。",
            "For the post at {organisation}, show by dates or fields what is different.",
        ),
        "experience.no_attestor_name": Text(
            "証明してくださる方のお名前を書いてください。", "Give the name of the attestor."
        ),
        "experience.one_organisation": Text(
            "証明書の用紙は、勤務先ごとに1枚です。1つの勤務先の職歴だけを選んでください。",
            "There is one form for each organisation. Choose posts at one organisation only.",
        ),
        "experience.on_paper": Text(
            "用紙でのお願いには、メールを送れません。用紙をもう一度印刷して渡してください。",
            "This request is on paper, so no mail can be sent. Print the form again and hand it over.",
        ),
        "experience.all_attested": Text(
            "{organisation}の職歴は、すべて証明済みです。もうお願いする必要はありません。",
            "The post at {organisation} has been attested in full. There is nothing left to ask for.",
        ),
        "experience.leave_order": Text(
            "休みの終わりの日（{ended}）が、始まりの日（{started}）より前です。",
            "The last day of the leave ({ended}) is before its first day ({started}).",
        ),
        "experience.leave_outside_post": Text(
            "{day}からの休みが、職歴の期間からはみ出しています。職歴の期間の中の日にしてください。",
            "The leave from {day} is not within the time of the post. Use days within the post.",
        ),
        "experience.leaves_overlap": Text(
            "{day}からの休みが、前の休みと重なっています。日を確かめてください。",
            "The leave from {day} overlaps the one before it. Please check the days.",
        ),
        "experience.substitution_unnamed": Text(
            "資格や研修の名前と、出した団体の名前を書いてください。",
            "Give the name of the qualification or training, and who issued it.",
        ),
        "experience.no_evidence": Text(
            "証書や修了証の写しを1つ以上選んでください。", "Choose at least one copy of the certificate."
        ),
        "experience.obtained_when": Text(
            "取得・修了の日（{day}）を確かめてください。生まれる前の日や、明日からの日は使えません。",
            "Please check the day ({day}). It can be neither before birth nor after today.",
        ),
        "experience.substitution_granted": Text(
            "協会が月数を認めたものは、消せません。",
            "What the office has granted months for cannot be removed.",
        ),
        "experience.only_reviewers": Text(
            "これができるのは審査担当だけです。", "Only a reviewer can do this."
        ),
        "experience.only_desk": Text(
            "これができるのは業務受託者と審査担当だけです。", "Only the contractor or a reviewer can do this."
        ),
        "experience.own_case": Text(
            "ご自分の申請については、できません。ほかの審査担当に頼んでください。",
            "You cannot do this in a case of your own. Please ask another reviewer.",
        ),
        "experience.months_beyond": Text(
            "認められる月数は、0か月から{most}か月までです。", "Between 0 and {most} months can be granted."
        ),
        "experience.grant_without_reason": Text(
            "その月数にした理由を書いてください。", "Write why this number of months is granted."
        ),
        "experience.paper_days": Text(
            "署名の日（{signed}）、届いた日（{arrived}）、今日（{today}）の順になるように、日を確かめてください。",
            "Please check the days: signed ({signed}), arrived ({arrived}) and today ({today}) must come in "
            "this order.",
        ),
        "experience.no_such_paper": Text(
            "このコードの用紙は見つかりません。用紙の右上のコードを、もう一度確かめてください。",
            "No form has this code. Please check the code at the top right of the form.",
        ),
        "experience.cannot_print": Text(
            "文の中に、PDFに印刷できない文字があります。この画面を印刷してお使いください。",
            "The text has a character that cannot be printed as PDF. Please print this page instead.",
        ),
        "experience.text_changed": Text(
            "署名の前に見ていただいた文と、いまの内容が違います。もう一度読んでから署名してください。",
            "The text you were shown is not the text you would sign now. Please read it again, then sign.",
        ),
    }
)
