"""What an accountant may type: a bank's file, a settlement by hand, a reason to undo."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nintei.payments import queries, statements
from nintei.payments.models import BankLine, Fee
from nintei.shared.forms import DayField


class BankFileForm(forms.Form):
    """A statement to look at before it is imported."""

    file = forms.FileField(
        label=_("銀行の明細"),
        help_text=_(
            "全銀形式（入出金取引明細・振込入金通知）、CSV、Excel（XLSX）、camt.053。CSVは、UTF-8でもShift_JISでも読めます"
        ),
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
    remember = forms.BooleanField(label=_("この名義を、この方の支払いとして覚える"), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["fee"].queryset = queries.open_fees()  # type: ignore[attr-defined]
        self.fields["together"].queryset = queries.open_lines()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A name is remembered for one person, or nobody could say for whom."""
        said = super().clean() or {}
        people = {fee.person_id for fee in said.get("fee", ())}
        if said.get("remember") and len(people) > 1:
            self.add_error("remember", gettext("名義を覚えられるのは、一人の方の手数料だけを選んだときです"))
        return said


class UndoForm(forms.Form):
    """Why a match is taken back."""

    reason = forms.CharField(max_length=400, widget=forms.TextInput({"autocomplete": "off"}))


class AgreementForm(forms.Form):
    """A company's announcement: who will pay, for whom, since when it is agreed."""

    payer_name = forms.CharField(
        label=_("振込人の名義"),
        max_length=200,
        help_text=_("銀行の明細に出るカナで書きます。「カブシキガイシャ」と「カ）」は同じに扱います"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    agreed_on = DayField(label=_("取り決めた日"))
    people = forms.CharField(
        label=_("まとめて払う方"),
        max_length=20_000,
        help_text=_(
            "一行に一人。合格者番号か下4桁、または氏名を書きます。会社から届いた名簿を貼り付けられます"
        ),
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("いきさつ"),
        max_length=400,
        help_text=_("だれから、どう申し出があったか"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean_people(self) -> list[Fee]:
        """The fees on the list; every line must mean just one."""
        named = queries.fees_named(self.cleaned_data["people"])
        wrong = [_of_the_list(each) for each in named if len(each.fees) != 1]
        if wrong:
            raise forms.ValidationError(wrong[:20])
        return list(dict.fromkeys(each.fees[0] for each in named))


def _of_the_list(named: queries.Named) -> str:
    if named.fees:
        said = gettext(
            "%(row)d行目「%(words)s」：待っている手数料が%(n)d件あります。合格者番号の全部を書いてください"
        )
    else:
        said = gettext("%(row)d行目「%(words)s」：待っている手数料が見つかりません")
    return said % {"row": named.row, "words": named.words[:40], "n": len(named.fees)}


class ColumnsForm(forms.Form):
    """Which column of a strange table is which, and the name under which that is kept."""

    name = forms.CharField(
        label=_("読み方の名前"),
        max_length=60,
        help_text=_("銀行の名前など。同じ見出しの明細が届くと、この読み方を使います"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    date = forms.ChoiceField(label=_("日付の列"), widget=forms.Select({"lang": "ja"}))
    payer = forms.ChoiceField(label=_("振込人の名義の列"), widget=forms.Select({"lang": "ja"}))
    credit = forms.ChoiceField(label=_("入金額の列"), widget=forms.Select({"lang": "ja"}))
    is_signed = forms.BooleanField(label=_("出金も同じ列に、負の数で書かれている"), required=False)
    debit = forms.ChoiceField(label=_("出金額の列"), required=False, widget=forms.Select({"lang": "ja"}))

    def __init__(self, names: Sequence[str], *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        wanted = [("", gettext("選んでください")), *((name, name) for name in names)]
        for part in ("date", "payer", "credit"):
            self.fields[part].choices = wanted  # type: ignore[attr-defined]
        self.fields["debit"].choices = [("", gettext("ない")), *wanted[1:]]  # type: ignore[attr-defined]

    @property
    def columns(self) -> dict[str, str]:
        """The parts with their columns, as they are kept."""
        said = self.cleaned_data
        money = "signed" if said["is_signed"] else "credit"
        chosen = {"date": said["date"], "payer": said["payer"], money: said["credit"], "debit": said["debit"]}
        return {part: name for part, name in chosen.items() if name}
