"""What is still missing before an application can be sent: the forms of the manual."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from nintei.applications.models import Application, Kind, Pledge
from nintei.experience import queries as experience
from nintei.experience.queries import Case
from nintei.registry import queries as registry
from nintei.rules.edition import Edition
from nintei.shared.rulebook import edition

# The codes are those of `edition.procedure.forms` (MAN-エ.5, エ.A–D).
REPORT, FORM_A, FORM_B, FORM_C, FORM_D = "report_copy", "form_A", "form_B", "form_C", "form_D_signed"
# What a part shows; where the edition has no such criterion, it is not asked for. Who somebody is always is.
FOR = {REPORT: "exam_pass", FORM_B: "experience", FORM_C: "experience", FORM_D: "pledge"}


def is_asked(edition: Edition, part: str) -> bool:
    """Whether an application needs a part by the criteria of an edition (MAN-ウ.0–4)."""
    return part not in FOR or FOR[part] in {each.code for each in edition.procedure.criteria}


def missing_parts(application: Application, on: date, case: Case | None = None) -> tuple[str, ...]:
    """The codes of the forms that are not complete, in the order of the document.

    `case` saves asking for the posts again where they are at hand.
    """
    if application.kind == Kind.RENEWAL:
        return ()
    person = application.person
    posts = (case or experience.case(person, on)).posts
    there = {
        REPORT: bool(application.exam_pass_id) or registry.passes_of(person).exists(),
        FORM_A: bool(person.name and person.kana),
        FORM_B: bool(posts),
        FORM_C: bool(posts) and all(row.answered for row in posts),
        FORM_D: Pledge.objects.filter(application=application).exists(),
    }
    book = edition(on)
    return tuple(code for code, is_there in there.items() if not is_there and is_asked(book, code))


def gap_words(gaps: tuple[str, ...]) -> str:
    """The missing parts as people call them."""
    words = {
        REPORT: _("試験結果レポート"),
        FORM_A: _("ご本人の確認"),
        FORM_B: _("業務経験"),
        FORM_C: _("業務経験の証明"),
        FORM_D: _("宣誓"),
    }
    return _("、").join(words[gap] for gap in gaps)
