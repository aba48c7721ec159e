"""What the office may type about a case."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nintei.applications import reasons
from nintei.applications.actions import ItemSaid
from nintei.applications.actions.asking import MOST_ITEMS
from nintei.applications.judging import Judgement, Part
from nintei.applications.models import CallOutcome, Stance
from nintei.applications.reasons import Reason, Use
from nintei.experience.models import AttestationRequest
from nintei.people.models import Person
from nintei.shared.forms import DayField
from nintei.shared.templatetags.nintei import said

Choices = list[tuple[str, Any]]


def area(rows: int = 2) -> forms.Textarea:
    """A box for words."""
    return forms.Textarea(attrs={"rows": rows})


class VersionForm(forms.Form):
    """A step; `version` is the state of the case that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class JudgingForm(VersionForm):
    """A judgement; `looked_at` is the fingerprint of the facts it is made on."""

    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)


class SubtractForm(VersionForm):
    """Days of a post on which its holder was away."""

    post = forms.ChoiceField(label=gettext_lazy("職歴"), widget=forms.Select(attrs={"lang": "ja"}))
    from_on = DayField(label=gettext_lazy("休みの始まり"))
    until_on = DayField(
        label=gettext_lazy("休みの終わり"),
        required=False,
        help_text=gettext_lazy("まだ続いているときは空けます"),
    )
    reason = forms.CharField(label=gettext_lazy("差し引く理由"), max_length=2000, widget=area())

    def __init__(self, data: Any = None, *, posts: list[dict[str, Any]], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(post["id"], _post_words(post)) for post in posts]


def _post_words(post: dict[str, Any]) -> str:
    end = (post["ended_on"] or "").replace("-", "/")
    return f"{post['organisation']} {post['department']} {post['started_on'].replace('-', '/')}–{end}"


class RestoreForm(VersionForm):
    """Which leave is no longer taken off."""

    leave = forms.UUIDField(widget=forms.HiddenInput)


class WordsForm(VersionForm):
    """A step with words."""

    words = forms.CharField(label=gettext_lazy("言葉"), max_length=2000, widget=area())


class ReleaseForm(VersionForm):
    """Taking up again what was on hold."""

    words = forms.CharField(
        label=gettext_lazy("分かったこと"), required=False, max_length=2000, widget=area()
    )


class NamesSelect(forms.Select):
    """A choice among names, which stay Japanese on an English page."""

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **options)
        return option | {"attrs": option["attrs"] | {"lang": "ja"}}


class AssignForm(VersionForm):
    """Whom the case is given to."""

    to = forms.ChoiceField(label=gettext_lazy("担当"), widget=NamesSelect)

    def __init__(self, data: Any = None, *, colleagues: list[Person], **options: Any) -> None:
        super().__init__(data, **options)
        self.colleagues = {str(person.pk): person for person in colleagues}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, person.name) for pk, person in self.colleagues.items()]

    def whom(self) -> Person:
        """The colleague that was chosen."""
        return self.colleagues[self.cleaned_data["to"]]


class HoldForm(VersionForm):
    """Why a case is laid aside, and when to look again."""

    why = forms.ChoiceField(label=gettext_lazy("保留の理由"))
    words = forms.CharField(label=gettext_lazy("言葉"), required=False, max_length=2000, widget=area())
    look_again_on = DayField(label=gettext_lazy("次に見る日"), required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, said(each.text)) for each in reasons.reasons(Use.HOLD)]


class AskForm(VersionForm):
    """Up to twenty things to ask, each with a reason and words. A line with neither is not there."""

    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ITEMS)

    def __init__(self, data: Any = None, *, judged: Judgement, **options: Any) -> None:
        super().__init__(data, **options)
        asked = str(data.get("rows", "")) if data else ""
        self.number = min(int(asked) if asked.isdecimal() and int(asked) else 2, MOST_ITEMS)
        self.initial["rows"] = self.number
        choices = [("", _("選んでください")), *grouped(reasons.reasons(Use.ASK), judged.parts)]
        for n in range(1, self.number + 1):
            self.fields[f"reason_{n}"] = forms.ChoiceField(
                label=_("お尋ね%(n)dの理由") % {"n": n}, choices=choices, required=False
            )
            self.fields[f"words_{n}"] = forms.CharField(
                label=_("お尋ね%(n)d：ご本人への言葉") % {"n": n},
                required=False,
                max_length=2000,
                widget=area(),
            )

    def lines(self) -> list[dict[str, object]]:
        """The two controls of each line."""
        return [
            {"reason": self[f"reason_{n}"], "words": self[f"words_{n}"]} for n in range(1, self.number + 1)
        ]

    def items(self) -> list[ItemSaid]:
        """The lines in which something stands."""
        told = self.cleaned_data
        lines = [ItemSaid(told[f"reason_{n}"], told[f"words_{n}"]) for n in range(1, self.number + 1)]
        return [each for each in lines if each.reason or each.words]


def grouped(codes: tuple[Reason, ...], parts: tuple[Part, ...]) -> Choices:
    """Reasons under the criterion they belong to, in the order of the document; the rest behind."""
    names = {part.code: f"{part.mark} {said(part.name)}" for part in parts}
    order = [*names, ""]
    fit = sorted((r for r in codes if r.criterion in order), key=lambda r: order.index(r.criterion))
    return [
        (names.get(criterion, _("そのほか")), [(r.code, said(r.text)) for r in under])
        for criterion, under in groupby(fit, key=lambda r: r.criterion)
    ]


class MarksForm(JudgingForm):
    """The reviewer's mark on every criterion: what can be said depends on what the machine found."""

    notes = forms.CharField(
        label=gettext_lazy("決定する人への言葉"), required=False, max_length=4000, widget=area()
    )

    def __init__(self, data: Any = None, *, judged: Judgement, **options: Any) -> None:
        super().__init__(data, **options)
        self.judged = judged
        for part in judged.parts:
            self.fields[f"mark_{part.code}"] = forms.ChoiceField(
                label=_("%(mark)sの判断") % {"mark": part.mark}, choices=stances(part.met),
                initial=Stance.CONFIRM if part.met is True else None, widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"why_{part.code}"] = forms.CharField(
                label=_("%(mark)sの理由") % {"mark": part.mark}, required=False, max_length=2000
            )

    def criteria(self) -> list[dict[str, object]]:
        """Each criterion with its two controls."""
        return [
            {"part": p, "mark": self[f"mark_{p.code}"], "why": self[f"why_{p.code}"]}
            for p in self.judged.parts
        ]


def stances(met: bool | None) -> list[tuple[str, str]]:
    """What may be said to a criterion: agree, or judge oneself."""
    if met is True:
        return [(Stance.CONFIRM, _("そのとおり（満たす）")), (Stance.DOUBT, _("満たさない"))]
    agree = [] if met is None else [(Stance.CONFIRM, _("そのとおり（満たさない）"))]
    doubt = [(Stance.DOUBT, _("満たさない"))] if met is None else []
    return [*agree, (Stance.OVERRIDE, _("人の判断で満たす")), *doubt]


class CertifyForm(JudgingForm):
    """The decider's words."""

    words = forms.CharField(
        label=gettext_lazy("ご本人への言葉"), required=False, max_length=4000, widget=area()
    )


class RefuseForm(CertifyForm):
    """For each criterion that is not met: the kind of reason, and words the applicant understands."""

    def __init__(self, data: Any = None, *, judged: Judgement, **options: Any) -> None:
        super().__init__(data, **options)
        self.judged = judged
        for part in judged.parts:
            fit = [(r.code, said(r.text)) for r in reasons.reasons(Use.DECLINE, part.code)]
            self.fields[f"ground_{part.code}"] = forms.ChoiceField(
                label=_("%(mark)sの理由の種類") % {"mark": part.mark},
                choices=[("", _("満たさないとしない")), *fit],
                required=False,
            )
            self.fields[f"why_{part.code}"] = forms.CharField(
                label=_("%(mark)sを満たさない理由") % {"mark": part.mark}, required=False, max_length=2000
            )

    def whys(self) -> list[dict[str, object]]:
        """The two controls of each criterion."""
        return [
            {"part": p, "ground": self[f"ground_{p.code}"], "why": self[f"why_{p.code}"]}
            for p in self.judged.parts
        ]

    def clean(self) -> dict[str, Any]:
        """A kind of reason alone tells the applicant too little."""
        told = super().clean() or {}
        for part in self.judged.parts:
            if told.get(f"ground_{part.code}") and not told.get(f"why_{part.code}"):
                self.add_error(f"why_{part.code}", _("ご本人に伝わる言葉で、理由を書いてください。"))
        return told

    def by_criterion(self, name: str) -> dict[str, str]:
        """By criterion: `ground` or `why`."""
        return {part.code: self.cleaned_data[f"{name}_{part.code}"] for part in self.judged.parts}


class NoteForm(forms.Form):
    """A note among the office."""

    words = forms.CharField(
        label=gettext_lazy("メモ（ご本人には見えません）"), max_length=4000, widget=area()
    )


class CallForm(forms.Form):
    """Which attestor is asked by telephone, and what."""

    request = forms.ChoiceField(label=gettext_lazy("電話をする証明者"), widget=NamesSelect)
    question = forms.CharField(label=gettext_lazy("電話で確かめること"), max_length=2000, widget=area())

    def __init__(self, data: Any = None, *, requests: list[AttestationRequest], **options: Any) -> None:
        super().__init__(data, **options)
        self.requests = {str(each.pk): each for each in requests}
        field = self.fields["request"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, each.attestor_name) for pk, each in self.requests.items()]

    def which(self) -> AttestationRequest:
        """The request whose attestor is called."""
        return self.requests[self.cleaned_data["request"]]


class TellCallForm(forms.Form):
    """What came of a call."""

    call = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("電話の結果"), choices=CallOutcome.choices, widget=forms.RadioSelect
    )
    told = forms.CharField(label=gettext_lazy("聞いたこと"), max_length=4000, widget=area())


class LevelForm(forms.Form):
    """In how many working days a state is to be left; empty where the association has set nothing."""

    days = forms.IntegerField(label=gettext_lazy("営業日"), required=False, min_value=1, max_value=365)
