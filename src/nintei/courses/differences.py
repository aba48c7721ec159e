"""What a correction of a course changes, in words: a line a field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nintei.courses.models import Form
from nintei.rules.edition import Edition
from nintei.shared import wording
from nintei.shared.templatetags.nintei import said

LABELS = {
    "title": gettext_lazy("研修名"),
    "form": gettext_lazy("形式"),
    "minutes": gettext_lazy("長さ"),
    "timetable": gettext_lazy("時間割"),
    "summary": gettext_lazy("内容"),
    "topics": gettext_lazy("業務の分野"),
    "competencies": gettext_lazy("対象のコンピテンシー"),
    "standard": gettext_lazy("認定の基準との対応"),
    "accredited_from": gettext_lazy("認定の最初の日"),
    "accredited_until": gettext_lazy("認定の最後の日"),
}
TYPED = {"title", "timetable", "summary", "standard"}


class Difference(NamedTuple):
    """A field by its label, in words what it was and is to be; `typed`: in the provider's own words."""

    label: str
    before: str
    after: str
    typed: bool


def differences(fields: Mapping[str, tuple[Any, Any]], edition: Edition) -> list[Difference]:
    """The changes of a course in the order of its form."""
    return [
        Difference(
            str(label), _words(name, fields[name][0], edition), _words(name, fields[name][1], edition),
            name in TYPED,
        )
        for name, label in LABELS.items()
        if name in fields
    ]  # fmt: skip


def _words(name: str, value: Any, edition: Edition) -> str:
    if name == "accredited_until" and not value:
        return _("期限なし")
    if name in {"accredited_from", "accredited_until"}:
        return wording.day(date.fromisoformat(value))
    if name == "minutes":
        return wording.minutes(value)
    if name == "form":
        return str(Form(value).label)
    if name == "topics":
        return _("、").join(said(edition.fields[key].name) for key in value if key in edition.fields)
    return _("、").join(value) if isinstance(value, list) else str(value)
