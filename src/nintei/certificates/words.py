"""What stands on a certificate and in its credential, from the registry's records and the rulebook's names. Pure."""

from __future__ import annotations

from datetime import date

from nintei.certificates.credentials.openbadge import Certified, Issuer, statement
from nintei.certificates.models import StatusPlace
from nintei.registry.models import Term
from nintei.rules.edition import Edition

COPY_WORDS = ("再発行", "Reissued copy")


def content_of(
    edition: Edition, term: Term, name: tuple[str, str], on: date, copy: int = 1
) -> dict[str, object]:
    """The words and figures of a term's certificate; JSON, kept with the intent. `name`: as written, and in Latin.
    `on`: the JST day on which it is made, which stands on a copy.

    The sentences are the template's own until the association sets its text: no document has them.
    """
    certification = term.certification
    qualification = edition.qualifications[certification.qualification]
    return {
        "title_ja": "認定証",
        "title_en": "Certificate",
        "name": name[0],
        "latin": name[1],
        "sentence_ja": "あなたを次の資格者として認定します。",
        "sentence_en": "is certified in",
        "qualification_code": qualification.code,
        "qualification_ja": qualification.name.ja,
        "qualification_en": qualification.name.en,
        "number": certification.number,
        "rows": [
            ["認定番号", certification.number],
            ["認定日", day(certification.certified_on)],
            ["有効期間", f"{day(term.starts_on)}から{day(term.ends_on)}まで"],
        ],
        "copy": marked(on, copy) if copy > 1 else "",
        "association_ja": edition.name.ja,
        "association_en": edition.name.en,
        "qr_alt": f"認定証 {certification.number} を確かめるQRコード",
        "verify_words": "このQRコードで、この認定を確かめられます。",
    }


def statement_of(
    edition: Edition, term: Term, name: str, place: StatusPlace, issuer: Issuer
) -> dict[str, object]:
    """The credential of a term before it is signed; the documents it rests on are its criteria."""
    certification = term.certification
    qualification = edition.qualifications[certification.qualification]
    said = Certified(
        certification=certification.pk,
        name=name,
        qualification=qualification.code,
        title=qualification.name.ja,
        criteria="、".join(document.title.ja for document in edition.documents),
        number=certification.number,
        certified_on=certification.certified_on,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        list_number=place.number,
        bit=place.index,
    )
    return statement(said, issuer)


def marked(on: date, copy: int = 0) -> str:
    """What a paper says of itself that was issued again: that it was, as which copy, and on which day.

    >>> marked(date(2026, 11, 24), 2)
    '再発行（2枚目）2026年11月24日\\nReissued copy no. 2, 24 November 2026'
    """
    ja, en = COPY_WORDS
    if copy:
        ja, en = f"{ja}（{copy}枚目）", f"{en} no. {copy}"
    return f"{ja}{'' if copy else ' '}{day(on)}\n{en}, {day(on, 'en')}"


def day(on: date, language: str = "ja") -> str:
    """A day as documents print it.

    >>> day(date(2028, 3, 31)), day(date(2028, 3, 31), "en")
    ('2028年3月31日', '31 March 2028')
    """
    return f"{on.day} {on:%B} {on.year}" if language == "en" else f"{on.year}年{on.month}月{on.day}日"
