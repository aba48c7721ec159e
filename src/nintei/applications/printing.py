"""The forms (A), (B) and (D) filled in, for who sends paper, and the list of what goes into the envelope.

The manual names the forms and what each is for (MAN-エ.A–D); it does not print them. So they say what the
criteria ask for and nothing else. Form (C) is the attestor's and is printed by the room of experience.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nintei.applications import queries
from nintei.applications.gaps import FORM_D, is_asked
from nintei.applications.models import Application, Pledge, PledgeText
from nintei.experience import queries as experience
from nintei.experience.queries import Case, PostCase
from nintei.experience.queries.lengths import length
from nintei.experience.queries.verdict import standing
from nintei.payments import queries as fees
from nintei.payments.models import Fee
from nintei.registry.models import ExamPass
from nintei.rules.edition import Edition
from nintei.shared import paper, wording
from nintei.shared.rulebook import edition
from nintei.shared.templatetags.nintei import said

TEMPLATE = Path(__file__).resolve().parent / "typst" / "forms-1.typ"

Rows = list[tuple[str, str]]


def forms_pdf(application: Application, on: date, at: datetime) -> bytes:
    """The forms as they stand on a (JST) day. Raises `paper.CannotPrint` where a letter has no shape in our fonts."""
    return paper.pdf(TEMPLATE, content(application, on), at)


def content(application: Application, on: date) -> dict[str, object]:
    """What the forms say, in the active language."""
    book, person = edition(on), application.person
    case, report = experience.case(person, on), queries.report_for(application)
    signed, text = queries.pledge_of(application), queries.pledge_text(on)
    name = said(book.qualifications[application.qualification].name)
    number = application.number or _("下書き")
    who = [(_("氏名"), person.name), (_("フリガナ"), person.kana)]
    applied = [(_("申請する資格"), f"{name} ({application.qualification})")]
    return {
        "lang": (get_language() or "ja")[:2],
        "association": said(book.name),
        "case": f"{application.qualification} {number} {person.name}",
        "words": _words(book),
        "who": _filled([*who, *applied, (_("印刷した日"), wording.day(on))]),
        "enclosed": _enclosed(book),
        "send_to": _send_to(book),
        "form_a": _filled([*who, *_person(application), *applied, *_report(application, report)]),
        "posts": [_post(book, row) for row in case.posts],
        "sums": _sums(book, application, case, on),
        "pledge": _pledge(signed, text) if is_asked(book, FORM_D) else None,
    }


def _words(book: Edition) -> dict[str, str]:
    names = _names(book)
    return {
        "title": _("認定申請の書類"),
        "cover": _("送る書類の一覧"),
        "page": _("ページ"),
        "enclosed": _("封筒に入れるもの"),
        "send_to": _("送り先"),
        "keep_a_copy": _("送った書類は返却されません。控えを手元に残してください。"),
        "form_a": names.get("form_A", _("申請書")),
        "form_b": names.get("form_B", _("業務経験")),
        "form_d": names.get("form_D_signed", _("宣誓")),
        "date": _("日付"),
        "signature": _("署名"),
        "field": _("業務の分野"),
        "done": _("したこと"),
        "no_posts": _("職歴はまだありません。"),
        "sums_note": _(
            "期間は書かれたとおりに数えました。重なる日は1回です。証明があるかどうかは、ここでは見ていません。"
        ),
        "no_pledge": _("宣誓の本文を、協会がまだ定めていません。"),
    }


# The letters of the manual (MAN-エ.A–D); an association without such letters has none.
LETTERS = {"form_A": "(A)", "form_B": "(B)", "form_C": "(C)", "form_D_signed": "(D)"}


def _names(book: Edition) -> dict[str, str]:
    return {
        form.code: f"{LETTERS.get(form.code, '')} {said(form.name)}".strip() for form in book.procedure.forms
    }


def _enclosed(book: Edition) -> list[tuple[str, str]]:
    """What the manual asks to be sent (MAN-エ.5, エ.A–D), in its order."""
    notes = {
        "report_copy": _("写しです。原本は送りません。"),
        "form_A": _("この束にあります。署名してください。"),
        "form_B": _("この束にあります。署名してください。"),
        "form_C": _("証明する方ごとに1枚です。業務経験の証明のページで印刷できます。"),
        "form_D_signed": _("この束にあります。署名してください。"),
    }
    return [(name, notes.get(code, "")) for code, name in _names(book).items()]


def _send_to(book: Edition) -> list[str]:
    contact = book.procedure.contact
    return [contact[key] for key in ("postcode", "address", "addressee") if contact.get(key)]


def _person(application: Application) -> Rows:
    person = application.person
    born = wording.day(person.born_on) if person.born_on else ""
    return [(_("ローマ字"), person.latin), (_("生年月日"), born), (_("メールアドレス"), person.email)]


def _report(application: Application, report: ExamPass | None) -> Rows:
    if report is None:
        return []
    payer = fees.payer_name_to_write(Fee(pass_number=report.number, kana=application.person.kana))
    return [
        (_("合格者番号"), report.number),
        (_("試験結果レポートの発行日"), wording.day(report.issued_on)),
        (_("振込名"), payer),
    ]


def _post(book: Edition, row: PostCase) -> dict[str, Any]:
    post = row.post
    until = wording.day(post.ended_on) if post.ended_on else _("現在")
    return {
        "place": " ".join(part for part in (post.organisation, post.department) if part),
        "rows": _filled(
            [
                (_("期間"), f"{wording.day(post.started_on)} – {until}"),
                (_("役職・役割"), post.role),
                (_("担当した業務"), post.duties),
            ]
        ),
        "fields": [
            (f"{each.field} {said(book.fields[each.field].name)}", each.done)
            for each in post.fields.all()
            if each.field in book.fields
        ],
    }


def _sums(book: Edition, application: Application, case: Case, on: date) -> Rows:
    told = standing(book, application.qualification, case, on)
    in_all = [(_("合計"), length(told.claimed.blocks))]
    return in_all + [(f"{each.key} {said(book.fields[each.key].name)}", each.told) for each in told.fields]


def _pledge(signed: Pledge | None, current: PledgeText | None) -> dict[str, str]:
    """The text that was signed, in its language; else the one in force, to be signed by hand."""
    text = signed.text if signed else current
    if text is None:
        return {"text": "", "sample": "", "version": "", "signed": ""}
    language = signed.language if signed else (get_language() or "ja")
    return {
        "text": text.en if language.startswith("en") else text.ja,
        "sample": _("この本文は見本です。協会の本文ではありません。") if text.is_sample else "",
        "version": _("本文の版 %(version)s") % {"version": text.version},
        "signed": _signed(signed) if signed else "",
    }


def _signed(signed: Pledge) -> str:
    words = {"name": signed.signed_name, "day": wording.day(signed.signed_on)}
    return _("%(name)sが%(day)sに署名") % words


def _filled(rows: Rows) -> Rows:
    return [(name, value) for name, value in rows if value]
