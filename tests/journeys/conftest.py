"""A real browser on the real pages: Debian's Chromium, the strict CSP, the demo's people.

Fixtures for every journey: `site` (a served demo), `page` (pytest-playwright's), `axe(page)` (no violation, or
the test fails), `shot(page, name)` (nothing scrolls sideways at 390 and 1280 px; `NINTEI_SHOTS=1` keeps pictures
under `build/shots/`), `become(page, "sato")`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Error, Page

from nintei.people.models import Person
from nintei.site.tests.access import browser as signed_in

from .told import tell_once

# The headless shell first: the same engine without a browser's own windows, a third less work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("NINTEI_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=ja-JP", "--force-color-profile=srgb",
)  # fmt: skip
T = TypeVar("T")
SHOTS = Path(__file__).parents[2] / "build" / "shots"
WIDTHS = (390, 1280)
# What a script says when its page is taken away under it.
LEAVING = ("Execution context was destroyed", "'documentElement'", "frame was detached")
# axe-core and how it is asked: every rule, but only what it has against a page is told and sent. To describe
# each element that passes takes three quarters of its time; our pages have neither sound nor a rule that needs
# their style sheets fetched again. Fetched by the page, it is compiled once for a whole journey.
# Contrast takes most of the rest, and is asked of each ink on each ground once in a process, most pages share
# theirs: a colour, size and weight of text with the grounds under it; what is moved out of its place apart.
AXE = """async seen => {
  const grounds = new Map([[null, '']]);
  const ground = element => {
    if (!grounds.has(element)) {
      const {backgroundColor, backgroundImage, opacity, position} = getComputedStyle(element);
      const plain = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' && opacity === '1';
      const moved = position === 'static' || position === 'relative' ? '' : element.className;
      const own = plain ? moved : [backgroundColor, backgroundImage, opacity, moved].join(' ');
      grounds.set(element, ground(element.parentElement) + (own && '/' + own));
    }
    return grounds.get(element);
  };
  const ink = element => {
    const {color, fontSize, fontWeight} = getComputedStyle(element);
    return [color, fontSize, fontWeight, ground(element)].join(' ');
  };
  const written = [...document.querySelectorAll('body, body *')].filter(element =>
    element.matches('input, select, textarea')
    || [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const inks = written.map(ink);
  const fresh = written.filter((_, place) => !seen.includes(inks[place]));
  const fetched = (loaded, failed) => document.head.append(Object.assign(
    document.createElement('script'), {src: '/static/axe/axe.min.js', onload: loaded, onerror: failed}));
  if (!window.axe) await new Promise(fetched);
  const asked = {resultTypes: ['violations'], preload: false};
  const rest = await axe.run({...asked, rules: {'color-contrast': {enabled: false}}});
  const contrast = {...asked, runOnly: ['color-contrast']};
  const pale = fresh.length ? await axe.run({include: fresh}, contrast) : {violations: []};
  return {inks, found: [...rest.violations, ...pale.violations]};
}"""
# How wide a page is with everything opened that can be.
WIDTH = """() => {
  const shut = [...document.querySelectorAll('details:not([open])')];
  shut.forEach(each => { each.open = true; });
  const width = document.documentElement.scrollWidth;
  shut.forEach(each => { each.open = false; });
  return width;
}"""
SEEN_INKS: set[str] = set()
# The day of the drawings in every journey that sets no other.
THE_DAY = date(2026, 11, 24)


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """The browser, or a named skip: nothing here passes without one."""
    if not CHROMIUM:
        pytest.skip("no Chromium: install Debian's package `chromium-headless-shell`, or set NINTEI_CHROMIUM")
    return CHROMIUM


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    # File and date boxes speak the browser's own language, not the page's.
    surroundings = {**os.environ, "LANGUAGE": "ja"}
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(QUIET), "env": surroundings}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    view = {"width": 1280, "height": 900}
    return {**browser_context_args, "locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": view}


@pytest.fixture
def site(
    transactional_db: None, settings: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> str:
    """The demo, told and served, with files of its own; the address to open. The day is that of the drawings."""
    settings.DEMO, settings.VAR = True, tmp_path / "var"
    settings.STATICFILES_DIRS = [("axe", files("axe_playwright_python"))]
    settings.BASE_URL = live_server.url
    monkeypatch.setenv("NINTEI_TODAY", THE_DAY.isoformat())
    cache.clear()
    tell_once()
    return str(live_server.url)


@pytest.fixture
def page(page: Page, site: str) -> Iterator[Page]:
    """A page on the site that fails the test on anything the CSP refused or a script threw."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site)
    yield page
    # A page that answers 4xx on purpose is reported by the browser too; that is no fault of the page.
    assert [line for line in said if "Failed to load resource" not in line] == []


def on_the_page(page: Page, ask: Callable[[], T]) -> T:
    """What the page answers once it stands: a click may still be changing pages when we ask."""
    for _ in range(3):
        page.wait_for_load_state()
        try:
            return ask()
        except Error as left:
            if not any(sign in left.message for sign in LEAVING):
                raise
            told = left
    raise told


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)`: axe-core finds nothing (WCAG 2.2 A and AA, best practices)."""

    def look(page: Page) -> None:
        said = on_the_page(page, lambda: page.evaluate(AXE, list(SEEN_INKS)))
        SEEN_INKS.update(said["inks"])
        told = [
            f"{v['id']}: {v['help']}\n  " + "\n  ".join(n["html"][:200] for n in v["nodes"])
            for v in said["found"]
        ]
        assert told == [], "\n".join([page.url, *told])

    return look


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """`shot(page, name)`: no page scrolls sideways at either width, even with everything on it opened.

    With `NINTEI_SHOTS=1` a picture of each.
    """

    def take(page: Page, name: str) -> None:
        before = page.viewport_size or {"width": 0, "height": 0}
        for width in sorted(WIDTHS, key=lambda width: width != before["width"]):
            page.set_viewport_size({"width": width, "height": 900})
            if os.environ.get("NINTEI_SHOTS"):
                SHOTS.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
            wide = on_the_page(page, lambda: page.evaluate(WIDTH))
            assert wide <= width, f"{name} scrolls sideways at {width}"
        page.set_viewport_size(before)

    return take


@pytest.fixture
def become(site: str) -> Callable[[Page, str], None]:
    """`become(page, "sato")`: from the next page on, this browser is signed in as one of the cast."""

    def sit_down(page: Page, who: str) -> None:
        client = signed_in(Person.objects.get(email=f"{who}@example.jp"))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])

    return sit_down
