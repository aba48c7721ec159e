"""What is said of each thing that was looked at, in both languages: `key.yes`, `key.no`, `key.unknown`."""

from __future__ import annotations

from nintei.certificates.verifying.verdict import Reason
from nintei.rules.edition import Text

SENTENCES = {
    "file.unknown": Text("このファイルは読めません（{detail}）。", "This file cannot be read ({detail})."),
    "pdf.yes": Text("PDFは、署名されたときのままです。", "The PDF is as it was when it was signed."),
    "pdf.no": Text("PDFは、署名のあとで変えられています（{detail}）。", "The PDF was changed after it was signed ({detail})."),
    "pdf.unknown": Text("PDFに、発行者の署名がありません（{detail}）。", "The PDF has no signature of the issuer ({detail})."),
    "stamp.yes": Text("署名には時刻認証があります（{by}、{at}）。", "The signature bears a time stamp ({by}, {at})."),
    "stamp.no": Text("署名の時刻認証が、この署名のものではありません。", "The time stamp on the signature is not that of this signature."),
    "paper.yes": Text("紙面の番号と氏名は、中の証明データと同じです。", "Number and name on the page are those of the credential inside."),
    "paper.no": Text("紙面の番号か氏名が、中の証明データと違います。", "Number or name on the page are not those of the credential inside."),
    "signature.yes": Text("署名は{issuer}のものです。", "The signature is that of {issuer}."),
    "signature.no": Text("署名が合いません。内容が変えられています。", "The signature does not fit: the content was changed."),
    "signature.unknown": Text("だれの署名か分かりません（{detail}）。", "It is not known whose signature this is ({detail})."),
    "journal.yes": Text("署名の前に記録簿に書かれています（{seq}番、{at}）。", "It was recorded in the journal before it was signed (leaf {seq}, {at})."),
    "journal.no": Text("記録簿にありません。署名が合っても、有効な認定証ではありません（{detail}）。", "It is not in the journal: even with a good signature it is no certificate ({detail})."),
    "journal.unknown": Text("手元の一覧（{as_of}）には、まだありません。", "The list at hand ({as_of}) does not have it yet."),
    "listed.yes": Text("発行の一覧にあります（記録簿の{seq}番）。", "It is in the list of what was issued (leaf {seq} of the journal)."),
    "listed.no": Text("発行の一覧にありません。署名が合っても、有効な認定証ではありません。", "It is not in the list of what was issued: even with a good signature it is no certificate."),
    "key.yes": Text("署名したときに使われていた鍵です。", "The key was in use when it was signed."),
    "key.no": Text("この鍵は、記録された日時には使われていません。", "This key was not in use at the instant that is recorded."),
    "status.yes": Text("取消も停止もありません（{as_of}の一覧）。", "It is neither revoked nor suspended (list as of {as_of})."),
    "status.no": Text("取り消されているか、停止されています（{as_of}の一覧）。", "It is revoked or suspended (list as of {as_of})."),
    "status.unknown": Text("{on}の取消・停止は分かりません（{detail}）。", "Whether it is revoked or suspended on {on} is not known ({detail})."),
    "contents.no": Text("協会が記録した内容と違います。あとで変えられたか、協会が作ったものではありません。", "It is not what the association recorded: it was changed since, or is not the association's."),
    "record.yes": Text("{at}現在の記録です（{edition}による）。そのあとのことは、このファイルからは分かりません。", "It is the record as of {at}, counted under {edition}; of anything later this file says nothing."),
    "record.unknown": Text("{on}は、この記録が作られた日（{at}）より前です。その日のことは分かりません。", "{on} is before the day of this record ({at}): of that day it says nothing."),
    "inside.no": Text("中の認定の証明データが変えられています。", "A certification's credential inside was changed."),
    "validity.yes": Text("{on}は、有効です（{detail}）。", "It is valid on {on} ({detail})."),
    "validity.no": Text("{on}は、有効ではありません（{detail}）。", "It is not valid on {on} ({detail})."),
}  # fmt: skip

CODES = {
    "NOT_CERTIFIED": Text("この日はまだ認定されていません", "not yet certified on that day"),
    "CERTIFIED_NOT_STARTED": Text(
        "認定済みで、有効期間はこれからです", "certified, its validity has not begun"
    ),
    "VALID": Text("有効期間の中です", "within its validity"),
    "VALID_PENDING_RENEWAL": Text("更新の審査中です", "a renewal is under review"),
    "SUSPENDED": Text("停止中です", "suspended"),
    "EXPIRED": Text("有効期間が終わりました", "its validity has ended"),
    "REVOKED": Text("取り消されました", "revoked"),
}
DETAILS = {
    "no list": Text("一覧が手元にありません", "no list at hand"),
    "old list": Text("手元の一覧は{as_of}のもので、古くなっています", "the list at hand is as of {as_of}, too old"),
    "no entry": Text("一覧の場所が書かれていません", "it does not say where its state stands"),
    "index": Text("一覧に、その場所はありません", "there is no such place in a list"),
    "foreign key": Text("知らない発行者か鍵です", "an issuer or key that we do not know"),
    "not signed": Text("署名がありません", "there is no signature"),
    "algorithm": Text("認められない署名のしかたです", "signed in a way that does not count"),
    "purpose": Text("目的の違う署名です", "a signature for another purpose"),
    "trust": Text("だれを信じるかが決まっていません（trust.json）", "nobody said whom to trust (trust.json)"),
    "size": Text("大きすぎます", "too large"),
    "pdf": Text("このPDFは開けません", "this PDF cannot be opened"),
    "shape": Text("形が複雑すぎます", "too intricate"),
    "json": Text("JSONではありません", "not JSON"),
    "context": Text("知らない語彙を使っています", "it uses vocabularies that we do not know"),
    "credential": Text("認定の証明データではありません", "not a credential of a certification"),
    "kind": Text("認定証のPDF、証明データ、QRのどれでもありません", "neither a certificate's PDF, nor a credential, nor a QR"),
    "no attachment": Text("証明データが入っていません", "no credential inside"),
    "cut": Text("署名の範囲がファイルと合いません", "what is signed is not the whole file"),
    "digest": Text("署名されたときと中身が違います", "the content is not what was signed"),
    "qr": Text("認定証のQRではありません", "not the QR of a certificate"),
    "changed": Text("署名が合いません。内容が変えられています", "the signature does not fit: the content was changed"),
    "no passport": Text("CPDパスポートではありません", "not a CPD passport"),
    "empty": Text("活動が1件も入っていません", "there is no activity in it"),
    "many": Text("活動が多すぎます。期間を分けて作ってもらってください", "there are too many activities: ask for one a period"),
    "missing": Text("記録の証明が付いていません", "no proof of the record is attached"),
    "other": Text("ほかのものの記録です", "the record is of something else"),
    "proof": Text("記録の証明が合いません", "the proof of the record does not fit"),
}  # fmt: skip


def reason(key: str, met: bool | None, clause: str = "", detail: str = "", **data: object) -> Reason:
    """A reason in words. `detail` names one of the details or codes above."""
    text = SENTENCES[f"{key}.{ {True: 'yes', False: 'no', None: 'unknown'}[met] }"]
    why = DETAILS.get(detail) or CODES.get(detail) or Text(detail, detail)
    ja = text.ja.format(detail=why.ja.format(**data), **data)
    en = text.en.format(detail=why.en.format(**data), **data)
    return Reason(key, met, Text(ja, en), clause)
