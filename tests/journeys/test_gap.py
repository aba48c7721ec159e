"""Two employers and a gap: Abe vouches for a part, Hara is asked for the rest alone, and Sato is certified."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from nintei.applications import actions as applications
from nintei.applications import queries
from nintei.applications.actions import MarkSaid
from nintei.applications.models import Application
from nintei.experience import actions
from nintei.experience.models import AttestationRequest, Post
from nintei.experience.tests.conftest import a_file, box_secret, token_in
from nintei.payments import actions as payments
from nintei.people.models import Person
from nintei.shared import clock
from nintei.site.demo.sato import PLEDGE_VERSION

Look = Callable[[Page], None]
Shot = Callable[[Page, str], None]
Become = Callable[[Page, str], None]
PHONE: Any = {"width": 390, "height": 844}


def person(who: str) -> Person:
    return Person.objects.get(email=f"{who}@example.jp")


def asked(email: str) -> AttestationRequest:
    return AttestationRequest.objects.filter(attestor_email=email).order_by("-asked_at")[0]


def both(page: Page, axe: Look, shot: Shot, name: str) -> None:
    """axe and a picture of the page as it stands, and of the same page in English."""
    axe(page)
    shot(page, name)
    here = page.url
    page.goto(
        here.replace("/attest/", "/en/attest/").replace("/my/", "/en/my/").replace("/office/", "/en/office/")
    )
    axe(page)
    shot(page, f"{name}-en")
    page.goto(here)


def test_only_the_rest_is_asked_for_again(
    page: Page, site: str, axe: Look, shot: Shot, become: Become
) -> None:
    page.set_viewport_size(PHONE)
    _abe_vouches_for_a_part(page, site, axe, shot)
    become(page, "sato")
    page.goto(f"{site}/my/experience/OMP/attestors")
    left = page.locator(".card", has_text="品質管理課").first
    expect(left).to_contain_text("証明済み 1年6か月")
    expect(left).to_contain_text("2022年10月–2024年3月 分野4")
    both(page, axe, shot, "attestors-part")
    left.get_by_role("link", name="残りの月だけお願いする").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    expect(page.locator("main")).to_contain_text("（残り 2022年10月–2024年3月 分野4）")
    form = page.locator("form", has=page.get_by_label("その方のメールアドレス"))
    form.get_by_label("証明してくださる方のお名前").fill("原 健")
    form.get_by_label("その方のメールアドレス").fill("hara@sakura.example.jp")
    page.get_by_role("button", name="メールを送る").click()
    expect(page.get_by_text("原 健さんにメールを送りました")).to_be_visible()
    _hara_vouches_for_the_rest(page, site, axe, shot)
    become(page, "sato")
    page.goto(f"{site}/my/experience/OMP/attestors")
    expect(page.locator("main")).to_contain_text("どの職歴も、証明が済んでいるか、返事を待っています。")
    _certify()
    page.goto(f"{site}/my/apply/OMP")
    expect(page.get_by_text("認定されました。おめでとうございます。")).to_be_visible()


def _abe_vouches_for_a_part(page: Page, site: str, axe: Look, shot: Shot) -> None:
    link = f"{site}/attest/{token_in(asked('abe@example.jp'))}"
    page.goto(link)
    expect(page.locator("main button, main summary").first).to_have_text("わたしは確認できません")
    page.get_by_label("はい", exact=True).check()
    page.route("**/keep", lambda route: route.abort())
    page.get_by_label("当時のあなたの役職").fill("品質管理課長")
    page.get_by_label("当時のあなたの役職").press("Tab")
    expect(page.locator("[data-unsaved=net]")).to_contain_text("まだ保存できていません")
    page.unroute("**/keep")
    expect(page.locator("[data-unsaved=net]")).to_be_hidden(timeout=15_000)
    expect(page.locator("#kept")).to_contain_text("途中まで保存しました")
    page.goto(link)
    expect(page.get_by_label("当時のあなたの役職")).to_have_value("品質管理課長")
    expect(page.get_by_label("はい", exact=True)).to_be_checked()
    page.get_by_label("上の期間の一部だけ").check()
    for box, days in (("監督を始めた日", ("2020", "4", "1")), ("監督を終えた日", ("2022", "9", "30"))):
        group = page.get_by_role("group", name=box)
        for part, number in zip(("年", "月", "日"), days, strict=True):
            group.get_by_label(part, exact=True).fill(number)
    page.get_by_label("この勤務先で、上司か監督者でした").check()
    page.get_by_label("もうこの勤務先にはいません").check()
    _nothing_is_lost_on_the_way_out(page)
    both(page, axe, shot, "attest-half")
    page.get_by_role("button", name="署名する文を読む").click()
    shot(page, "attest-part-sign")
    page.get_by_role("button", name="署名して送る").click()
    expect(page.get_by_role("heading", name="返事をいただきました")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="署名した文をPDFで保存する").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    both(page, axe, shot, "attest-signed")


def _nothing_is_lost_on_the_way_out(page: Page) -> None:
    """The last words before a link, and before the page is taken away, which a link does not tell of."""
    page.get_by_label("お名前").press_sequentially("阿部")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("Your name")).to_have_value("阿部")
    page.wait_for_load_state()
    expect(page.locator("input:checked")).to_have_count(5)
    page.get_by_label("Your name").fill("阿部 直子")
    page.go_back()
    # It is sent while the next page is asked for, and may arrive after that.
    arrives = (page.reload() and page.get_by_label("お名前").input_value() for _ in range(20))
    assert "阿部 直子" in arrives


def _hara_vouches_for_the_rest(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/attest/{token_in(asked('hara@sakura.example.jp'))}")
    expect(page.locator("main")).to_contain_text("まだ証明されていない次の部分だけをお願いしています")
    expect(page.locator(".line")).to_contain_text("2022年10月1日（土） – 2024年3月31日（日）（1年6か月）")
    axe(page)
    shot(page, "attest-rest")
    page.get_by_label("はい", exact=True).check()
    page.get_by_label("上の期間、ずっと").check()
    page.get_by_label("この勤務先で、上司か監督者でした").check()
    page.get_by_label("いまもこの勤務先にいます").check()
    page.get_by_label("当時のあなたの役職").fill("部長")
    page.get_by_label("お名前").fill("原 健")
    page.get_by_role("button", name="署名する文を読む").click()
    page.get_by_role("button", name="署名して送る").click()
    expect(page.get_by_role("heading", name="返事をいただきました")).to_be_visible()


def _certify() -> None:
    """Pledge, send, pay, review and decide: the pages of these are another journey's."""
    when: dict[str, Any] = {"on": clock.today(), "at": clock.now()}
    sato, case = person("sato"), Application.objects.get(person__email="sato@example.jp")
    applications.sign_pledge(
        person=sato,
        application=case,
        text_version=PLEDGE_VERSION,
        signed_name=sato.name,
        language="ja",
        **when,
    )
    case = applications.submit(person=sato, application=case, version=None, understood=True, **when)
    text = f"日付,摘要,お支払金額,お預り金額,残高\r\n{when['on']:%Y/%m/%d},振込 0417サトウケンタ,,11000,111000\r\n"
    payments.import_file(by=person("mori").by, content=text.encode("cp932"), name="b.csv", **when)
    case.refresh_from_db()
    applications.take_up(actor=person("ito"), application=case, version=None, **when)
    marks = [MarkSaid(part.code, "confirm", "") for part in queries.verdict(case, when["on"]).parts]
    applications.recommend(actor=person("ito"), application=case, version=None, marks=marks, notes="", **when)
    case.refresh_from_db()
    told: dict[str, Any] = {"outcome": "certified", "reasons": {}, "words": "", "version": None}
    applications.decide(actor=person("kato"), application=case, **told, **when)


@pytest.fixture
def told(site: str) -> Person:
    """Sato has claimed a training, asked once more by mail and once on paper, and sent the application."""
    sato = person("sato")
    when: dict[str, Any] = {"on": clock.today(), "at": clock.now()}
    actions.claim_substitution(
        by=sato.by, person=sato, kind="training", name="コールセンター管理者研修", issuer="日本研修センター",
        obtained_on=when["on"].replace(year=2020), evidence=[a_file("修了証.pdf")], **when,
    )  # fmt: skip
    abe = asked("abe@example.jp")
    actions.withdraw_request(by=sato.by, person=sato, request_id=abe.pk, at=when["at"])
    post = abe.posts.get()
    actions.ask_on_paper(
        by=sato.by, person=sato, attestor_name="阿部 直子", relation="superior", post_ids=[post.pk], **when
    )
    return sato


def test_the_pages_beside_the_mailed_link(
    page: Page, site: str, axe: Look, shot: Shot, become: Become, told: Person
) -> None:
    become(page, "sato")
    post = Post.objects.filter(person=told, ended_on__isnull=False).first()
    assert post
    for name, path in (
        ("attestors-paper", "attestors"), ("leaves", f"post/{post.pk}/leaves"), ("substitution", "substitution"),
    ):  # fmt: skip
        page.goto(f"{site}/my/experience/OMP/{path}")
        both(page, axe, shot, name)
    paper = AttestationRequest.objects.get(channel="paper")
    Application.objects.filter(person=told).update(submitted_on=clock.today(), number="T-1")
    become(page, "ito")
    page.goto(f"{site}/office/experience/paper")
    page.get_by_label("用紙のコード").fill(paper.code_shown.lower())
    both(page, axe, shot, "paper-find")
    page.get_by_label("用紙のコード").fill(paper.code_shown.lower())
    page.get_by_role("button", name="見つける").click()
    expect(page.get_by_role("heading", name="用紙の内容を入れる")).to_be_visible()
    page.get_by_role("button", name="用紙の内容を記録する").click()
    expect(page.locator(".summary-box")).to_be_visible()
    axe(page)
    shot(page, "paper-entry")
    page.goto(f"{site}/office/experience/{told.pk}")
    both(page, axe, shot, "experience-file")
    page.get_by_label("認める月数").fill("12")
    page.get_by_label("理由").fill("協会の例による")
    page.get_by_role("button", name="月数を記録する").click()
    expect(page.get_by_text("月数を記録しました")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1年を認めた")


def test_an_attestor_of_two_gets_a_list(page: Page, site: str, axe: Look, shot: Shot) -> None:
    page.set_viewport_size(PHONE)
    tanaka = person("tanaka")
    when: dict[str, Any] = {"on": clock.today(), "at": clock.now()}
    post = actions.save_post(
        by=tanaka.by, person=tanaka, organisation="さくらコンタクト", fields={"4": ""},
        started_on=when["on"].replace(year=2020), ended_on=None, **when,
    )  # fmt: skip
    actions.ask_attestor(
        by=tanaka.by, person=tanaka, attestor_name="阿部 直子", attestor_email="abe@example.jp",
        relation="superior", post_ids=[post.pk], **when,
    )  # fmt: skip
    page.goto(f"{site}/attest/{token_in(AttestationRequest.objects.get(person=tanaka))}")
    page.get_by_role("button", name="一覧のリンクをメールで受け取る").click()
    expect(page.get_by_text("お願いのメールと同じ宛先に送りました")).to_be_visible()
    page.goto(f"{site}/attest/box/{box_secret('abe@example.jp')}")
    expect(page.get_by_role("heading", name="佐藤 健太さんからのお願い")).to_be_visible()
    both(page, axe, shot, "attest-box")
    page.get_by_role("link", name="返事をする 佐藤 健太").click()
    expect(page.get_by_role("heading", name="業務経験を証明していただけますか")).to_be_visible()
