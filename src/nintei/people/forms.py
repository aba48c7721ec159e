"""What people may type about themselves, and to come in."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account import forms as entrance
from django import forms
from django.core.validators import EmailValidator, validate_email
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nintei.people import actions, names
from nintei.people.models import Person, Role
from nintei.shared import clock
from nintei.shared.forms import DayField, address_field, paper_field


def _email_field(help_text: Any = "") -> forms.EmailField:
    wrong = _("メールアドレスの形が違います。例：sato@example.jp")
    field = forms.EmailField(label=_("メールアドレス"), help_text=help_text)
    field.error_messages.update({"required": _("メールアドレスを書いてください"), "invalid": wrong})
    kept = [check for check in field.validators if check is not validate_email]
    field.validators = [*kept, EmailValidator(wrong)]
    field.widget.attrs |= {"autocomplete": "email", "spellcheck": "false"}
    return field


class SignInForm(entrance.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email_field()


class SignUpForm(entrance.SignupForm):  # type: ignore[misc]
    """The address of a new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _email_field(_("申請や更新の知らせが届きます"))

    def save(self, request: HttpRequest) -> Person:
        """Open the account by our action instead of allauth's own writing."""
        email, language = self.cleaned_data["email"], get_language() or "ja"
        return actions.register(by="", email=email, language=language, at=clock.now())


def _code_field() -> forms.CharField:
    field = forms.CharField(label=_("メールで届いたコード"), max_length=20)
    field.error_messages["required"] = _("メールに書いてあるコードを書いてください")
    field.widget.attrs |= {
        "autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "class": "input code",
    }  # fmt: skip
    return field


class CodeForm(entrance.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The mailed code of a sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field()


class NewAddressCodeForm(entrance.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The mailed code of a new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code_field()


class NameForm(forms.Form):
    """What a person is called, in three writings, and the day they were born."""

    name = forms.CharField(
        label=_("氏名"),
        help_text=_("戸籍や在留カードのとおりに書きます。髙や𠮷などの字も、そのまま残ります"),
        max_length=100,
        error_messages={"required": _("氏名を書いてください")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    kana = forms.CharField(
        label=_("フリガナ"),
        help_text=_("カタカナで書きます。ひらがなは、カタカナに直します"),
        max_length=100,
        error_messages={"required": _("フリガナを書いてください")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    latin = forms.CharField(
        label=_("ローマ字"),
        help_text=_("英文の認定証に載る書き方です。例：SATO Kenta"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    born_on = DayField(label=_("生年月日"), required=False, autocomplete="bday")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_kana(self) -> str:
        kana = names.katakana(self.cleaned_data["kana"])
        if not kana:
            raise forms.ValidationError(_("フリガナは、カタカナで書いてください。例：サトウ ケンタ"))
        return kana

    def clean_latin(self) -> str:
        latin: str = names.tidy(self.cleaned_data["latin"])
        if latin and not latin.replace("'", "").replace("-", "").replace(".", "").replace(" ", "").isascii():
            raise forms.ValidationError(_("ローマ字は、英字で書いてください。例：SATO Kenta"))
        return latin

    def clean_born_on(self) -> date | None:
        born: date | None = self.cleaned_data["born_on"]
        if born and born >= self.today:
            raise forms.ValidationError(_("生年月日は、今日より前の日にしてください"))
        return born


class AddressForm(forms.Form):
    """Where a certificate is posted to."""

    postal_address = address_field(autocomplete="street-address")


class FormerNameForm(forms.Form):
    """A name borne before."""

    name = forms.CharField(
        label=_("前の氏名"), max_length=100, error_messages={"required": _("前の氏名を書いてください")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    kana = forms.CharField(
        label=_("前のフリガナ"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    paper = paper_field(_("前の氏名がわかる書類"), required=False)

    def clean_kana(self) -> str:
        kana = names.katakana(self.cleaned_data["kana"])
        if kana is None:
            raise forms.ValidationError(_("フリガナは、カタカナで書いてください。例：サトウ ケンタ"))
        return kana


class PaperForm(forms.Form):
    """A paper that shows a former name."""

    paper = paper_field(_("前の氏名がわかる書類"))


class CheckForm(forms.Form):
    """The office has looked: it agrees, or it does not and says why."""

    verdict = forms.ChoiceField(
        label=_("確かめた結果"),
        choices=[("yes", _("書類と合っている")), ("no", _("確かめられない"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("確かめられない理由"),
        help_text=_("ご本人に伝わる言葉で書きます"),
        required=False,
        max_length=500,
    )


class RoleForm(forms.Form):
    """A role to entrust, to whom, and from which day."""

    email = _email_field(_("登録済みの人のアドレスです"))
    role = forms.ChoiceField(label=_("役割"), choices=Role.choices)
    day = DayField(label=_("始める日"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class RoleEndForm(forms.Form):
    """The last day of a role."""

    day = DayField(label=_("終わりの日"))
