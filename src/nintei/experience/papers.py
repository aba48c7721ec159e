"""Papers of this room: what an attestor signed, and form (C) to be signed by hand."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from nintei.experience import queries
from nintei.experience.models import AttestationRequest
from nintei.experience.pieces import Piece
from nintei.experience.tokens import shown
from nintei.experience.wording import day_words, field_words, place
from nintei.rules.edition import Edition
from nintei.shared import files, paper, wording
from nintei.shared.models import FileColumns

TEMPLATES = Path(__file__).resolve().parent / "typst"


def attachment(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that is saved, never run in the page."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def statement(request: AttestationRequest) -> bytes:
    """What was signed with a request, letter for letter, with its fingerprint. Raises `paper.CannotPrint`."""
    rows = list(request.statements.all())
    with translation.override(request.language):
        data: dict[str, object] = {
            "lang": request.language,
            "title": _("業務経験の証明"),
            "texts": [
                {"lang": row.language, "lines": row.text.splitlines()[1:], "sha256": row.text_sha256}
                for row in rows
            ],
            "signed": _("署名した時: %(at)s") % {"at": wording.moment(rows[0].signed_at)},
            "fingerprint": _("この文の指紋（SHA-256）"),
            "drawn": _drawn(request),
            "drawn_words": _("手書きの署名"),
            "note": _("この文は協会の記録簿に残っています。あとから変えられません。"),
        }
    return paper.pdf(TEMPLATES / "statement.typ", data, rows[0].signed_at)


def _drawn(request: AttestationRequest) -> list[int]:
    """The drawn signature as pixels drawn anew, byte by byte as Typst takes them; empty without one."""
    kept = getattr(request, "drawn", None)
    return list(files.picture(taken(kept), 1) or b"") if kept else []


def taken(kept: FileColumns) -> files.TakenFile:
    """A kept file as the store knows it."""
    return files.TakenFile(kept.sha256, kept.kind, kept.size, kept.pages, kept.file_name)


def form_c(request: AttestationRequest, edition: Edition, on: date, at: datetime) -> bytes:
    """Form (C) for one attestor at one organisation, with the code that finds the case again (MAN-エ.C)."""
    person, language = request.person, request.language
    with translation.override(language):
        cite = edition.experience.cites.get("attestor")
        lines = queries.asked_lines(request, on)
        data: dict[str, object] = {
            "lang": language,
            "code": shown(request.code or ""),
            "applicant": request.applicant,
            "kana": person.kana,
            "attestor": request.attestor_name,
            "quote": cite.quote if cite else "",
            "posts": [_post(line, edition, language) for line in lines],
            "words": _words(request.applicant),
        }
    return paper.pdf(TEMPLATES / "form-c.typ", data, at)


def _post(line: queries.AskedLine, edition: Edition, language: str) -> dict[str, object]:
    post = line.post
    return {
        "place": place(post),
        "role": post.role,
        "pieces": [_piece(piece, edition, language) for piece in line.pieces],
        "leaves": [
            _("%(from)s から %(to)s") % {"from": day_words(row.from_on), "to": day_words(row.until_on)}
            for row in post.leaves.all()
        ],
        "done": [row.done for row in post.fields.all() if row.done],
    }


def _piece(piece: Piece, edition: Edition, language: str) -> dict[str, str]:
    days = _("%(from)s から %(to)s") % {"from": day_words(piece.start), "to": day_words(piece.end)}
    return {"days": days, "fields": field_words(edition, piece.fields, language)}


def _words(applicant: str) -> dict[str, str]:
    """What is printed on the form itself."""
    return {
        "title": _("（C）上司もしくは監督者による証明"),
        "lead": _("%(name)sさんの業務経験について、あなたが上司か監督者だった期間だけを証明してください。")
        % {"name": applicant},
        "applicant": _("申請者"),
        "attestor": _("証明する方"),
        "place": _("勤務先"),
        "days": _("期間"),
        "fields": _("分野"),
        "leaves": _("休みの期間"),
        "done": _("したこと"),
        "answer": _("この内容で間違いありませんか"),
        "yes": _("はい"),
        "no": _("いいえ"),
        "differs": _("少し違う（正しい期間と分野を下に書いてください）"),
        "supervised": _("あなたが監督していた期間"),
        "until": _("年　　　月　　　日から　　　　　　年　　　月　　　日まで"),
        "stood": _("当時のあなたの立場"),
        "there": _("上司・監督者"),
        "elsewhere": _("別の立場"),
        "role": _("当時の役職"),
        "still": _("いまもこの勤務先に所属していますか"),
        "signature": _("署名（自筆）"),
        "signed_on": _("署名の日"),
        "signed_day": _("年　　　月　　　日"),
        "manual": _("申請マニュアルの言葉"),
        "code": _("コード"),
    }
