"""What the table of access shows of this room, made through its actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from nintei.applications import actions, queries
from nintei.applications.actions import ItemSaid, MarkSaid
from nintei.applications.models import (
    Application,
    AskedItem,
    Invitation,
    Organisation,
    OrganisationContact,
    ReopeningFile,
    Roster,
)
from nintei.applications.tests import renewing
from nintei.applications.tests.conftest import (
    add_post,
    attest,
    pay,
    pledge,
    pledge_text,
    recommend,
    report_for,
    submit,
)
from nintei.applications.tests.renewing import certified, log
from nintei.experience.tests import access as experience
from nintei.notices.models import Letter
from nintei.people import actions as people
from nintei.people.actions import enter_person
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import photo, somebody
from nintei.shared import files
from nintei.shared.files import take_in
from nintei.shared.tests.test_pictures import png
from nintei.site.tests.access import NOON, person

PICTURE = png(16, 8)


def draft(owner: Person) -> dict[str, object]:
    """A draft of the owner's with a report, two posts, one of them attested, and a text to pledge."""
    _draft(owner, NOON)
    add_post(owner, date(2018, 4, 1), date(2019, 9, 30), "24", "ひなた通販")
    return {"qualification": "OMP"}


def case(owner: Person) -> dict[str, object]:
    """A case that the owner has handed in."""
    made = _draft(owner, NOON)
    pledge(made)
    return {"pk": submit(made).pk}


def asked_item(owner: Person) -> dict[str, object]:
    """Something that Ito asks the owner."""
    return {"pk": _asked(owner).pk}


def answered_file(owner: Person) -> dict[str, object]:
    """A file that the owner has attached to an answer."""
    taken = files.take_in(SimpleUploadedFile("在籍証明.png", PIXEL))
    item = _asked(owner)
    actions.answer_item(person=owner, item=item, words="", files=[taken], on=NOON.date(), at=NOON)
    return {"pk": item.files.get().pk}


def returned(owner: Person) -> dict[str, object]:
    """A case with nothing left to answer."""
    item = _asked(owner)
    actions.answer_item(person=owner, item=item, words="阿部の下です。", on=NOON.date(), at=NOON)
    return {"pk": item.application_id}


def _asked(owner: Person) -> AskedItem:
    ito = person("ito-asks", Role.REVIEWER)
    row = Application.objects.get(person=owner, pk=str(case(owner)["pk"]))
    said = [ItemSaid("attestor_role", "阿部さんは当時どの部署でしたか。")]
    return actions.ask_items(actor=ito, application=row, version=None, items=said, on=NOON.date(), at=NOON)[0]


# The smallest picture.
PIXEL = png(1, 1)


def decided(owner: Person) -> dict[str, object]:
    """A case of the owner's that was refused."""
    made = Application.objects.get(pk=str(case(owner)["pk"]))
    office = {role: _colleague(role) for role in (Role.REVIEWER, Role.DECIDER, Role.ACCOUNTANT)}
    pay(made, office[Role.ACCOUNTANT], NOON.date())
    when: dict[str, Any] = {"version": None, "on": NOON.date(), "at": NOON}
    reviewer = office[Role.REVIEWER]
    row = actions.take_up(actor=reviewer, application=made, **when)
    marks = [MarkSaid(p.code, "confirm") for p in queries.verdict(row, NOON.date()).parts]
    actions.recommend(actor=reviewer, application=row, marks=marks, notes="", **when)
    why = {"experience": "確かめられませんでした。"}
    decider = office[Role.DECIDER]
    actions.decide(actor=decider, application=row, outcome="refused", reasons=why, words="", **when)
    return {"pk": made.pk}


def answered(owner: Person) -> dict[str, object]:
    """A case with a question that the owner has answered with a picture."""
    made = Application.objects.get(pk=str(case(owner)["pk"]))
    asked = [ItemSaid("attestor_role", "どの部署でしたか。")]
    when: dict[str, Any] = {"on": NOON.date(), "at": NOON}
    reviewer = _colleague(Role.REVIEWER)
    (item,) = actions.ask_items(actor=reviewer, application=made, version=None, items=asked, **when)
    sheet = take_in(SimpleUploadedFile("在籍証明.png", PICTURE))
    actions.answer_item(person=owner, item=item, words="課長でした。", files=[sheet], **when)
    return {"pk": made.pk, "sha256": sheet.sha256, "page": 1}


def _colleague(role: Role) -> Person:
    email = f"another-{role}@example.jp"
    person = Person.objects.create_user(email, name="野田 葵", kana="ノダ アオイ")
    people.grant_role(by="system", person=person, role=role, from_on=NOON.date(), at=NOON)
    return person


def _draft(owner: Person, at: datetime) -> Application:
    report_for(owner)
    pledge_text()
    made = actions.start(person=owner, qualification="OMP", on=at.date(), at=at)
    attest(add_post(owner, date(2020, 4, 1), None, "45", "さくらコンタクト株式会社"))
    return made


def file(owner: Person) -> dict[str, object]:
    """The file of experience of somebody who has handed in an application."""
    case(owner)
    return {"person": owner.pk}


def office_asked(owner: Person) -> dict[str, object]:
    """A request of theirs to an attestor."""
    return file(owner) | {"asked": experience.asked(owner)["asked"]}


def office_claim(owner: Person) -> dict[str, object]:
    """A claim of theirs that something stands in for experience."""
    return file(owner) | {"claim": experience.claimed(owner).pk}


def office_evidence(owner: Person) -> dict[str, object]:
    """The evidence of such a claim."""
    case(owner)
    return experience.evidence(owner) | {"page": 1}


def office_drawn(owner: Person) -> dict[str, object]:
    """A signature that one of their attestors has drawn."""
    case(owner)
    return experience.drawn(owner)


DAY = NOON.date()


def refused(owner: Person) -> dict[str, object]:
    """A case of the owner's that was refused."""
    return {"pk": _refused(owner).pk}


def _refused(owner: Person) -> Application:
    row = Application.objects.get(pk=str(case(owner)["pk"]))
    mori = somebody("mori", "森 千春", "モリ チハル", Role.ACCOUNTANT)
    ito = somebody("ito", "伊藤 結", "イトウ ユイ", Role.REVIEWER)
    kato = somebody("kato", "加藤 修", "カトウ オサム", Role.DECIDER)
    pay(row, mori, DAY)
    when: dict[str, Any] = {"application": row, "version": None, "on": DAY, "at": NOON}
    actions.take_up(actor=ito, **when)
    recommend(row, ito)
    actions.decide(actor=kato, outcome="refused", reasons={"experience": "理由"}, words="", **when)
    row.refresh_from_db()
    return row


def appeal_file(owner: Person) -> dict[str, object]:
    """A paper that the owner laid beside an appeal."""
    settings.APPEAL_DAYS = 60
    try:
        row = _refused(owner)
        actions.appeal(actor=owner, application=row, words="違います。", files=[photo()], on=DAY, at=NOON)
    finally:
        settings.APPEAL_DAYS = None
    return {"pk": ReopeningFile.objects.get().pk}


def paper(owner: Person) -> dict[str, object]:
    """A case from paper that lacks everything."""
    ito = somebody("ito", "伊藤 結", "イトウ ユイ", Role.REVIEWER)
    hanako = enter_person(
        by=ito.by, name="鈴木 花子", kana="スズキ ハナコ", born_on=None, postal_address="東京都千代田区1-1",
        language="ja", at=NOON,
    )  # fmt: skip
    row = actions.key_in(
        actor=ito, person=hanako, qualification="OMP", arrived_on=DAY, postmark_on=DAY, on=DAY, at=NOON
    )
    actions.add_scan(actor=ito, application=row, form="envelope", taken=photo(), on=DAY, at=NOON)
    return {"pk": row.pk}


def paper_page(owner: Person) -> dict[str, object]:
    """The same, for the list."""
    paper(owner)
    return {}


def pledge_page(owner: Person) -> dict[str, object]:
    """A published text of the pledge."""
    pledge_text()
    return {}


ROSTER = "氏名,フリガナ,メール,資格,合格者番号\n佐藤 一,サトウ ハジメ,hajime@example.jp,OMP,\n,,x,ZZ,\n"


def organisation(owner: Person) -> dict[str, object]:
    """An organisation that the owner acts for, and one person it has invited."""
    made = actions.found_organisation(by="system", name="さくらコンタクト", contact=owner, on=DAY, at=NOON)
    dropped = _dropped(owner, made)
    actions.import_roster(actor=owner, roster=dropped, partial=True, on=DAY, at=NOON)
    return {"pk": made.pk}


def _dropped(owner: Person, made: Organisation) -> Roster:
    told: dict[str, Any] = {"data": ROSTER.encode(), "name": "x.csv", "on": DAY, "at": NOON}
    return actions.drop_roster(actor=owner, organisation=made, **told)


def organisation_page(owner: Person) -> dict[str, object]:
    """The same, for the office's list."""
    organisation(owner)
    return {}


def contact(owner: Person) -> dict[str, object]:
    """Who acts for the organisation."""
    organisation(owner)
    return {"pk": OrganisationContact.objects.get().pk}


def roster(owner: Person) -> dict[str, object]:
    """A roster that was laid down."""
    pk = organisation(owner)["pk"]
    return {"pk": pk, "roster": Roster.objects.get().pk}


def invited(owner: Person) -> dict[str, object]:
    """The token of an invitation that nobody has answered."""
    organisation(owner)
    body = Letter.objects.get(template="applications/letters/invited.txt").body
    link = next(line for line in body.splitlines() if "/group/join/" in line)
    return {"token": link.rpartition("/")[2]}


def joined(owner: Person) -> dict[str, object]:
    """An invitation that the owner has joined."""
    organisation(owner)
    invitation = Invitation.objects.get()
    actions.join(actor=owner, invitation=invitation, scopes=["progress"], on=DAY, at=NOON)
    return {"pk": invitation.pk}


def filed_renewal(owner: Person) -> dict[str, object]:
    """A renewal that the owner filed in January 2026; nobody has decided it since."""
    return {"pk": _filed(owner).pk}


def renewals_page(owner: Person) -> dict[str, object]:
    """The same, and another that is still to come."""
    _filed(owner)
    certified(person("later"), "CAP", "2023000999")
    return {}


def renewal_batch(owner: Person) -> dict[str, object]:
    """A renewal with thirty points that Ito has put forward."""
    row = _filed(owner, with_points=True)
    ito = person("ito-renews", Role.REVIEWER)
    batch = actions.propose_batch(actor=ito, chosen=[row.pk], on=NOON.date(), at=NOON)
    return {"pk": batch.pk}


def _filed(owner: Person, *, with_points: bool = False) -> Application:
    on = date(2026, 1, 20)
    held = certified(owner, number="2022000417", issued_on=date(2022, 6, 1), decided_on=date(2023, 2, 1))
    for year in (2023, 2024, 2025) if with_points else ():
        for code in "BC":
            log(owner, code, date(year, 6, 5 if code == "B" else 12))
    return renewing.file(held, on)
