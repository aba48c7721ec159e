"""Cases that go another way: refused and appealed, on paper, five people of one organisation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from playwright.sync_api import Page, expect

from nintei.applications import actions, queries
from nintei.applications.actions import MarkSaid
from nintei.applications.models import Application
from nintei.experience.answering import answer
from nintei.experience.said import Said, Tenure
from nintei.notices.models import Letter
from nintei.payments import actions as payments
from nintei.payments import queries as fees
from nintei.people import actions as people
from nintei.people.models import Person, Role
from nintei.people.tests.conftest import PNG
from nintei.shared import clock

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]
WHY = "品質管理課での証明者の在籍を、確かめられませんでした。"
PHOTO: Any = {"name": "在籍証明書.png", "mimeType": "image/png", "buffer": PNG}

ENVELOPE: Any = PHOTO | {"name": "封筒.png"}


def one(who: str) -> Person:
    return Person.objects.get(email=f"{who}@example.jp")


def now() -> dict[str, Any]:
    return {"on": clock.today(), "at": clock.now()}


def sign_in(page: Page, site: str, who: str, name: str, role: Role) -> Person:
    """Somebody beyond the demo's cast: another reviewer, another decider."""
    person = people.register(by="system", email=f"{who}@example.jp", language="ja", at=clock.now())
    told: dict[str, Any] = {"name": name, "kana": "オダ", "latin": "", "born_on": None, "at": clock.now()}
    people.change_name(by="system", person=person, **told)
    people.grant_role(by="system", person=person, role=role, from_on=date(2024, 4, 1), at=clock.now())
    client = Client()
    client.force_login(person)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return person


def refuse_sato() -> Application:
    """Sato's draft of the demo, attested, sent, paid, reviewed by Ito and refused by Kato."""
    sato, ito, kato, mori = (one(who) for who in ("sato", "ito", "kato", "mori"))
    draft = Application.objects.get(person=sato)
    letter = Letter.objects.filter(to_email="abe@example.jp", body__contains="/attest/").latest("written_at")
    token = next(line for line in letter.body.splitlines() if "/attest/" in line).rpartition("/")[2]
    post = sato.posts.get(department="品質管理課")
    told: dict[str, Any] = {"signed_name": "阿部 直子", "language": "ja"} | now()
    tenure = Tenure(since=post.started_on, belongs_still=True)
    answer(token=token, said=[Said(post.pk, "confirmed")], tenure=tenure, **told)
    text = queries.pledge_text(clock.today())
    assert text
    signed: dict[str, Any] = {"text_version": text.version, "signed_name": sato.name, "language": "ja"}
    actions.sign_pledge(person=sato, application=draft, **signed, **now())
    row = actions.submit(person=sato, application=draft, version=None, understood=True, **now())
    fee = fees.fee_for(row.reference)
    assert fee
    line = f"{clock.today():%Y/%m/%d},振込 {fees.payer_name_to_write(fee)},,{fee.total},111000"
    content = f"日付,摘要,お支払金額,お預り金額,残高\r\n{line}\r\n".encode("cp932")
    payments.import_file(by=mori.by, content=content, name="b.csv", **now())
    common: dict[str, Any] = {"application": row, "version": None} | now()
    actions.take_up(actor=ito, **common)
    marks = [MarkSaid(part.code, "confirm") for part in queries.verdict(row, clock.today()).parts]
    marks[1] = MarkSaid(marks[1].criterion, "doubt", WHY)
    actions.recommend(actor=ito, marks=marks, notes="", **common)
    actions.decide(actor=kato, outcome="refused", reasons={marks[1].criterion: WHY}, words="", **common)
    return row


def test_a_refusal_is_appealed_on_a_phone_and_judged_by_others(
    page: Page, site: str, axe: Look, shot: Shot, become: Become, settings: Any
) -> None:
    settings.APPEAL_DAYS = 60
    refused = refuse_sato()
    become(page, "sato")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/my/apply/OMP")
    expect(page.locator("main")).to_contain_text(WHY)
    shot(page, "refused")
    page.get_by_role("link", name="不服を申し立てる").click()
    page.get_by_role("button", name="不服を申し立てる").click()
    expect(page.locator("main")).to_contain_text("どこが違うと考えるかを書いてください")
    axe(page)
    page.get_by_label("どこが違うと考えますか").fill("在籍証明書を添えます。阿部さんは当時の課長です。")
    page.get_by_label("添える書類").set_input_files([PHOTO])
    shot(page, "appeal")
    page.get_by_role("button", name="不服を申し立てる").click()
    expect(page.get_by_text("不服の申立てを送りました")).to_be_visible()
    shot(page, "appealed")
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    appeal = Application.objects.get(earlier=refused)
    become(page, "ito")
    page.goto(f"{site}/office/applications/{appeal.pk}")
    page.get_by_role("button", name="審査を引き受ける").first.click()
    expect(page.locator("main")).to_contain_text("不服の申立てを審査できません")
    oda = sign_in(page, site, "oda", "小田 蓮", Role.REVIEWER)
    common: dict[str, Any] = {"application": appeal, "version": None} | now()
    actions.take_up(actor=oda, **common)
    marks = [MarkSaid(part.code, "confirm") for part in queries.verdict(appeal, clock.today()).parts]
    actions.recommend(actor=oda, marks=marks, notes="在籍証明書で確かめました。", **common)
    sign_in(page, site, "hara", "原 愛", Role.DECIDER)
    page.goto(f"{site}/office/applications/{appeal.pk}")
    expect(page.locator("main")).to_contain_text("在籍証明書を添えます。")
    shot(page, "appeal-case")
    axe(page)
    page.get_by_role("button", name="認定する").first.click()
    expect(page.get_by_text("認定しました", exact=True)).to_be_visible()
    page.goto(f"{site}/en/office/applications/{refused.pk}")
    axe(page)
    assert list(Application.objects.filter(kind="first").order_by("started_at").values_list("state", flat=True)) == [
        "refused", "certified",
    ]  # fmt: skip


def in_box(page: Page, title: str) -> Any:
    """The form behind a heading that opens."""
    box = page.locator("details", has=page.locator("summary", has_text=title))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    return box


def test_an_application_on_paper_waits_for_what_is_missing(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    become(page, "ito")
    page.goto(f"{site}/office/paper")
    page.get_by_role("link", name="紙の申請を入力する").click()
    page.get_by_label("氏名", exact=False).nth(1).fill("鈴木 花子")
    page.locator("[name=kana]").fill("すずき はなこ")
    page.locator("[name=postal_address]").fill("100-0005 東京都千代田区丸の内3-3-1")
    shot(page, "paper-new")
    axe(page)
    page.get_by_role("button", name="受け付ける").click()
    expect(page.get_by_role("heading", name="鈴木 花子さんの紙の申請")).to_be_visible()
    box = in_box(page, "画像を添える")
    box.get_by_label("画像").set_input_files([ENVELOPE])
    box.get_by_label("書類").select_option("envelope")
    box.locator("button").click()
    expect(page.get_by_text("封筒.png")).to_be_visible()
    expect(page.locator("img.page-picture").first).to_be_visible()
    box = in_box(page, "職歴を入力する")
    box.get_by_label("勤め先").fill("さくらコンタクト")
    for name, value in zip(("year", "month", "day"), ("2016", "4", "1"), strict=True):
        box.locator(f"[name=started_on_{name}]").fill(value)
    box.get_by_label("オペレーション").check()
    box.locator("button").click()
    expect(page.locator("main")).to_contain_text("証明がまだです")
    shot(page, "paper-case")
    axe(page)
    page.get_by_role("button", name="足りないものを知らせる").click()
    until = clock.today() + timedelta(days=30)
    expect(page.locator("main")).to_contain_text(f"{until.year}年{until.month}月{until.day}日")
    page.goto(f"{site}/office/letters")
    expect(page.locator("main")).to_contain_text("足りない書類があります")
    shot(page, "letters")
    with page.expect_download() as saved:
        page.get_by_role("link", name="PDFを開く").click()
    assert saved.value.path().read_bytes()[:5] == b"%PDF-"
    page.get_by_role("button", name="投函した").click()
    expect(page.get_by_text("投函したことを記録しました")).to_be_visible()
    page.goto(f"{site}/office/paper")
    shot(page, "paper-list")
    page.goto(f"{site}/en/office/paper/{Application.objects.get(paper__isnull=False).pk}")
    axe(page)


ROSTER = "氏名,フリガナ,メール,資格,合格者番号\r\n" + "".join(
    f"社員 {n},シャイン,{who}@example.jp,OMP,\r\n"
    for n, who in enumerate(("sato", "p2", "p3", "p4", "p5"), 1)
)


def test_five_people_of_an_organisation_agree_one_by_one(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    become(page, "ito")
    page.goto(f"{site}/office/organisations")
    page.get_by_label("団体の名前").fill("さくらコンタクト")
    page.get_by_label("担当者のメールアドレス").fill("tanaka@example.jp")
    page.get_by_role("button", name="登録する").click()
    expect(page.get_by_text("団体と担当者を登録しました")).to_be_visible()
    shot(page, "organisations")
    become(page, "tanaka")
    page.goto(f"{site}/group")
    page.get_by_role("link", name="さくらコンタクト").click()
    right: Any = {"name": "名簿.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    wrong: Any = {"name": "名簿.csv", "mimeType": "text/csv", "buffer": f"{ROSTER},,x,ZZ,\r\n".encode()}
    page.get_by_label("名簿のファイル").set_input_files([wrong])
    page.get_by_role("button", name="中身を確かめる").click()
    expect(page.locator("main")).to_contain_text("直すところが3か所あります")
    shot(page, "roster-faults")
    axe(page)
    page.goto(f"{site}/group")
    page.get_by_role("link", name="さくらコンタクト").click()
    page.get_by_label("名簿のファイル").set_input_files([right])
    page.get_by_role("button", name="中身を確かめる").click()
    page.get_by_role("button", name="招待のメールを送る").click()
    expect(page.get_by_text("5人に招待を送りました")).to_be_visible()
    axe(page)
    letter = Letter.objects.get(to_email="sato@example.jp", body__contains="/group/join/")
    link = next(line for line in letter.body.splitlines() if "/group/join/" in line)
    become(page, "sato")
    page.goto(link)
    shot(page, "invited")
    axe(page)
    page.get_by_label("申請の進みぐあい").check()
    page.get_by_role("button", name="参加して、申請を始める").click()
    expect(page.get_by_text("申請の下書きを作りました")).to_be_visible()
    become(page, "tanaka")
    page.goto(f"{site}/group")
    page.get_by_role("link", name="さくらコンタクト").click()
    expect(page.get_by_role("row", name="社員 1")).to_contain_text("下書き")
    expect(page.get_by_role("row", name="社員 2")).to_contain_text("見られません")
    shot(page, "group")
    page.goto(page.url.replace("/group/", "/en/group/"))
    axe(page)
