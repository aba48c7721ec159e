"""What the pages of a renewal show: its checklist in words, what is missing, what amending would change."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from nintei.applications import pages, queries, states, words
from nintei.applications.models import Application, Kind
from nintei.ledger import queries as ledger
from nintei.ledger.queries import Entry, Home, Standing
from nintei.payments import queries as fees
from nintei.rules import decisions
from nintei.rules.dates import WindowReason, renewed_term
from nintei.rules.edition import Citation, Unset
from nintei.rules.findings import Finding
from nintei.shared import wording
from nintei.shared.templatetags.nintei import said

POINTS = "points.required"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is checked. `tone`: ok, wait, bad, or todo where nothing is asked as yet."""

    key: str
    tone: str
    title: str
    text: str
    cite: Citation | None = None
    cite_title: str = ""
    slots: tuple[Unset, ...] = ()


def page(home: Home, standing: Standing, application: Application | None) -> dict[str, Any]:
    """Everything the page of one renewal shows on its (JST) day."""
    window, entries = standing.window, _inside(home, standing)
    told: dict[str, Any] = {
        "checklist": items(standing, application),
        "is_early": window.reason == WindowReason.TOO_EARLY,
        "is_late": window.reason in (WindowReason.TOO_LATE, WindowReason.EXPIRED),
        "next_term": renewed_term(home.edition, standing.term.ends_on),
        "asks_pledge": decisions.PLEDGE in decisions.renewal_asks(home.edition),
        "entries": entries,
        "left_out": len(home.entries) - len(entries),
        "application": application,
    }
    return told | (_filed(standing, application) if application else {})


def _inside(home: Home, standing: Standing) -> list[Entry]:
    """The lines of the cycle; once a renewal was filed, only those that it claims."""
    rows = [entry.activity for entry in home.entries]
    claimed = {line["id"] for line in standing.claim.lines} if standing.claim else None
    return [
        each
        for each in ledger.entries_of(home.edition, rows, [standing])
        if not each.is_outside and (claimed is None or str(each.activity.pk) in claimed)
    ]


def _filed(standing: Standing, application: Application) -> dict[str, Any]:
    """A renewal that was filed: who is waited for, what may still be changed, its fee, its earlier claims."""
    may = states.events(application.state, frozenset({states.Actor.APPLICANT}))
    hold = queries.audit_hold(application)
    is_open = standing.window.accepted and hold is None
    return {
        "waits": words.waits(application, application.person),
        "may_amend": states.Event.AMEND in may and is_open,
        "may_withdraw": states.Event.WITHDRAW in may and hold is None,
        "is_held": hold is not None,
        "amendment": queries.amendment(application, standing.on) if is_open else None,
        "earlier": list(ledger.claims_before(standing.claim)) if standing.claim else [],
        "fee": fees.fee_for(application.reference),
        "decision": queries.decision_of(application),
    }


def items(standing: Standing, application: Application | None = None) -> list[Item]:
    """The checklist: points and window, and what the rulebook asks for besides or has not set (AMB-A9, F2)."""
    edition, balance = standing.edition, standing.balance
    judged = decisions.renewal(
        edition, standing.term.ends_on, standing.on, balance.total, balance.unmet, balance.required
    )
    found = {finding.key: finding for finding in judged.findings}
    asks = decisions.renewal_asks(edition)
    told = [_points(standing, found[POINTS]), *(_minimum(each) for each in balance.unmet)]
    told.append(_window(standing, judged.window.findings[0]))
    if decisions.PLEDGE in asks:
        told.append(_pledge(standing, application))
    if decisions.FEE in asks:
        told.append(_fee(standing, application))
    return [*told, *_unset(standing, asks)]


def _points(standing: Standing, finding: Finding) -> Item:
    balance = standing.balance
    said = {"total": wording.points(balance.total), "required": wording.points(balance.required, 0)}
    title = _("ポイント %(total)s / %(required)s") % said
    cite_title = _("%(required)sポイントが必要な理由") % said
    if finding.met:
        return Item(POINTS, "ok", title, _("更新に必要なポイントに届いています。"), finding.cite, cite_title)
    is_late = standing.on > standing.window.closes and not standing.window.accepted
    missing = {"missing": wording.points(balance.shortfall)}
    text = _("%(missing)sポイント足りませんでした。") if is_late else _("あと%(missing)sポイント足りません。")
    return Item(POINTS, "bad" if is_late else "wait", title, text % missing, finding.cite, cite_title)


def _minimum(finding: Finding) -> Item:
    """A minimum or the distinct topics of a rulebook that asks for them."""
    shown, wanted = (
        wording.points(Fraction(str(finding.shown))),
        wording.points(Fraction(str(finding.wanted))),
    )
    title = _("定められた最小 %(shown)s / %(wanted)s") % {"shown": shown, "wanted": wanted}
    return Item(finding.key, "wait", title, "", finding.cite, _("この最小の条文"))


def _window(standing: Standing, finding: Finding) -> Item:
    window, on = standing.window, standing.on
    days = _("%(opens)sから%(closes)sまで（日本時間）。") % {
        "opens": wording.day(window.opens),
        "closes": wording.day(window.closes),
    }
    early = window.reason == WindowReason.TOO_EARLY
    cite_title = _("受付が始まる日の条文") if early else _("受付が終わる日の条文")
    if early:
        left = _("始まるまで%(left)sです。") % {"left": wording.days_left(window.opens, on)}
        return Item("window", "wait", _("受付期間はこれからです"), days + left, finding.cite, cite_title)
    if window.accepted:
        left = _("終わるまで%(left)sです。") % {"left": wording.days_left(window.closes, on)}
        return Item("window", "ok", _("受付期間の中です"), days + left, finding.cite, cite_title)
    return Item("window", "bad", _("受付期間は過ぎました"), days, finding.cite, cite_title)


def _pledge(standing: Standing, application: Application | None) -> Item:
    signed = queries.pledge_of(application) if application else None
    cite = standing.edition.citations.get("settings.renewal_asks")
    if signed:
        text = _("%(day)sに署名しました。") % {"day": wording.day(signed.signed_on)}
        return Item("pledge", "ok", _("宣誓"), text, cite, _("宣誓の条文"))
    text = _("申請するときに、本文を読んで署名します。")
    return Item("pledge", "wait", _("宣誓"), text, cite, _("宣誓の条文"))


def _fee(standing: Standing, application: Application | None) -> Item:
    fee = fees.fee_for(application.reference) if application else None
    price, why = pages.price_if_set(Kind.RENEWAL, standing.certification.qualification, standing.on)
    total = fee.total if fee else price.total if price else None
    title = _("更新の手数料 %(yen)s") % {"yen": wording.yen(total)} if total else _("更新の手数料")
    cite = price.cites[0] if price and price.cites else None
    if fee and fees.is_settled(fee):
        return Item("fee", "ok", title, _("入金を確かめました。"), cite, _("手数料の条文"))
    text = _("入金を確かめると、受理します。") if fee else _("申請のあとに、振込のお願いが出ます。")
    return Item("fee", "wait", title, why or text, cite, _("手数料の条文"))


def _unset(standing: Standing, asks: tuple[str, ...]) -> list[Item]:
    """What the association has not set is shown as unset, under its owner, and not asked for."""
    wanted = {"pledge_text": decisions.PLEDGE, "renewal_fee": decisions.FEE, "renewal_manual": ""}
    unset = standing.edition.unset
    slots = [unset[key] for key, asked in wanted.items() if key in unset and asked not in asks]
    owners = {said(slot.owner): slot.owner for slot in slots}
    return [
        Item(
            "unset",
            "todo",
            _("まだ決まっていないもの"),
            _("%(owner)sがまだ決めていないので、いまは求めません。") % {"owner": name},
            slots=tuple(slot for slot in slots if slot.owner == owner),
        )
        for name, owner in owners.items()
    ]
