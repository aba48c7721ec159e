"""Kernel findings, states and journal entries as people read them. No rule is reckoned here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from nintei.applications.judging import Judgement, Part
from nintei.applications.models import Application, AuditOutcome
from nintei.applications.queries.papers import SOURCE_WORDS, Source
from nintei.applications.states import State
from nintei.experience.queries.lengths import month_words
from nintei.people.models import Person
from nintei.rules.edition import Citation
from nintei.rules.experience import whole
from nintei.rules.findings import Finding
from nintei.shared import wording
from nintei.shared.templatetags.nintei import in_japanese


@dataclass(frozen=True, slots=True)
class Row:
    """A finding on a page. `tone`: ok, wait (a person must look), bad."""

    tone: str
    title: str
    shown: str
    wanted: str
    more: str
    cite: Citation | None


@dataclass(frozen=True, slots=True)
class Block:
    """A criterion on a page, with its findings."""

    part: Part
    tone: str
    rows: tuple[Row, ...]


TONES = {True: "ok", None: "wait", False: "bad"}

TITLES = {
    "validity.report_pass": gettext_lazy("合格のレポートか"),
    "validity.report_exam": gettext_lazy("この資格の試験か"),
    "validity.report_issue": gettext_lazy("発行のあとの申請か"),
    "validity.report_years": gettext_lazy("レポートが使える期間か"),
    "pledge": gettext_lazy("宣誓"),
    "fee": gettext_lazy("認定審査手数料"),
    "report.copy": gettext_lazy("レポートの写しを確かめたか"),
    "report.name": gettext_lazy("レポートの氏名"),
    "experience.total_months": gettext_lazy("業務経験の合計"),
    "experience.min_fields": gettext_lazy("分野の数"),
    "experience.required_months": gettext_lazy("必須分野での経験"),
    "experience.attestor": gettext_lazy("証明者の署名"),
    "experience.other_org": gettext_lazy("証明者は、当時の上司か監督者か"),
    "experience.required_rule": gettext_lazy("必須分野を合わせた見方"),
    "points.required": gettext_lazy("CPDポイントの合計"),
    "validity.window_opens_months": gettext_lazy("受付の始まり"),
    "validity.window_closes_months": gettext_lazy("受付の終わり"),
    "renewal.pledge": gettext_lazy("宣誓"),
    "renewal.fee": gettext_lazy("更新の手数料"),
    "renewal.audit": gettext_lazy("監査の結果"),
}

NOTES = {
    "COPY_NOT_SEEN": gettext_lazy("写しと書かれた内容を、事務局がまだ比べていません。"),
    "NAME_OTHER": gettext_lazy("登録の氏名とも、前の氏名とも違います。人が確かめます。"),
    "NAME_FORMER_UNSEEN": gettext_lazy("前の氏名と同じですが、前の氏名を示す書類をまだ確かめていません。"),
    "NOT_ATTESTED": gettext_lazy("証明のない期間か分野があります。そこは数えていません。"),
    "SELF_ATTESTED": gettext_lazy("ご本人の署名は数えていません。"),
    "ATTESTOR_OTHER_ORG": gettext_lazy(
        "別の立場の方が証明しています。自動では退けません。当時の関係を、人が確かめます。"
    ),
    "REQUIRED_MET_IF_SUMMED": gettext_lazy(
        "1つの分野では足りませんが、必須の2分野を合わせると足ります。人が確かめます。"
    ),
}

# Findings of which every value that is text is a number; a report's number is none.
NUMBERS = ("points.", "experience.")
MONTHS = ("experience.total_months", "experience.required_months")


def blocks(judgement: Judgement, facts: Mapping[str, Any]) -> tuple[Block, ...]:
    """Every criterion in the order of the document, with the papers it rests on."""
    return tuple(_block(part, facts) for part in judgement.parts)


def for_office(judgement: Judgement, facts: Mapping[str, Any]) -> tuple[Block, ...]:
    """The same for the reviewer: what a person must look at comes first, then what is not met."""
    order = {"wait": 0, "bad": 1, "ok": 2}
    return tuple(sorted(blocks(judgement, facts), key=lambda block: order[block.tone]))


def _block(part: Part, facts: Mapping[str, Any]) -> Block:
    rows = tuple(map(_row, part.findings))
    fee, pledge = facts.get("fee"), facts.get("pledge")
    if part.code == "fee" and fee and not fee["settled"]:
        return Block(
            part, "wait", (Row("ok", _("入金を待っています"), wording.yen(fee["total"]), "", "", part.cite),)
        )
    if part.code == "fee" and fee:
        shown = _("%(yen)s、%(day)sに確認") % {
            "yen": wording.yen(fee["total"]),
            "day": _day(fee["confirmed_on"]),
        }
        return Block(part, TONES[part.met], (Row("ok", _("入金"), shown, "", "", part.cite),))
    if part.code == "pledge" and pledge:
        who = fill("%(name)s", name=pledge["signed_name"])
        shown = format_html("{} {}", who, _day(pledge["signed_on"]))
        return Block(part, TONES[part.met], (Row("ok", _("署名"), shown, "", "", part.cite),))
    return Block(part, TONES[part.met], rows)


def _day(text: str) -> str:
    return wording.day(date.fromisoformat(text))


def to_look_at(judgement: Judgement) -> list[Row]:
    """The findings no machine may decide."""
    return [_row(finding) for part in judgement.parts for finding in part.findings if finding.met is None]


def open_notes(part: Part) -> dict[str, str]:
    """What a person still has to look at in a criterion: the kind of note and its words, for the applicant."""
    found = {str(each.note): str(NOTES.get(str(each.note), "")) for each in part.findings if each.met is None}
    return {kind: words for kind, words in found.items() if words}


def _row(finding: Finding) -> Row:
    shown = "" if finding.met is None else _value(finding.key, finding.shown)
    wanted = "" if finding.wanted is None else _wanted(finding.key, finding.wanted)
    return Row(
        TONES[finding.met],
        str(TITLES.get(finding.key, finding.key)),
        shown,
        # "Yes, wanted: yes" tells nobody anything.
        "" if wanted == shown else wanted,
        str(NOTES.get(str(finding.note), "")),
        finding.cite,
    )


FROM = ("validity.report_issue", "validity.window_opens_months")
UNTIL = ("validity.report_years", "validity.window_closes_months")
AT_LEAST = (
    "experience.total_months",
    "experience.required_months",
    "experience.min_fields",
    "points.required",
)


def _wanted(key: str, value: object) -> str:
    words = _value(key, value)
    if key in FROM:
        return _("%(day)sから") % {"day": words}
    if key in UNTIL:
        return _("%(day)sまで") % {"day": words}
    return _("%(amount)s以上") % {"amount": words} if key in AT_LEAST else words


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if isinstance(value, date):
        return wording.day(value)
    if key in MONTHS and isinstance(value, Fraction | int):
        return month_words(whole(Fraction(value)))
    if key == "experience.min_fields":
        return _("%(number)d分野") % {"number": value}
    if isinstance(value, Fraction):
        return wording.points(value)
    return str(AuditOutcome(str(value)).label) if key == "renewal.audit" else str(value)


def stored_value(key: str, value: object) -> str:
    """A value as a decision stored it (JSON), in words; what is no value of ours is shown as it stands."""
    if value is None:
        return "—"
    if not isinstance(value, str):
        return _value(key, value)
    if value in NOTES:
        return str(NOTES[value])
    if not key.startswith(NUMBERS) and key not in (*FROM, *UNTIL):
        return value
    try:
        return _value(key, date.fromisoformat(value) if key in (*FROM, *UNTIL) else Fraction(value))
    except ValueError:
        return value


PROOFS = {
    "statement": gettext_lazy("証明者の署名した文"),
    "pledge": gettext_lazy("宣誓の本文"),
    "leaf": gettext_lazy("署名の、記録簿での葉"),
}


def proof_words(what: str) -> str:
    """What a proof of a decision is: a source of files, or something signed."""
    return str(SOURCE_WORDS[Source(what)] if what in set(Source) else PROOFS.get(what, what))


def waits(application: Application, asker: Person | None = None) -> str:
    """Who is waited for, in words."""
    if application.state == State.IN_REVIEW and asker is not None and application.reviewer_id == asker.pk:
        return _("待っているのはあなたです")
    if application.state == State.IN_REVIEW and application.reviewer:
        return fill(_("%(name)sさんが審査しています"), name=application.reviewer.name)
    is_own = asker is not None and application.person_id == asker.pk
    words = {
        State.DRAFT: _("ご本人が書いています"),
        State.SUBMITTED: _("あなたの振込を待っています") if is_own else _("ご本人の入金待ち"),
        State.ACCEPTED: _("審査の担当を待っています"),
        State.INCOMPLETE: _("足りない書類を待っています"),
        State.ON_HOLD: _("保留の理由がなくなるのを待っています"),
        State.RECOMMENDED: _("決定する人を待っています"),
        State.RETURNED: _("あなたの返事を待っています") if is_own else _("ご本人の回答待ち"),
    }
    return words.get(State(application.state), "")


VERBS = {
    "applications.start": gettext_lazy("%(who)sが申請を書き始めました"),
    "applications.edit": gettext_lazy("%(who)sが申請を直しました"),
    "applications.submit": gettext_lazy("%(who)sが申請を送りました"),
    "applications.accept": gettext_lazy("書類と入金がそろい、申請を受理しました"),
    "applications.take_up": gettext_lazy("%(who)sが審査の担当になりました"),
    "applications.recommend": gettext_lazy("%(who)sが決定へ進めました"),
    "applications.key_in": gettext_lazy("%(who)sが紙の申請を入力しました"),
    "applications.complete": gettext_lazy("%(who)sが、書類がそろったことを確かめました"),
    "applications.reopen": gettext_lazy("%(who)sが決定の見直しを始めました"),
    "applications.turn_away": gettext_lazy("%(who)sが不受理としました"),
    "applications.assign": gettext_lazy("%(who)sが担当を決めました"),
    "applications.ask": gettext_lazy("%(who)sがご本人に尋ねました"),
    "applications.answer": gettext_lazy("%(who)sが答えました"),
    "applications.resume": gettext_lazy("%(who)sが審査を再開しました"),
    "applications.hold": gettext_lazy("%(who)sが保留にしました"),
    "applications.release": gettext_lazy("%(who)sが保留を解きました"),
    "applications.subtract": gettext_lazy("%(who)sが休みの期間を差し引きました"),
    "applications.restore": gettext_lazy("%(who)sが休みの差し引きをやめました"),
    "applications.statement_came": gettext_lazy("証明者の署名が届きました"),
    "applications.take_up_again": gettext_lazy("%(who)sの求めで、もう一度審査することになりました"),
    "applications.fee_open_again": gettext_lazy("手数料の入金の確認が取り消されました"),
    "applications.send_back": gettext_lazy("%(who)sが審査へ戻しました"),
    "applications.certify": gettext_lazy("%(who)sが認定しました"),
    "applications.give_fee_back": gettext_lazy("%(who)sが、手数料を返すことにしました"),
    "applications.refuse": gettext_lazy("%(who)sが不認定としました"),
    "applications.amend": gettext_lazy("%(who)sが、更新の申請を改めました"),
    "applications.hold_for_audit": gettext_lazy("監査の対象として、止めました"),
    "applications.settle_audit": gettext_lazy("監査が終わりました"),
    "applications.withdraw": gettext_lazy("%(who)sが申請を取り下げました"),
    "applications.note": gettext_lazy("%(who)sがメモを残しました"),
    "applications.remind": gettext_lazy("%(who)sが、思い出していただくメールを送りました"),
    "applications.ask_for_call": gettext_lazy("%(who)sが、証明者への電話を頼みました"),
    "applications.tell_call": gettext_lazy("%(who)sが、電話の結果を書きました"),
    "payments.open_fee": gettext_lazy("手数料の支払いをお願いしました"),
    "payments.cancel_fee": gettext_lazy("手数料のお願いを取り消しました"),
    "payments.mark_accepted": gettext_lazy("手数料は、この日から返りません"),
    "payments.settle": gettext_lazy("%(who)sが入金を確かめました"),
    "payments.undo": gettext_lazy("%(who)sが入金の確認を取り消しました"),
    "payments.ask_approval": gettext_lazy("%(who)sが、二人目の承認を求めました"),
    "payments.decide_approval": gettext_lazy("%(who)sが、承認の求めに答えました"),
    "payments.refund_due": gettext_lazy("入金した手数料を返すことになりました"),
    "payments.refund_approved": gettext_lazy("%(who)sが返金を承認しました"),
    "payments.refund_paid": gettext_lazy("%(who)sが返金の振込を記録しました"),
    "payments.refund_dropped": gettext_lazy("%(who)sが返金を取りやめました"),
    "payments.refund_corrected": gettext_lazy("%(who)sが返金の振込の記録を取り消しました"),
    "payments.issue_receipt": gettext_lazy("領収書を発行しました"),
    "payments.copy_receipt": gettext_lazy("%(who)sが領収書を再発行しました"),
    "payments.put_on_receipt": gettext_lazy("会社あての領収書に入れました"),
    "payments.void_receipt": gettext_lazy("領収書を無効にしました"),
    "registry.file_renewal": gettext_lazy("更新の申請を名簿に記しました"),
    "registry.withdraw_renewal": gettext_lazy("更新の申請の取下げを名簿に記しました"),
    "registry.refuse_renewal": gettext_lazy("更新しないことを名簿に記しました"),
}


def told(verb: str, actor: str, names: dict[str, str], data: Mapping[str, Any] | None = None) -> str:
    """A journal entry in a sentence; an unknown verb is shown by its name."""
    if verb not in VERBS:
        return verb
    if verb == "payments.mark_accepted" and data and data.get("kept") is False:
        return _("手数料の入金が、収入になりました")
    who = names.get(actor, "")
    if not who:
        return str(VERBS[verb]) % {"who": pgettext("who", "事務局の仕組み")}
    return (
        fill(str(VERBS[verb]), who=who) if wording.in_english() else fill(str(VERBS[verb]), who=f"{who}さん")
    )


def fill(sentence: str, **names: str) -> SafeString:
    """A sentence with names in it; on an English page each is marked as Japanese. Names are escaped."""
    marked = {key: conditional_escape(in_japanese(name)) for key, name in names.items()}
    return mark_safe(escape(sentence) % marked)  # noqa: S308  every part is escaped above


def people_in(actors: Iterable[str]) -> list[str]:
    """The ids of the people among some actors."""
    return [actor.removeprefix("person:") for actor in actors if actor.startswith("person:")]
