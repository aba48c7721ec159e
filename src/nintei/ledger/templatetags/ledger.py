"""Tags of the ledger's pages: the cycle drawn, the advice, and the log's words. `{% load ledger %}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nintei.ledger import advice, wording
from nintei.ledger.models import Activity, Proof
from nintei.ledger.queries import Counted, Entry, How, Standing, Twice
from nintei.ledger.years import picture, rule_words
from nintei.rules.dates import StatusCode
from nintei.rules.edition import Edition
from nintei.shared import wording as words

register = template.Library()

BAR = 300


@register.inclusion_tag("ledger/parts/cycle.html", takes_context=True)
def cycle(context: template.Context, standing: Standing) -> dict[str, object]:
    """`{% cycle standing %}`: the years as columns, wide and narrow, with the table beside."""
    return {
        "picture": picture(standing),
        "standing": standing,
        "key": standing.certification.qualification.lower(),
    }


@register.inclusion_tag("ledger/parts/entries.html", takes_context=True)
def log(context: template.Context, entries: list[Entry], edition: Edition) -> dict[str, object]:
    """`{% log entries edition %}`: lines of the log, claimed → counted and why."""
    return {"entries": entries, "edition": edition}


@register.filter
def sentences(counted: Sequence[Counted]) -> list[tuple[str, str]]:
    """`{{ entry.counted|sentences }}`: why a line counts what it counts; of which certification, where they differ."""
    said: dict[str, list[str]] = {}
    for each in counted:
        said.setdefault(each.because, []).append(each.code)
    if len(said) == 1:
        return [("", each) for each in said]
    return [(wording.listed(codes), each) for each, codes in said.items()]


@register.filter
def course_of(standing: Standing) -> advice.Course:
    """`{{ standing|course_of }}`: whether the renewal is on course."""
    return advice.course(standing)


@register.filter
def steps_of(standing: Standing) -> list[advice.Advice]:
    """The next steps in words."""
    return advice.steps(standing)


@register.filter
def steps_said(standing: Standing) -> str:
    """How far the steps lead."""
    return advice.steps_said(standing)


@register.filter
def reasons_of(standings: Sequence[Standing]) -> list[advice.Why]:
    """`{{ home.standings|reasons_of }}`: where the numbers of a page come from."""
    return advice.all_reasons(standings)


@register.simple_tag
def category_name(edition: Edition, code: str) -> str:
    """`{% category_name edition "C" %}`: 個人学習."""
    return wording.category_name(edition, code)


@register.filter
def bar_done(standing: Standing) -> int:
    """Pixels (of 300) of the bar that are counted; all of it where hardship has left nothing to be needed."""
    balance = standing.balance
    return int(min(balance.total, balance.required) * BAR / balance.required) if balance.required else BAR


@register.filter
def bar_could(standing: Standing) -> int:
    """Pixels (of 300) of the bar that still fit into the room that is left."""
    could = min(standing.plan.missing, standing.plan.reachable)
    return int(could / standing.balance.required * BAR) if standing.balance.required else 0


@register.filter
def relief_said(standing: Standing) -> str:
    """By how much windows of hardship lower what is needed; empty where they change nothing."""
    return advice.relief_said(standing)


@register.filter
def carried_said(standing: Standing) -> str:
    """How many points were carried over into this cycle; empty where none."""
    return advice.carried_said(standing)


TONES = {
    StatusCode.VALID: "ok",
    StatusCode.VALID_PENDING_RENEWAL: "ok",
    StatusCode.CERTIFIED_NOT_STARTED: "info",
    StatusCode.SUSPENDED: "wait",
    StatusCode.EXPIRED: "bad",
    StatusCode.REVOKED: "bad",
}


@register.inclusion_tag("shared/parts/chip.html")
def status_chip(standing: Standing) -> dict[str, object]:
    """`{% status_chip standing %}`: what the certification is today."""
    tone = TONES.get(standing.status.code, "plain")
    icons = {"ok": "check", "wait": "clock", "bad": "alert"}
    return {"tone": tone, "word": status_word(standing), "icon": icons.get(tone, "")}


def status_word(standing: Standing) -> str:
    """What the certification is today, in a word."""
    words = {
        StatusCode.NOT_CERTIFIED: _("認定なし"),
        StatusCode.CERTIFIED_NOT_STARTED: _("開始前"),
        StatusCode.VALID: _("有効"),
        StatusCode.VALID_PENDING_RENEWAL: _("有効（更新の審査中）"),
        StatusCode.SUSPENDED: _("停止中"),
        StatusCode.EXPIRED: _("失効"),
        StatusCode.REVOKED: _("取消"),
    }
    return words[standing.status.code]


@register.simple_tag
def milestone(key: str, gone: bool) -> str:
    """What a day of the renewal is called, before and after it."""
    before = {
        "opens": _("更新の受付が始まる"),
        "closes": _("更新の受付が終わる"),
        "ends": _("資格の有効期限"),
    }
    after = {
        "opens": _("更新の受付が始まった"),
        "closes": _("更新の受付が終わった"),
        "ends": _("資格の有効期限が過ぎた"),
    }
    return (after if gone else before)[key]


@register.filter
def distance(left: int) -> int:
    """The number of days, whichever way."""
    return abs(left)


@register.filter
def said_days(days: list[date]) -> tuple[date, date | None]:
    """First and last day of an activity; the last is None where there is one day."""
    return days[0], days[-1] if len(days) > 1 else None


@register.simple_tag
def hint(hints: dict[str, str], code: str) -> str:
    """`{% hint hints "C" %}`: what stands below an answer."""
    return hints.get(code, "")


@register.simple_tag
def items_said(activity: Activity) -> str:
    """`{% items_said activity %}`: 2件, of a line that counts items."""
    return words.amount(0, activity.items)


@register.filter
def kinds(edition: Edition) -> list[dict[str, str]]:
    """What counts as CPD: each category with its name and its cap, for somebody who holds nothing yet."""
    return [
        {
            "code": code,
            "name": wording.question_words(edition, code),
            "full": wording.said(category.name),
            "rule": rule_words(edition, code),
        }
        for code, category in edition.categories.items()
    ]


@register.filter
def how_twice(found: Twice) -> str:
    """Why two lines look like the same hours."""
    return {
        How.TIME: _("時刻が重なっています。"),
        How.COURSE: _("同じ日に、同じコースがあります。"),
        How.TAUGHT: _("同じ時間に、受けたことと教えたことの両方があります。"),
        How.TITLE: _("同じ日に、同じ名前の記録があります。"),
    }[found.how]


@register.filter
def read_name(what: str) -> str:
    """What was read in a file, as the form calls it."""
    return {
        "title": _("何をしましたか"),
        "day": _("いつですか"),
        "minutes": _("時間"),
        "begins": _("始めた時刻"),
        "name": _("氏名（登録の名前と同じ）"),
        "other_name": _("氏名（登録の名前と違います）"),
        "organiser": _("主催者・著者"),
        "proof": _("証明するもの"),
    }.get(what, what)


@register.filter
def read_value(found: dict[str, str]) -> str:
    """What was read in a file, as people write it."""
    value = found["value"]
    if found["what"] == "day":
        return words.day(date.fromisoformat(value))
    if found["what"] == "minutes":
        return words.minutes(int(value))
    return str(Proof(value).label) if found["what"] == "proof" else value


@register.simple_tag
def region(box: list[float]) -> str:
    """`{% region found.box %}`: where something was read, on a page of 1000 by 1000."""
    left, top, width, height = (round(part * 1000) for part in box)
    mark = '<rect class="found__region" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
    return format_html(mark, left - 6, top - 6, width + 12, height + 12)
