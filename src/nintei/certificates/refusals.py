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
    }
)
