"""The words an attestor reads and signs: what is shown is what is kept, letter for letter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from nintei.experience.models import Answer, AskedPost, Post
from nintei.experience.pieces import Piece, asked_about
from nintei.experience.said import Said, Tenure
from nintei.rules.edition import Edition, Text
from nintei.shared import wording


def said_in(text: Text, language: str) -> str:
    """A kernel text in a language."""
    return text.en if language.startswith("en") else text.ja


def day_words(day: date | None) -> str:
    """A day as people read it, or the words for a post that goes on."""
    if day is None:
        return _("現在")
    return wording.day(day)


def field_words(edition: Edition, fields: Iterable[str], language: str) -> str:
    """`4 オペレーション、5 …` as the rulebook names them."""
    names = [f"{key} {said_in(edition.fields[key].name, language)}" for key in sorted(fields)]
    return _("、").join(names)


def place(post: Post) -> str:
    """Organisation and department in one line."""
    return " ".join(part for part in (post.organisation, post.department) if part)


def statement_text(
    *,
    edition: Edition,
    asked: AskedPost,
    said: Said,
    pieces: Sequence[Piece],
    tenure: Tenure,
    applicant: str,
    name: str,
    language: str,
) -> str:
    """The whole statement about one post, in the attestor's language (form C, MAN-エ.C)."""
    with translation.override(language):
        lines = _asked_lines(edition, asked, applicant, language)
        if said.answer == Answer.CANNOT:
            lines.append(_("返事: わたしは確認できません。"))
        else:
            lines += _confirmed(edition, said, pieces, tenure, language)
        lines += [_("言葉: %(words)s") % {"words": said.comment}] if said.comment else []
        lines.append(_("署名: %(name)s") % {"name": name or _("（なし）")})
    return "\n".join(lines) + "\n"


def _asked_lines(edition: Edition, asked: AskedPost, applicant: str, language: str) -> list[str]:
    post = asked.post
    lines = [
        _("業務経験の証明"),
        _("申請者: %(name)s") % {"name": applicant},
        _("勤務先: %(place)s") % {"place": place(post)},
        _("申請者が書いた期間: %(from)s から %(to)s")
        % {"from": day_words(post.started_on), "to": day_words(post.ended_on)},
    ]
    lines += [
        _("申請者が書いた休みの期間: %(from)s から %(to)s")
        % {"from": day_words(leave.from_on), "to": day_words(leave.until_on)}
        for leave in post.leaves.all()
    ]
    claimed = field_words(edition, (row.field for row in post.fields.all()), language)
    lines.append(_("申請者が書いた分野: %(fields)s") % {"fields": claimed})
    if asked.pieces:
        lines += [
            _("お願いした部分: %(piece)s") % {"piece": piece_words(edition, piece, language)}
            for piece in asked_about(asked)
        ]
    return lines


def piece_words(edition: Edition, piece: Piece, language: str) -> str:
    """Days and fields in one line."""
    words = {"from": day_words(piece.start), "to": day_words(piece.end)}
    return _("%(from)s から %(to)s（%(fields)s）") % {
        **words,
        "fields": field_words(edition, piece.fields, language),
    }


def _confirmed(
    edition: Edition, said: Said, pieces: Sequence[Piece], tenure: Tenure, language: str
) -> list[str]:
    lines = [_("返事: はい。") if said.answer == Answer.CONFIRMED else _("返事: 少し違います。")]
    if len(pieces) == 1:
        lines += [
            _("証明する期間: %(from)s から %(to)s")
            % {"from": day_words(said.from_on), "to": day_words(said.until_on)},
            _("証明する分野: %(fields)s") % {"fields": field_words(edition, said.fields, language)},
        ]
    else:
        lines += [
            _("証明する部分: %(piece)s") % {"piece": piece_words(edition, piece, language)}
            for piece in pieces
        ]
    return [
        *lines,
        _("監督していた期間: %(from)s から %(to)s")
        % {"from": day_words(tenure.since), "to": day_words(tenure.until)},
        _("当時の役職: %(role)s") % {"role": tenure.role or _("（なし）")},
        _("当時、この勤務先で上司か監督者でした。")
        if tenure.was_there
        else _("当時は、この勤務先の上司・監督者ではありませんでした。"),
        _("いまもこの勤務先に所属しています。")
        if tenure.belongs_still
        else _("いまはこの勤務先に所属していません。"),
    ]


def fingerprint(texts: Iterable[str]) -> str:
    """SHA-256 over the statements in order, to see that what was read is what is signed."""
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()
