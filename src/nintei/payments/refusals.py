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
    }
)
