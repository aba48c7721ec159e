"""Who somebody is, what they are called and entrusted with, and whether they were entered twice."""

from nintei.people.names import katakana, tidy
from nintei.people.queries.accounts import (
    called,
    demo_day,
    grant,
    merge,
    merges,
    open_proposals,
    people_called,
    people_with_roles,
    person,
    person_by_email,
    proposal,
    roles_of,
    staff,
)
from nintei.people.queries.naming import (
    NameFit,
    confirmed_kana,
    former_name,
    former_names,
    name_evidence,
    name_fit,
    names_to_check,
    own_former_name,
)
from nintei.people.queries.twins import Twins, Why, settled_pairs, twins

__all__ = [
    "NameFit",
    "Twins",
    "Why",
    "called",
    "confirmed_kana",
    "demo_day",
    "former_name",
    "former_names",
    "grant",
    "katakana",
    "merge",
    "merges",
    "name_evidence",
    "name_fit",
    "names_to_check",
    "open_proposals",
    "own_former_name",
    "people_called",
    "people_with_roles",
    "person",
    "person_by_email",
    "proposal",
    "roles_of",
    "settled_pairs",
    "staff",
    "tidy",
    "twins",
]
