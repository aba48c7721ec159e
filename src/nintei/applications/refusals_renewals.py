"""What may not happen to a renewal, in both languages."""

from __future__ import annotations

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "applications.window_early": Text(
            "更新の受付はまだ始まっていません。受付期間は{opens}から{closes}までです。",
            "Renewal is not open yet. Applications are taken from {opens} to {closes}.",
        ),
        "applications.window_late": Text(
            "更新の受付は終わりました。受付期間は{opens}から{closes}まででした。資格は{ends}まで有効で、"
            "その翌日に失効します。失効のあとは、この資格を名乗れません。",
            "Renewal has closed. Applications were taken from {opens} to {closes}. The certification is valid "
            "until {ends} and lapses the day after. After that the title may not be used.",
        ),
        "applications.window_lapsed": Text(
            "更新の受付は終わりました。受付期間は{opens}から{closes}まででした。資格は{ends}で有効期間が終わり、"
            "失効しました。この資格は名乗れません。",
            "Renewal has closed. Applications were taken from {opens} to {closes}. The validity ended on {ends} "
            "and the certification has lapsed. The title may not be used.",
        ),
        "applications.already_filed": Text(
            "この有効期間の更新は、もう申請しています。",
            "A renewal has already been filed for this validity.",
        ),
        "applications.nothing_to_amend": Text(
            "申請した記録と、いまの記録は同じです。改めるものはありません。",
            "The log is the same as what you filed. There is nothing to amend.",
        ),
        "applications.under_audit": Text(
            "この更新の申請は監査の対象なので、監査が終わるまで変えることも決めることもできません。",
            "This renewal is held for an audit. Until the audit ends it can be neither changed nor decided.",
        ),
        "applications.not_held": Text(
            "この更新の申請は、この監査の対象ではありません。", "This renewal is not held by this audit."
        ),
        "applications.audit_outcome": Text(
            "監査の結果が正しくありません。ポイントを減らすときは、外す記録を1件以上選んでください。",
            "This audit outcome makes no sense. To reduce points, choose at least one line to strike.",
        ),
        "applications.renewal_pledge_missing": Text(
            "更新の申請には、宣誓の署名が必要です。本文を読んで、氏名を書いてください。",
            "A renewal needs a signed pledge. Read the text and type your name.",
        ),
        "applications.batch_empty": Text(
            "まとめて進められる更新が選ばれていません。",
            "No renewal was chosen that can be put forward together.",
        ),
        "applications.batch_own": Text(
            "認定は二人で決めます。まとめた人は、決定できません。",
            "Two people decide. Whoever put a batch forward cannot also decide it.",
        ),
        "applications.batch_settled": Text(
            "このまとまりは、もう決定しています。", "This batch has already been decided."
        ),
        "applications.left_by_decider": Text(
            "決定する人が、まとまりから外しました。", "The decider left it out of the batch."
        ),
        "applications.not_ready": Text(
            "この更新は、すべての基準を満たしていると機械が確かめたものではありません。一件ずつ審査してください。",
            "The machine has not found every criterion of this renewal to be met. Review it on its own.",
        ),
    }
)
