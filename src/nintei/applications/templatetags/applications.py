"""`{% load applications %}`: the mark of a criterion; parts of a case taken up again, refused or come on paper."""

from __future__ import annotations

from datetime import date

from django import template
from django.template import Context

from nintei.applications import queries, reasons, words
from nintei.applications.forms.cases import ReopenForm
from nintei.applications.gaps import FORM_D, is_asked
from nintei.applications.judging import Judgement
from nintei.applications.models import Application
from nintei.applications.queries import cases, giving_back
from nintei.people.models import Role
from nintei.people.queries import roles_of
from nintei.rules.edition import Edition
from nintei.rules.fees import keeps_after_acceptance
from nintei.shared.rulebook import edition
from nintei.shared.templatetags.nintei import said

register = template.Library()


@register.filter
def mark_of(code: str, judged: Judgement) -> str:
    """`{{ mark.criterion|mark_of:judged }}`: the document's own mark of a criterion, ①."""
    return next((part.mark for part in judged.parts if part.code == code), code)


@register.inclusion_tag("applications/parts/way_to_appeal.html")
def way_to_appeal(application: Application, on: date) -> dict[str, object]:
    """`{% way_to_appeal application today %}`: until when a refusal can be appealed, or why it cannot."""
    return {"way": cases.way_to_appeal(application, on), "application": application, "today": on}


@register.filter
def keeps_fee(book: Edition) -> bool:
    """`{% if edition|keeps_fee %}`: whether nothing of a fee goes back once the application is accepted."""
    return keeps_after_acceptance(book)


@register.filter
def asks_pledge(book: Edition) -> bool:
    """`{% if edition|asks_pledge %}`: whether a pledge is one of the criteria."""
    return is_asked(book, FORM_D)


@register.inclusion_tag("applications/parts/giving_back.html", takes_context=True)
def fee_back(context: Context, application: Application, on: date) -> dict[str, object]:
    """`{% fee_back application today %}`: for the office, whether the fee of a refused case goes back."""
    found, user = giving_back.giving_back(application, on), context["request"].user
    may = found is not None and application.person_id != user.pk and roles_of(user, on=on) & giving_back.MAY
    return {
        "back": found,
        "may": bool(may),
        "cite": edition(on).fees.cites.get("refundable_after_acceptance") if found else None,
        "edition": edition(on),
        "application": application,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("applications/parts/reopened.html", takes_context=True)
def reopened(context: Context, application: Application, on: date) -> dict[str, object]:
    """`{% reopened application today %}`: for the office, what the case contests, what came after, and paper."""
    why = cases.reopening_of(application)
    user = context["request"].user
    may_reopen = (
        application.decided_on is not None
        and application.person_id != user.pk
        and Role.DECIDER in roles_of(user, on=on)
    )
    later = cases.later_cases(application)
    return {
        "why": why,
        "refused_for": queries.refused_for(why.decision) if why else [],
        "later": later,
        "form": ReopenForm(auto_id="reopen_%s") if may_reopen and not later else None,
        "paper": cases.paper_of(application),
        "scans": cases.scans(application),
        "application": application,
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def finding_title(key: str) -> str:
    """`{{ piece.key|finding_title }}`: what a finding is about; an unknown key is shown itself."""
    return str(words.TITLES.get(key, key))


@register.filter
def proof_of(what: str) -> str:
    """`{{ proof.what|proof_of }}`: what a proof of a decision is."""
    return words.proof_words(what)


@register.filter
def stored_value(value: object, key: str) -> str:
    """`{{ piece.stored|stored_value:piece.key }}`: a value as a decision stored it, in words."""
    return words.stored_value(key, value)


@register.filter
def reason(code: str, use: str) -> str:
    """`{{ item.reason|reason:"ask" }}`: the sentence of the taxonomy; a code no longer there is shown itself."""
    known = reasons.reason(reasons.Use(use), code)
    return said(known.text) if known else code
