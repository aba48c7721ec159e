"""What the access matrix needs of this room."""

from __future__ import annotations

from nintei.people import actions
from nintei.people.models import Person, RequestKind, Role, RoleChange, RoleGrant
from nintei.people.tests.conftest import photo, somebody
from nintei.site.tests.access import NOON


def former_name(owner: Person) -> dict[str, object]:
    """A former name of the owner's with a paper."""
    former = actions.add_former_name(
        by=owner.by, person=owner, name="高橋 花子", kana="タカハシ ハナコ", at=NOON, taken=photo()
    )
    return {"pk": former.pk}


def paper(owner: Person) -> dict[str, object]:
    """The paper of a former name of the owner's."""
    former_name(owner)
    return {"pk": owner.former_names.get(name="高橋 花子").evidence.get().pk}


def grant(owner: Person) -> dict[str, object]:
    """A role that somebody holds."""
    somebody("hara", "原 愛", "ハラ アイ", Role.REVIEWER)
    return {"pk": RoleGrant.objects.get(person__email="hara@example.jp").pk}


def proposal(owner: Person) -> dict[str, object]:
    """A change of a role that waits for a second person."""
    ono = somebody("ono", "小野 誠", "オノ マコト", Role.BOARD)
    asked = actions.change_role(
        actor=ono, person=owner, role=Role.DECIDER, change=RoleChange.GRANT,
        day=NOON.date(), on=NOON.date(), at=NOON,
    )  # fmt: skip
    assert asked is not None
    return {"pk": asked.pk}


def erase_kind(owner: Person) -> dict[str, object]:
    """The wish to be erased."""
    return {"kind": "erase"}


def data_request(owner: Person) -> dict[str, object]:
    """A wish to be erased that waits for the office."""
    asked = actions.ask_about_data(by=owner.by, person=owner, kind=RequestKind.ERASE, words="", at=NOON)
    return {"pk": asked.pk}
