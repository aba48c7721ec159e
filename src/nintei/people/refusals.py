"""What may not happen to an account."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "people.email_taken": Text(
            "{email} は、もう登録されています。サインインしてください。",
            "{email} is already registered. Please sign in.",
        ),
        "people.kana_only": Text(
            "フリガナは、カタカナで書いてください。書かれた文字：{kana}",
            "Please write the reading of the name in katakana. You wrote: {kana}",
        ),
        "people.role_held": Text(
            "{name}さんは、もうこの役割を持っています。", "{name} already holds this role."
        ),
        "people.board_is_there": Text(
            "理事がもう2人います。役割は、理事が「役割」のページ（/office/roles）で定めます。",
            "Two members of the board are there. From now on the board entrusts roles on the page Roles "
            "(/office/roles).",
        ),
        "people.role_not_held": Text(
            "{name}さんは、この役割を持っていません。", "{name} does not hold this role."
        ),
        "people.role_ends_before_it_begins": Text(
            "役割を終える日は、始めた日（{from_on}）からの日にしてください。",
            "A role cannot end before the day it began ({from_on}).",
        ),
        "people.not_a_demo": Text(
            "デモではないので、日を動かせません。", "This is not a demo: the day cannot be set."
        ),
        "people.name_missing": Text("氏名を書いてください。", "Please write the name."),
        "people.no_postal_address": Text(
            "郵送先の住所を書いてください。メールのない人への知らせは、郵便で届けます。",
            "Please write a postal address. Whoever has no mail is told by post.",
        ),
        "people.has_email": Text(
            "もうメールアドレスがあります：{email}", "There is an address already: {email}"
        ),
        "people.not_entitled": Text("あなたの役割では、これはできません。", "Your role does not allow this."),
        "people.own_name": Text(
            "ご自分の前の氏名は、ほかの人が確かめます。",
            "Your own former name is for somebody else to check.",
        ),
        "people.no_evidence": Text(
            "前の氏名を示す書類がないので、確認済みにできません。",
            "There is no paper that shows the former name, so it cannot be confirmed.",
        ),
        "people.say_what_is_wrong": Text(
            "どこが、どう違うかを書いてください。", "Please write what is wrong, and how it should be."
        ),
        "people.request_not_now": Text(
            "この求めは、もう先へ進んでいます（{state}）。", "This request has moved on already ({state})."
        ),
        "people.say_why": Text("理由を書いてください。", "Please write the reason."),
        "people.name_checked": Text(
            "この氏名は、ほかの人が先に確かめました（{state}）。",
            "Somebody else has checked this name already ({state}).",
        ),
        "people.own_role": Text(
            "ご自分の役割は、ほかの人が変えます。", "Your own role is for somebody else to change."
        ),
        "people.account_closed": Text(
            "{name}さんのアカウントは閉じています。", "The account of {name} is closed."
        ),
        "people.proposed_already": Text(
            "{name}さんの「{role}」は、もう二人目を待っています。",
            "A change of “{role}” for {name} already waits for a second person.",
        ),
        "people.two_people": Text(
            "言い出した人とは別の人が決めます。", "Somebody other than whoever asked must agree."
        ),
        "people.answered_already": Text("ほかの人が先に答えました。", "Somebody else has answered already."),
        "people.own_account": Text(
            "ご自分のアカウントは、ほかの人が扱います。", "Your own account is for somebody else to handle."
        ),
        "people.same_account": Text("同じアカウントです。", "These are the same account."),
        "people.has_roles": Text(
            "{name}さんは事務局の役割を持っています。先に役割を終えてください。",
            "{name} holds a role at the office. End the role first.",
        ),
        "people.merge_asked": Text(
            "この二つのアカウントは、もう二人目を待っています。",
            "A merge of these two accounts already waits for a second person.",
        ),
        "people.merge_not_now": Text("いまはできません（{state}）。", "This cannot be done now ({state})."),
        "people.merge_collides": Text(
            "二つのアカウントに、一人に一つしかないもの（同じ資格の認定、同じ資格の進行中の申請など）があります。"
            "何も動かしていません。",
            "Both accounts hold what one person can hold only once (a certification or an open application of "
            "the same qualification, for example). Nothing was moved.",
        ),
    }
)
