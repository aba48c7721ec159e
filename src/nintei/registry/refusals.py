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
    }
)
