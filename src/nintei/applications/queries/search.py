"""Finding a case by a name in any spelling, or by any of its numbers."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from nintei.payments.matching import plain
from nintei.people.models import FormerName, Person
from nintei.registry.models import Certification, ExamPass

# Letters that one name is written with in two ways; people type the one their keyboard gives.
_VARIANTS = str.maketrans("髙﨑𠮷邊邉齋齊斎澤濵濱嶋嶌冨德廣國", "高崎吉辺辺斉斉斉沢浜浜島島富徳広国")
_SEPARATOR = "\n"


def key(text: str) -> str:
    """A name or number without width, kind of kana, spaces and variants of letters.

    >>> key("ｻﾄｳ ｹﾝﾀ"), key("さとう　けんた"), key("髙橋"), key("２０２６－０００１") == key("2026-0001")
    ('サトウケンタ', 'サトウケンタ', '高橋', True)
    """
    return plain(text).translate(_VARIANTS)


def names_key(person: Person) -> str:
    """Every name somebody bears or bore, as `key` writes them; kept with the case."""
    former = FormerName.objects.filter(person=person).values_list("name", "kana")
    names = [person.name, person.kana, person.latin, *(each for pair in former for each in pair)]
    return _SEPARATOR.join(dict.fromkeys(key(name) for name in names if name))[:1000]


def matching(words: str) -> Q:
    """The cases in which every word is part of a name, or of a case, pass or certification number."""
    found = Q()
    for word in words.split()[:6]:
        found &= _one(word)
    return found


def _one(word: str) -> Q:
    wanted = key(word)
    if not wanted:
        return Q()
    hit = Q(names__contains=wanted) | Q(person__email__iexact=word)
    number = wanted.replace("ー", "-")
    hit |= Q(number__icontains=number) | Q(exam_pass__number__icontains=number)
    owned = Certification.objects.filter(person=OuterRef("person"), number__icontains=number)
    passed = ExamPass.objects.filter(person=OuterRef("person"), number__icontains=number)
    return hit | Exists(owned) | Exists(passed) if any(c.isdigit() for c in number) else hit
