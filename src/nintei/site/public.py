"""Pages for anyone: what one can do here, whether the server is well, and what to say when it is not."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nintei.shared import clock
from nintei.shared.rulebook import edition
from nintei.shared.wording import in_english
from nintei.site.frame import in_language, leads_somewhere


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html", {"ways": _open_ways(), "rules": edition(clock.today())})


def _open_ways() -> list[dict[str, object]]:
    """What needs no account, of the pages that exist."""
    notes = {
        "/verify": (_("認定を確かめる"), _("番号を入れると、その資格がいつ有効かがわかります")),
        "/check": (_("自分で確かめる"), _("受験や更新の条件に、いま足りているかを確かめられます")),
        "/courses": (_("研修を探す"), _("協会が認定した研修コースを探せます")),
    }
    language = "en" if in_english() else "ja"
    ways = [(in_language(path, language), *words) for path, words in notes.items()]
    return [{"url": url, "title": title, "note": note} for url, title, note in ways if leads_somewhere(url)]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this server answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "site/404.html", status=404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "site/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for our own faults: it asks nothing of the database or the context processors."""
    return HttpResponse(BROKEN % _sheets(), status=500)


def _sheets() -> str:
    """The style sheets; without their manifest the page still says what it has to say."""
    try:
        found = [static(f"shared/{name}.css") for name in ("tokens", "ground", "parts")]
    except ValueError:
        return ""
    return "".join(f'<link rel="stylesheet" href="{each}">' for each in found)


BROKEN = """<!doctype html><html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>エラー | Nintei</title>%s</head><body><main class="narrow">
<h1>こちらの不具合で、ページを出せませんでした</h1>
<p class="lede">送った内容は保存されていません。少し待ってから、もう一度試してください。</p>
<div class="section" lang="en"><h2>Something broke on our side</h2>
<p>What you sent has not been saved. Please wait a moment and try again.</p></div>
<p class="mt-4"><a class="btn btn--2" href="/">Nintei</a></p></main></body></html>"""
