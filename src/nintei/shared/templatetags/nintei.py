"""Filters and tags that every page may use: `{% load nintei %}`. The list is in docs/frame.md."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django import forms, template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nintei.rules.edition import Citation, Text
from nintei.shared import clock, wording
from nintei.shared import forms as our_forms

register = template.Library()

TONE_ICONS = {"ok": "check", "wait": "clock", "bad": "alert", "info": "info"}
FINDING_TONES = {True: ("ok", "check"), False: ("bad", "x"), None: ("wait", "clock")}


@register.filter
def day(on: date | datetime | None) -> str:
    """`{{ on|day }}` → 2027年2月28日（日）; an instant is shown as its day in Japan."""
    return wording.day(_japanese_day(on)) if on else ""


@register.simple_tag
def when(on: date | None) -> SafeString | str:
    """`{% when on %}`: the same in a `<time>` that does not break."""
    if not on:
        return ""
    shown = _japanese_day(on)
    return format_html('<time class="nowrap" datetime="{}">{}</time>', shown.isoformat(), wording.day(shown))


def _japanese_day(on: date | datetime) -> date:
    return on.astimezone(clock.JST).date() if isinstance(on, datetime) else on


@register.filter
def moment(at: datetime) -> str:
    """`{{ at|moment }}` → 2026年11月24日 09:58, in Japan: for a list that is read down."""
    return wording.moment(at.astimezone(clock.JST))


@register.filter
def time_of_day(at: datetime) -> str:
    """`{{ at|time_of_day }}` → 10:42, in Japan."""
    return at.astimezone(clock.JST).strftime("%H:%M")


@register.filter
def points(value: Fraction | Decimal | float | None, decimals: int = 1) -> str:
    """`{{ total|points }}` → 21.5; `{{ goal|points:0 }}` → 30."""
    return "" if value is None else wording.points(value, decimals)


@register.filter
def yen(amount: int | None) -> str:
    """`{{ fee|yen }}` → 11,000円."""
    return "" if amount is None else wording.yen(amount)


@register.filter
def months(count: int | Fraction | None) -> str:
    """`{{ 18|months }}` → 1年6か月."""
    return "" if count is None else wording.months(count)


@register.filter
def minutes(count: int | None) -> str:
    """`{{ 195|minutes }}` → 3時間15分."""
    return "" if count is None else wording.minutes(count)


@register.filter
def days_until(until: date, on: date) -> str:
    """`{{ until|days_until:today }}` → あと96日."""
    return wording.days_left(until, on)


@register.filter
def said(text: Text | str | None) -> str:
    """`{{ category.name|said }}`: a kernel text in the active language; plain text stays as it is."""
    if not isinstance(text, Text):
        return text or ""
    return text.en if wording.in_english() else text.ja


@register.simple_tag
def in_japanese(words: str) -> SafeString | str:
    """`{% in_japanese person.name %}`: words that stay Japanese on an English page, marked as such."""
    if not words or not wording.in_english():
        return words
    return format_html('<span lang="ja">{}</span>', words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check" %}`: a picture beside a word, hidden from a screen reader."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name
    )


@register.simple_tag
def once() -> SafeString:
    """`{% once %}` in every form whose POST has an effect: `people.doors.once` answers it once."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(18))


@register.inclusion_tag("shared/parts/summary.html")
def summary(*several: forms.BaseForm) -> dict[str, object]:
    """`{% summary form %}`: all errors of one or more forms, each a link to its field."""
    return {"errors": [line for form in several if form.is_bound for line in our_forms.summary(form)]}


@register.inclusion_tag("shared/parts/chip.html")
def chip(tone: str, word: str) -> dict[str, object]:
    """`{% chip "ok" word %}`: a state. Tones: ok, wait, bad, info, plain, or "" for quiet."""
    shown = {key: name for key, name in TONE_ICONS.items() if key != "info"}
    return {"tone": tone, "word": word, "icon": shown.get(tone, "")}


@register.inclusion_tag("shared/parts/category.html")
def category(code: str) -> dict[str, object]:
    """`{% category "A" %}`: the badge of a CPD category."""
    return {"code": code, "name": code.lower()[:1]}


@register.inclusion_tag("shared/parts/finding.html", takes_context=True)
def finding(context: Context, found: object, title: str = "") -> dict[str, object]:
    """`{% finding f title %}`: one finding of the kernel with what was shown, wanted, and its clause."""
    tone, name = FINDING_TONES[getattr(found, "met", None)]
    return {"finding": found, "title": title, "tone": tone, "icon": name, "documents": _documents(context)}


@register.inclusion_tag("shared/parts/clause.html", takes_context=True)
def clause(context: Context, cite: Citation | None, title: str = "", of: str = "") -> dict[str, object]:
    """`{% clause cite title %}` or `{% clause cite of=rule %}`: the words as printed, their document, our reading."""
    return quote(context, cite) | {"title": title, "of": of, "english": wording.in_english()}


@register.inclusion_tag("shared/parts/quote.html", takes_context=True)
def quote(context: Context, cite: Citation | None) -> dict[str, object]:
    """`{% quote cite %}`: the words as printed with the name of their document, open on the page."""
    return {"cite": cite, "document": _documents(context).get(cite.source) if cite else None}


def _documents(context: Context) -> dict[str, object]:
    """The documents a citation may come from: of the page's `edition`, or of today's."""
    if "documents" in context:
        return dict(context["documents"])
    edition = context.get("edition")
    if edition is None:
        from nintei.shared import rulebook

        edition = rulebook.edition(clock.today())
    return {document.id: document for document in edition.documents}


@register.inclusion_tag("shared/parts/steps.html")
def steps(items: list[tuple[str, str, str]], current: int) -> dict[str, object]:
    """`{% steps items n %}`: the step navigation; items are (word, note), `current` counts from 1."""
    shown = [
        {"word": item[0], "note": item[1] if len(item) > 1 else "", "state": _state(number, current)}
        for number, item in enumerate(items, 1)
    ]
    return {"steps": shown}


def _state(number: int, current: int) -> str:
    return "done" if number < current else "current" if number == current else "to-come"


@register.simple_block_tag
def disclosure(content: str, title: str, is_open: bool = False) -> SafeString:
    """`{% disclosure title %}…{% enddisclosure %}`: more, for those who ask."""
    return _block("disclosure", content, title=title, is_open=is_open)


@register.simple_block_tag
def banner(content: str, tone: str, title: str, heading: str = "h2") -> SafeString:
    """`{% banner "wait" title %}…{% endbanner %}`: news on a page. Tones: info, ok, wait, bad, emergency."""
    shown = {"tone": tone, "title": title, "heading": heading, "icon": TONE_ICONS.get(tone, "alert")}
    return _block("banner", content, **shown)


@register.simple_block_tag
def table(content: str, caption: str, plain: bool | str = False) -> SafeString:
    """`{% table caption %}<thead>…<tbody>…{% endtable %}`: a table that scrolls in its own box.

    With True it is denser and narrower; with "slim" it fits a phone, for two or three short columns; with "cards"
    each row is a card on a phone, and its cells say their heading by `data-label`.
    """
    return _block("table", content, caption=caption, plain=plain)


@register.simple_block_tag
def empty(content: str, title: str, heading: str = "h2") -> SafeString:
    """`{% empty title %}…{% endempty %}`: a list with nothing in it yet, and what to do."""
    return _block("empty", content, title=title, heading=heading)


def _block(part: str, content: str, **context: object) -> SafeString:
    # The content was rendered by the same engine, with its escaping done.
    return render_to_string(f"shared/parts/{part}.html", {"content": SafeString(content), **context})
