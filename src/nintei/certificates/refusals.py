"""What this room refuses, in both languages."""

from nintei.rules.edition import Text
from nintei.shared.refusals import declare

declare(
    {
        "certificates.passport_empty": Text(
            "認定がまだないので、パスポートに入れる記録がありません。",
            "There is no certification yet, so there is no record to put into a passport.",
        ),
        "certificates.passport_waits": Text(
            "いま1通を作っています。できてから、もう一度お試しください。",
            "One passport is being made. Please try again when it is ready.",
        ),
        "certificates.passport_many": Text(
            "パスポートは{most}通まで置けます。使わないものを削除してください。",
            "Up to {most} passports are kept. Please delete one that you no longer use.",
        ),
        "certificates.passport_long": Text(
            "活動が{most}件を超えるので、1通に入りません。活動の一覧を外してください。",
            "There are more than {most} activities, too many for one passport. Please leave the list of activities out.",
        ),
        "certificates.brought_already": Text(
            "同じファイルは{on}に受け取っています。下書きは増やしていません。",
            "The same file was brought on {on}. No drafts were added.",
        ),
        "certificates.brought_bad": Text(
            "このファイルは受け取れません：{ja}。",
            "This file cannot be taken in: {en}.",
        ),
        "certificates.not_entitled": Text(
            "この仕事は、あなたの役割ではできません。", "Your role does not do this."
        ),
        "certificates.not_now": Text(
            "{names}：いまは「{state}」なので、できません。ほかの人が先に記録したかもしれません。",
            "{names}: it is now “{state}”, so this cannot be done. Somebody else may have recorded something first.",
        ),
        "certificates.say_why": Text("理由を書いてください。", "Say why."),
        "certificates.choose": Text("認定証を1枚以上選んでください。", "Choose at least one certificate."),
        "certificates.too_many": Text(
            "一度に印刷できるのは{most}枚までです。", "At most {most} can be printed at once."
        ),
        "certificates.day_to_come": Text(
            "今日までの日を書いてください。", "Give a day that is not after today."
        ),
        "certificates.before": Text(
            "{names}：その日は、認定証ができた日より前です。",
            "{names}: that day is before the certificate was made.",
        ),
        "certificates.no_address": Text(
            "住所がないので、宛名を作れません：{names}。住所を尋ねるか、選択から外してください。",
            "There is no postal address for: {names}. Ask for it, or leave them out.",
        ),
        "certificates.not_held": Text(
            "いまは有効な認定ではないので、発送しません：{names}。",
            "The certification does not stand now, so nothing is sent: {names}.",
        ),
        "certificates.no_glyph": Text(
            "「{sign}」の字が書体にないので、印刷を止めました：{names}。",
            "No font has the character “{sign}”, so nothing was printed: {names}.",
        ),
        "certificates.too_long": Text(
            "住所が窓に入りません。短く直してください：{names}。",
            "The address does not fit into the window; please shorten it: {names}.",
        ),
        "certificates.say_again": Text(
            "もう印刷してあります：{names}。印刷し直す理由を選んでください。",
            "Already printed: {names}. Choose why to print again.",
        ),
        "certificates.not_spoiled": Text(
            "一度発送したものは、刷り損じにはなりません：{names}。",
            "What has been posted once is not a spoiled sheet: {names}.",
        ),
        "certificates.no_mail": Text(
            "メールアドレスもないので、尋ねられません：{names}。電話などで確かめて、住所を書いてください。",
            "There is no e-mail address either: {names}. Ask by telephone, and enter the address.",
        ),
        "certificates.many_links": Text(
            "開けるリンクは{most}件までです。使わないものを取り消してください。",
            "At most {most} links can be open at once. Revoke those that you do not need.",
        ),
        "certificates.link_days": Text(
            "期限は、明日から{most}日後までの日にしてください。",
            "Choose a last day from tomorrow to {most} days from now.",
        ),
    }
)
