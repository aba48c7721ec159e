"""Sato's chapter: a report of October 2024 and a draft with three posts, one of them still unattested.

On 24 November 2026: 1年6か月 + 2年6か月 (waiting for Abe) + 3年1か月24日. The pledge's text is a sample: the
association has not yet said its own (AMB-A5).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from nintei.applications import actions as applications
from nintei.experience import actions, queries
from nintei.experience.answering import answer
from nintei.experience.models import Post
from nintei.experience.said import Said, Tenure
from nintei.notices.queries import mailbox
from nintei.people.models import Person
from nintei.people.queries import person_by_email
from nintei.registry import actions as registry
from nintei.registry.queries import pass_of
from nintei.shared.clock import JST

REPORTED_ON = date(2024, 10, 8)
REPORT = (
    "試験,合格者番号,氏名,カナ,生年月日,メール,合否,発行日\r\n"
    "OMP,2024100417,佐藤 健太,サトウ ケンタ,1989-05-17,sato@example.jp,合格,2024-10-08\r\n"
)
PLEDGE_VERSION = "sample-2024-04"
PLEDGE_JA = """これは見本の文です。協会の宣誓書ではありません。

わたしは、協会の倫理綱領と職業倫理規定を守ります。
認定を受けたあとも、学び続けます。
申請に書いたことは、事実に間違いありません。"""
PLEDGE_EN = """This is a sample text. It is not the association's pledge.

I will observe the association's code of ethics and its rules of professional conduct.
I will go on learning after I am certified.
What I have written in my application is true."""


class Told(NamedTuple):
    """A post, and who is asked about it; `role` None: the attestor has not answered yet."""

    organisation: str
    department: str
    started_on: date
    ended_on: date | None
    fields: dict[str, str]
    attestor: str
    email: str
    role: str | None


POSTS = (
    Told(
        "ひなた通販", "お客様相談室", date(2019, 4, 1), date(2020, 9, 30), {"2": "お客様の声の集計と報告"},
        "高橋 誠", "takahashi@hinata.example.jp", "お客様相談室長",
    ),
    Told(
        "さくらコンタクト", "品質管理課", date(2021, 4, 1), date(2024, 3, 31),
        {"4": "モニタリング・コーチング業務、品質管理業務"}, "阿部 直子", "abe@example.jp", None,
    ),
    Told(
        "さくらコンタクト", "人材開発課", date(2023, 10, 1), None, {"5": "研修の企画と運営"},
        "山口 翔", "yamaguchi@sakura.example.jp", "人材開発課長",
    ),
)  # fmt: skip


def tell(at: datetime) -> None:
    """Import the report, publish the sample text, open the draft and ask the three attestors; once."""
    sato = person_by_email("sato@example.jp")
    if sato is None:
        raise LookupError("the chapter of the people comes first")
    reported = datetime.combine(REPORTED_ON, time(10), JST)
    if pass_of(sato, "OMP") is None:
        registry.import_passes(
            by="system", data=REPORT.encode(), name="2024-10.csv", on=REPORTED_ON, at=reported
        )
        registry.claim_by_email(by=sato.by, person=sato, at=at)
    applications.publish_pledge_text(
        by="system",
        version=PLEDGE_VERSION,
        ja=PLEDGE_JA,
        en=PLEDGE_EN,
        is_sample=True,
        from_on=date(2024, 4, 1),
        at=reported,
    )
    asked_at = at - timedelta(days=4)
    if not queries.case(sato, at.date()).posts:
        applications.start(person=sato, qualification="OMP", on=asked_at.date(), at=asked_at)
        for told in POSTS:
            _tell_post(sato, told, asked_at)


def _tell_post(sato: Person, told: Told, at: datetime) -> None:
    post = actions.save_post(
        by=sato.by,
        person=sato,
        at=at,
        on=at.date(),
        organisation=told.organisation,
        department=told.department,
        started_on=told.started_on,
        ended_on=told.ended_on,
        fields=told.fields,
    )
    actions.ask_attestor(
        by=sato.by,
        person=sato,
        attestor_name=told.attestor,
        attestor_email=told.email,
        relation="superior",
        post_ids=[post.pk],
        at=at,
        on=at.date(),
    )
    if told.role:
        _attest(told, told.role, post, at + timedelta(hours=5))


def _attest(told: Told, role: str, post: Post, at: datetime) -> None:
    """Open the mail, follow the link, sign."""
    mail = mailbox(told.email)[0]
    link = next(line for line in mail.body.splitlines() if "/attest/" in line)
    answer(
        token=link.rpartition("/")[2],
        said=[Said(post.pk, "confirmed")],
        tenure=Tenure(since=told.started_on, until=told.ended_on, role=role, belongs_still=True),
        signed_name=told.attestor,
        language="ja",
        at=at,
        on=at.date(),
    )
