"""What stands on a certificate, from the registry's records and the rulebook's names. Pure."""

from __future__ import annotations

from datetime import date

from nintei.registry.models import Term
from nintei.rules.edition import Edition


def content_of(edition: Edition, term: Term, base_url: str) -> dict[str, object]:
    """The words and figures of a term's certificate; JSON, kept with the intent.

    The sentences are the template's own until the association sets its text: no document has them.
    """
    certification = term.certification
    qualification = edition.qualifications[certification.qualification]
    url = f"{base_url}/verify/{certification.number}?id={certification.verify_id}"
    return {
        "title_ja": "認定証",
        "title_en": "Certificate",
        "name": certification.person.name,
        "latin": certification.person.latin,
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
        "association_ja": edition.name.ja,
        "association_en": edition.name.en,
        "verify_url": url,
        "qr_alt": f"この認定を確かめるページ {url}",
        "verify_words": "この認定は、QRコードのページで確かめられます。",
    }


def day(on: date) -> str:
    """A day as documents print it.

    >>> day(date(2028, 3, 31))
    '2028年3月31日'
    """
    return f"{on.year}年{on.month}月{on.day}日"
