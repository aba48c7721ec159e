"""What the ledger refuses, in both languages: what is wrong, where, and what to do."""

from __future__ import annotations

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "ledger.title_missing": Text(
            "何をしたかを書いてください（研修名や本の題名など）。",
            "Please say what you did: the name of the course, the title of the book.",
        ),
        "ledger.category_unknown": Text(
            "区分「{category}」は規程（{edition}）にありません。もう一度選んでください。",
            "The rules ({edition}) know no category “{category}”. Please choose again.",
        ),
        "ledger.topic_missing": Text(
            "業務の分野のどれにあたるかを選んでください。区分{category}は、業務の分野に入る活動だけを数えます。",
            "Please choose one of the fields of work. Category {category} only counts activity in them.",
        ),
        "ledger.topic_unknown": Text(
            "分野「{topic}」は規程にありません。もう一度選んでください。",
            "The rules know no field “{topic}”. Please choose again.",
        ),
        "ledger.competency_unknown": Text(
            "コンピテンシー「{competency}」は一覧にありません。もう一度選ぶか、空けてください。",
            "The list has no competency “{competency}”. Please choose again, or leave it empty.",
        ),
        "ledger.proof_unknown": Text(
            "証明の種類「{proof}」はありません。もう一度選んでください。",
            "There is no kind of proof “{proof}”. Please choose again.",
        ),
        "ledger.no_session": Text(
            "活動した日と時間を書いてください。", "Please say on which day, and for how long."
        ),
        "ledger.serves_missing": Text(
            "1つの活動は、1つの資格の更新にだけ使えます。どの資格に使うかを選んでください（{choices}）。",
            "An activity can be used for the renewal of one qualification only. Please choose which ({choices}).",
        ),
        "ledger.serves_all": Text(
            "1つの活動は、どの資格の更新にも使えます。選ぶ必要はありません。",
            "An activity counts for the renewal of every qualification. Nothing has to be chosen.",
        ),
        "ledger.minutes_not_positive": Text(
            "{on}の時間が{minutes}分になっています。1分以上を書いてください。",
            "The time on {on} is {minutes} minutes. Please write at least 1 minute.",
        ),
        "ledger.items_missing": Text(
            "区分{category}は件数で数えます。1から{most}までの件数を書いてください。",
            "Category {category} is counted by the item. Please say how many: from 1 to {most}.",
        ),
        "ledger.minutes_not_asked": Text(
            "区分{category}は件数で数えるので、時間（{minutes}分）は書きません。時間を消して、件数を書いてください。",
            "Category {category} is counted by the item and takes no time ({minutes} minutes). "
            "Please clear the time and say how many.",
        ),
        "ledger.items_not_asked": Text(
            "区分{category}は時間で数えるので、件数（{items}件）は書きません。件数を消して、時間を書いてください。",
            "Category {category} is counted by time and takes no number of items ({items}). "
            "Please clear the number and write the time.",
        ),
        "ledger.items_on_one_day": Text(
            "件数で数える区分{category}は、1日ずつ記録します。ほかの日の分は、別の記録にしてください。",
            "Category {category} is counted by the item, one day at a time. "
            "Please record what belongs to other days separately.",
        ),
        "ledger.day_too_long": Text(
            "{on}の時間が合わせて{minutes}分になり、1日の24時間（1440分）を超えます。"
            "ほかの記録も含めて、時間か日付を直してください。",
            "The time on {on} adds up to {minutes} minutes, more than the 24 hours (1440 minutes) of a day. "
            "Please correct the time or the day, here or in your other records of that day.",
        ),
        "ledger.period_has_one_sum": Text(
            "期間でまとめて書くときは、時間の合計を1つだけ書いてください。日ごとの時間がわかるときは、期間を消して日ごとに書きます。",
            "A period takes one sum of hours. If you know the hours of each day, clear the period and write the days.",
        ),
        "ledger.period_ends_first": Text(
            "期間の始まり（{first}）は、終わりの日（{last}）より前にしてください。",
            "The period must begin ({first}) before its last day ({last}).",
        ),
        "ledger.period_too_short": Text(
            "{first}から{last}までに{minutes}分は入りません。時間か期間を直してください。",
            "{minutes} minutes do not fit between {first} and {last}. Please correct the time or the period.",
        ),
        "ledger.rows_at_fault": Text(
            "{count}行に直すところがあるので、1件も記録していません。直してもう一度読み込むか、その行を除いて記録してください。",
            "{count} rows have something to mend, so nothing was recorded. Mend them and bring the table in again, "
            "or record the others without them.",
        ),
        "ledger.rows_lost": Text(
            "確かめた行を読み取れませんでした。もう一度、表を貼り付けるかファイルを選んでください。",
            "The rows you checked could not be read. Please paste the table or choose the file again.",
        ),
        "ledger.too_many_drafts": Text(
            "下書きが{most}件あります。記録するか削除してから、もう一度お試しください。",
            "There are {most} drafts already. Please record or delete some, then try again.",
        ),
        "ledger.draft_closed": Text(
            "この下書きは、もう記録されたか削除されています。",
            "This draft has already been recorded or deleted.",
        ),
        "ledger.relief_unknown": Text(
            "「{kind}」という種類はありません。もう一度選んでください。",
            "There is no kind “{kind}”. Please choose again.",
        ),
        "ledger.relief_ends_first": Text(
            "終わりの日（{last}）は、始まりの日（{first}）以後にしてください。",
            "The last day ({last}) must not be before the first ({first}).",
        ),
        "ledger.relief_without_reason": Text("理由を書いてください。", "Please give a reason."),
        "ledger.relief_ended": Text(
            "この期間は、もう取り消されています。", "This window has been taken back already."
        ),
        "ledger.not_both_yours": Text(
            "2つの記録は、どちらも自分の別々の記録でなければなりません。",
            "Both records must be your own, and two different ones.",
        ),
        "ledger.day_in_future": Text(
            "{on}は今日（{today}）より後です。活動した日は、今日までの日にしてください。終わってから記録できます。",
            "{on} is later than today ({today}). Please give a day up to today; you can record it once it is done.",
        ),
        "ledger.course_missing": Text(
            "区分{category}では、認定・主催コースの一覧からコースを選びます。"
            "一覧にないコースは「ほかの研修コース」（B）として記録できます。",
            "For category {category}, choose the course from the list of accredited courses. "
            "A course that is not on the list can be recorded as “another course” (B).",
        ),
        "ledger.course_not_accredited": Text(
            "「{course}」は{on}には認定されていません。この日の受講は「ほかの研修コース」（B）として記録できます。",
            "“{course}” was not accredited on {on}. You can record that day as “another course” (B).",
        ),
        "ledger.already_claimed": Text(
            "「{title}」は{filed_on}の更新申請に使われているので、変えられません。受付が終わるまでは、"
            "更新の申請を取り下げると直せます。そのあとは協会に知らせてください。",
            "“{title}” is part of the renewal application of {filed_on} and cannot be changed. Until the window "
            "closes you can withdraw the renewal and correct it; after that, please tell the association.",
        ),
        "ledger.confirmed_by_provider": Text(
            "{provider}が確認した受講なので、直せません。違うときは、研修の提供者に知らせてください。",
            "{provider} confirmed this attendance, so it cannot be changed here. If it is wrong, tell the provider.",
        ),
        "ledger.already_withdrawn": Text(
            "「{title}」はすでに取り消されています。", "“{title}” has already been withdrawn."
        ),
        "ledger.same_file_again": Text(
            "「{name}」はこの記録にもう添えてあります。", "“{name}” is already attached to this record."
        ),
        "ledger.nobody_holds": Text(
            "認定を持っている人の記録です。認定されると、その有効期間の初日から記録できます。",
            "This is for holders of a certification. Once certified, you can record activity from its first day.",
        ),
    }
)
