"""What may not happen to a fee or to a bank line."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "payments.fee_unset": Text(
            "「{ja}」の金額を、協会がまだ決めていません。決まって規程に入るまで、手数料をお願いできません。",
            "The association has not set the amount of “{en}”. Until it is in the rulebook, "
            "no fee can be asked for.",
        ),
        "payments.no_fee_needed": Text(
            "{qualification}は認定が要らない資格なので、手数料はありません。",
            "{qualification} needs no certification, so there is no fee.",
        ),
        "payments.fee_cancelled": Text(
            "この手数料は取り消されています。新しい申請の手数料を使ってください。",
            "This fee was cancelled. Use the fee of the new application.",
        ),
        "payments.fee_already_settled": Text(
            "この手数料は、もう消し込まれています。先に元に戻してください。",
            "This fee is settled already. Undo that match first.",
        ),
        "payments.fee_not_settled": Text(
            "この手数料の入金は、まだ確かめられていません。", "The payment of this fee is not confirmed yet."
        ),
        "payments.short": Text(
            "{missing:,}円足りません。足りない分の入金と一緒に選ぶか、届くまで待ってください。",
            "{missing:,} yen are missing. Choose the transfer that makes it up as well, or wait for it.",
        ),
        "payments.line_used_up": Text(
            "この入金は、もうほかの手数料に充てられています。画面を開き直してください。",
            "This transfer is allotted to another fee already. Open the page again.",
        ),
        "payments.nothing_chosen": Text(
            "入金と手数料を、一つずつ以上選んでください。", "Choose at least one transfer and one fee."
        ),
        "payments.reason_needed": Text(
            "理由を書いてください。あとから確かめられるように残します。",
            "Please give a reason. It is kept, so that it can be checked later.",
        ),
        "payments.not_accountant": Text(
            "入金を消し込み、元に戻せるのは、会計担当だけです。",
            "Only an accountant may settle a fee or undo it.",
        ),
        "payments.own_fee": Text(
            "自分の手数料は、自分では消し込めません。ほかの会計担当に頼んでください。",
            "Nobody settles a fee of their own. Ask another accountant.",
        ),
        "payments.undone_already": Text(
            "この消し込みは、もう元に戻されています。", "This match has been undone already."
        ),
        "payments.undo_needs_two": Text(
            "申請は{day}に受理されています。受理のあとに元に戻すには、二人の確認が要ります。",
            "The application was accepted on {day}. Undoing it after that needs two people.",
        ),
        "payments.second_not_entitled": Text(
            "二人目は、あなたとは別の、会計担当か決定者でなければなりません。",
            "The second person must be somebody else, an accountant or a decider.",
        ),
        "payments.payer_needed": Text(
            "振込人の名義を、銀行の明細に出るとおりに書いてください。",
            "Please write the payer's name as the bank statement shows it.",
        ),
        "payments.nothing_listed": Text(
            "まとめて払う手数料を、一つ以上選んでください。",
            "Choose at least one fee that will be paid together.",
        ),
        "payments.fee_not_waiting": Text(
            "選んだ手数料に、もう待っていないものがあります。画面を開き直してください。",
            "One of the chosen fees is no longer waiting. Open the page again.",
        ),
        "payments.listed_already": Text(
            "選んだ手数料の一つは、「{payer}」との取り決めに入っています。先にその取り決めを終えてください。",
            "One of the chosen fees is on the agreement with “{payer}”. End that agreement first.",
        ),
        "payments.table_incomplete": Text(
            "日付、振込人、金額の列を、それぞれ別に選んでください。",
            "Choose a column each for the day, the payer and the amount.",
        ),
        "payments.table_known": Text(
            "「{name}」という読み方は、もう覚えています。別の名前を付けてください。",
            "There is a way to read called “{name}” already. Give it another name.",
        ),
        "payments.dropped_gone": Text(
            "読み込む前のファイルが残っていません。もう一度ファイルを選んでください。",
            "The file is no longer here. Please choose it again.",
        ),
        "payments.kept_after_acceptance": Text(
            "申請は受理されています。受理のあと、手数料は返金しません。",
            "The application was accepted. After that the fee is not returned.",
        ),
        "payments.own_refund": Text(
            "自分への返金は、自分では扱えません。ほかの会計担当に頼んでください。",
            "Nobody handles a refund to themselves. Ask another accountant.",
        ),
        "payments.payee_needed": Text(
            "返す相手の名前を書いてください。", "Please write who the money goes back to."
        ),
        "payments.send_to_needed": Text(
            "振込先を書いてください。口座がわからないときは、組戻しなど返し方を書きます。",
            "Please write the account to send it to, or how else the bank returns it.",
        ),
        "payments.nothing_to_refund": Text(
            "振込手数料を引くと、返す金額が残りません。", "After the bank's charge nothing is left to return."
        ),
        "payments.refund_not_due": Text(
            "この返金は、もう承認されたか、取りやめられています。",
            "This refund was approved or given up already.",
        ),
        "payments.refund_not_approved": Text(
            "この返金は、まだ承認されていないか、もう振り込まれています。",
            "This refund is not approved yet, or it was paid already.",
        ),
        "payments.refund_not_paid": Text(
            "この返金は、まだ振り込まれていません。", "This refund has not been paid."
        ),
        "payments.refund_gone": Text(
            "この返金は、もう振り込まれたか、取りやめられています。",
            "This refund was paid or given up already.",
        ),
        "payments.paid_on_wrong_day": Text(
            "振り込んだ日は、{first}から{last}までの日です。銀行の日付を確かめてください。",
            "The day of the transfer lies between {first} and {last}. Check the bank's date.",
        ),
        "payments.approval_open": Text(
            "承認を待っています。先に承認の求めを取り下げてください。",
            "An approval is being waited for. Take that question back first.",
        ),
        "payments.asked_already": Text(
            "このことは、もう二人目の承認を待っています。",
            "A second person has been asked about this already.",
        ),
        "payments.decided_already": Text(
            "この求めには、もう答えが出ています。画面を開き直してください。",
            "This was decided already. Open the page again.",
        ),
        "payments.close_in_future": Text(
            "{day}は、まだ終わっていません。今日までの日を締められます。",
            "{day} is not over. Days up to today can be closed.",
        ),
        "payments.closed_already": Text(
            "{day}まで、もう締めてあります。締めた日は開け直せません。直しは、あとの日の仕訳でします。",
            "The books are closed through {day}. They are not opened again: a later entry puts things right.",
        ),
        "payments.not_your_receipt": Text(
            "ご自分が払った手数料の領収書だけを受け取れます。",
            "You can only have the receipt of a fee of your own.",
        ),
        "payments.addressee_needed": Text(
            "宛名を書いてください。", "Please write to whom the receipt is made out."
        ),
        "payments.receipt_void": Text(
            "この領収書は無効です。再発行できません。", "This receipt is void, so no copy can be issued."
        ),
        "payments.rate_unknown": Text(
            "この入金の消費税率を規程で確かめられないので、領収書を作れません。協会に知らせてください。",
            "The rulebook does not tell the tax rate of this payment, so no receipt can be made. "
            "Please tell the association.",
        ),
        "payments.on_company_receipt": Text(
            "この手数料は、会社あての領収書 {number} に入っています。別の領収書は発行できません。",
            "This fee is on the receipt {number} made out to a company. No other receipt can be issued for it.",
        ),
        "payments.not_for_several": Text(
            "この入金は、二人分以上の手数料を払っていません。領収書は、払った方のページで発行します。",
            "This transfer does not pay for two fees or more. The payer's own page issues the receipt.",
        ),
        "payments.has_own_receipt": Text(
            "領収書 {numbers} が、もう本人に出ています。返してもらって無効にしてから、会社あてに発行してください。",
            "The receipts {numbers} were already taken by the people themselves. Have them handed back and make them "
            "void, then issue one to the company.",
        ),
        "payments.account_needed": Text(
            "行き先の勘定科目を選んでください。", "Please choose where the money goes in the books."
        ),
        "payments.restored_already": Text(
            "このお金は、もう仮受金に戻っています。", "This money is back in suspense already."
        ),
        "payments.cannot_print": Text(
            "宛名に、印刷できない文字があります。別の字で書いてください。",
            "The name it is made out to has a character that cannot be printed. Please write it with another.",
        ),
    }
)
