"""What an accountant may type: a bank's file, a settlement by hand, a reason to undo."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nintei.payments import queries, statements
from nintei.payments.models import BankLine, Fee


class BankFileForm(forms.Form):
    """A statement to look at before it is imported."""

    file = forms.FileField(
        label=_("銀行の明細"),
        help_text=_("全銀形式（入出金取引明細・振込入金通知）か、CSV。UTF-8でもShift_JISでも読めます"),
        max_length=200,
        error_messages={
            "required": _("銀行の明細のファイルを選んでください"),
            "empty": _("ファイルが空です。銀行のサイトからダウンロードしたものを選んでください"),
            "max_length": _("ファイルの名前が長すぎます。200文字までにしてください"),
        },
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > statements.MAX_BYTES:
            raise forms.ValidationError(
                _("ファイルが32MBを超えています。期間を分けてダウンロードしてください")
            )
        return file


class SettleForm(forms.Form):
    """Which fees a line pays, together with which other lines, and why the accountant says so."""

    fee: forms.ModelMultipleChoiceField[Fee] = forms.ModelMultipleChoiceField(
        label=_("消し込む手数料"),
        queryset=None,
        error_messages={
            "required": _("消し込む手数料を選んでください"),
            "invalid_choice": _("選んだ手数料は、もう待っていません。もう一度探してください"),
        },
    )
    together: forms.ModelMultipleChoiceField[BankLine] = forms.ModelMultipleChoiceField(
        label=_("合わせる入金"), queryset=None, required=False
    )
    note = forms.CharField(
        label=_("理由"),
        max_length=400,
        help_text=_("あとから確かめられるように残します"),
        error_messages={"required": _("理由を書いてください。あとから確かめられるように残します")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["fee"].queryset = queries.open_fees()  # type: ignore[attr-defined]
        self.fields["together"].queryset = queries.open_lines()  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    """Why a match is taken back."""

    reason = forms.CharField(max_length=400, widget=forms.TextInput({"autocomplete": "off"}))
