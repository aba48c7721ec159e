"""What an accountant may type about the books, refunds and receipts; and a payer about their receipt."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.payments.models import WRITE_OFF_TO, Account, Close
from nintei.payments.queries.books import Wanted
from nintei.shared.forms import DayField


class ReasonForm(forms.Form):
    """Why something is done that will be asked about later."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=400,
        help_text=_("あとから確かめられるように残します"),
        error_messages={"required": _("理由を書いてください。あとから確かめられるように残します")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class WriteOffForm(ReasonForm):
    """Where money of nobody goes, and why nobody was found."""

    account = forms.ChoiceField(
        label=_("行き先の勘定科目"),
        choices=[(each.value, each.label) for each in WRITE_OFF_TO],
        widget=forms.RadioSelect,
        error_messages={"required": _("行き先の勘定科目を選んでください")},
    )
    field_order = ("account", "reason")


class RefundLineForm(ReasonForm):
    """How much of a line goes back, and to whom."""

    amount = forms.IntegerField(
        label=_("返す金額（円）"),
        min_value=1,
        max_value=10**12,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    payee = forms.CharField(
        label=_("返す相手"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    field_order = ("amount", "payee", "reason")


class AskRefundForm(forms.Form):
    """Where a refund goes, and what the bank takes for it."""

    send_to = forms.CharField(
        label=_("振込先"),
        max_length=200,
        help_text=_("銀行、支店、種類、番号、名義。口座がわからないときは、組戻しなどの返し方"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    charge = forms.IntegerField(
        label=_("銀行の振込手数料（円）"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("規程が本人負担とする間は、返す金額から引きます"),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=_("承認する人への言葉"),
        max_length=400,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class PaidForm(forms.Form):
    """The bank's day of the transfer."""

    on = DayField(label=_("銀行が振り込んだ日"))


class CloseForm(forms.Form):
    """Through which day the books are closed."""

    kind = forms.ChoiceField(label=_("締めかた"), choices=Close.Kind.choices, widget=forms.HiddenInput)
    through = forms.DateField(label=_("締める日"), widget=forms.DateInput({"type": "date"}))


class AddresseeForm(forms.Form):
    """To whom a receipt is made out."""

    addressee = forms.CharField(
        label=_("宛名"),
        max_length=100,
        help_text=_("勤め先の名前にもできます。発行したあとは変えられません"),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )


class CompanyForm(forms.Form):
    """The company that a receipt for a whole transfer is made out to."""

    addressee = forms.CharField(
        label=_("宛名"),
        max_length=100,
        help_text=_("会社の正式な名前を書きます。「御中」は自動で付きます。発行したあとは変えられません"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class SearchForm(forms.Form):
    """By what entries are searched: days, yen and party, each alone or together (電子帳簿保存法)."""

    since = forms.DateField(label=_("日付（から）"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("日付（まで）"), required=False, widget=forms.DateInput({"type": "date"}))
    least = forms.IntegerField(
        label=_("金額（から）"), required=False, min_value=0, max_value=10**12,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    most = forms.IntegerField(
        label=_("金額（まで）"), required=False, min_value=0, max_value=10**12,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    party = forms.CharField(
        label=_("相手"), required=False, max_length=100, widget=forms.TextInput({"autocomplete": "off"})
    )
    account = forms.ChoiceField(
        label=_("勘定科目"), required=False, choices=[("", _("すべて")), *Account.choices]
    )

    def wanted(self) -> Wanted:
        """What was asked for; a field that is no day or number narrows nothing, and says so on the page."""
        said: dict[str, Any] = self.cleaned_data if self.is_bound and self.is_valid() else {}
        said = said or getattr(self, "cleaned_data", {})
        return Wanted(**{key: value for key, value in said.items() if value not in (None, "")})


def whole_month(on: date) -> Wanted:
    """The days of a month."""
    last = monthrange(on.year, on.month)[1]
    return Wanted(since=on.replace(day=1), until=on.replace(day=last))
