"""The registry's refusals, in both languages."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "registry.report_differs": Text(
            "{line}行目：{exam}の{number}は、ちがう内容で登録済みです。ファイルか登録を確かめてください。",
            "Line {line}: report {number} ({exam}) is already on file with other details. Please check which is right.",
        ),
        "registry.file_has_faults": Text(
            "ファイルに直すところが{count}か所あります。何も取り込んでいません。",
            "Faults in the file: {count}. Nothing was imported.",
        ),
        "registry.report_not_found": Text(
            "その番号と生年月日の試験結果レポートは見つかりません。番号をもう一度確かめてください。",
            "No result report has this number and birth date. Please check the number.",
        ),
        "registry.already_certified": Text(
            "この人は、すでに{qualification}の認定を受けています。",
            "This person is already certified as {qualification}.",
        ),
        "registry.no_certification": Text(
            "この資格の認定がありません。", "There is no certification to renew."
        ),
        "registry.unknown_exam": Text("「{exam}」という試験はありません。", "There is no exam “{exam}”."),
        "registry.issued_later": Text(
            "発行日は、今日までの日にしてください。", "The day of issue cannot be after today."
        ),
        "registry.number_missing": Text("合格者番号を書いてください。", "Please write the pass number."),
        "registry.not_entitled": Text(
            "あなたの役割では、これはできません。", "Your role does not allow this."
        ),
        "registry.own_copy": Text(
            "ご自分のレポートの写しは、ほかの人が確かめます。",
            "The copy of your own report is for somebody else to check.",
        ),
        "registry.copy_checked": Text(
            "この写しは、ほかの人が先に確かめました（{state}）。",
            "Somebody else has checked this copy already ({state}).",
        ),
        "registry.say_why": Text("理由を書いてください。", "Please write the reason."),
        "registry.not_in_this_state": Text(
            "いまの状態（{state}）では、「{event}」ことはできません。",
            "This cannot be done in the present state ({state}): {event}.",
        ),
        "registry.no_paper_now": Text(
            "いまの状態（{state}）では、認定証を作りません。氏名の変更は求められます。",
            "No certificate is made in the present state ({state}). A change of name can be asked for.",
        ),
        "registry.before_the_last_change": Text(
            "前の変更の日（{day}）より前にはできません。",
            "This cannot be dated before the last change ({day}).",
        ),
        "registry.day_to_come": Text("今日までの日にしてください。", "The day cannot be after today."),
        "registry.no_papers": Text(
            "確かめる書類を、1枚以上付けてください。メールアドレスだけでは、ご本人とわかりません。",
            "Please add at least one paper. An e-mail address alone does not show who somebody is.",
        ),
        "registry.case_open": Text(
            "この認定には、同じ手続き（{kind}）がもう始まっています。",
            "The same case ({kind}) is already open for this certification.",
        ),
        "registry.case_not_now": Text(
            "この手続きは、いまの段階（{state}）では、そうできません。",
            "This cannot be done at the present stage of the case ({state}).",
        ),
        "registry.own_case": Text(
            "ご自分の認定の手続きは、ほかの人が進めます。",
            "A case about your own certification is for somebody else to take further.",
        ),
        "registry.two_people": Text(
            "書類を確かめた人とは別の人が決めます。",
            "Somebody other than who looked at the papers decides.",
        ),
        "registry.name_missing": Text("名前を書いてください。", "Please write the name."),
        "registry.kana_only": Text("読みは、かなで書いてください。", "Please write the reading in kana."),
        "registry.employer_ended": Text(
            "この会社の登録は終わっています。", "This employer is no longer registered."
        ),
        "registry.nothing_fits": Text(
            "この番号と氏名に合う認定は見つかりません。", "No certification fits this number and name."
        ),
        "registry.too_often": Text(
            "続けて確かめすぎました。少し待ってから、もう一度送ってください。",
            "Too many questions in a row. Please wait a little and send it again.",
        ),
        "registry.unknown_token": Text(
            "このトークンは使えません。協会に新しいものを頼んでください。",
            "This token cannot be used. Please ask the association for a new one.",
        ),
        "registry.no_employer": Text(
            "その会社番号の登録はありません。会社にもう一度確かめてください。",
            "There is no employer with this number. Please ask your employer again.",
        ),
        "registry.holder_differs": Text(
            "{number}は、ちがう内容で登録済みです。ファイルか登録を確かめてください。",
            "{number} is already on file with other details. Please check which is right.",
        ),
        "registry.address_taken": Text(
            "{email}は、ほかの登録で使われています。アドレスだけでは同じ人とわからないので、住所を書いてください。",
            "{email} belongs to another account. An address does not show who somebody is: please write a postal one.",
        ),
        "registry.copy_of_another": Text(
            "{number}のレポートは、ほかの人のものとして登録されています。同じ人が二度登録されていないか、確かめてください。",
            "Report {number} is on file as another person's. Please check whether one person was entered twice.",
        ),
        "registry.copy_differs": Text(
            "取り込んだ{number}のレポートと、合否か発行日が違います。どちらが正しいかを確かめてください。",
            "The imported report {number} has another result or day of issue. Please check which is right.",
        ),
    }
)
