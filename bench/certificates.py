"""Certificates: set by Typst beside WeasyPrint, signed beside raw Ed25519 and P-256, checked offline from a cold start.

Both set the same words, QR and two attachments as tagged PDF/A-3a with the same fonts, in turns within each round, so
that what else the machine does falls on both alike. COPIES sets how many (100). Where WeasyPrint or its Pango are
missing, its figure is left out by name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import escape
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from nintei.site import postgres

COPIES = int(os.environ.get("COPIES", "100"))
ROUNDS = 10
STARTS = 11


def main() -> None:
    """A throw-away cluster, the tables, one association with its certificates, the measurements."""
    with ExitStack() as stack:
        os.environ["DATABASE_URL"] = stack.enter_context(postgres.throw_away()).url
        os.environ["NINTEI_VAR"] = var = stack.enter_context(tempfile.TemporaryDirectory())
        import django

        os.environ.setdefault("NINTEI_SECRET_KEY", "bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "nintei.site.tests.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        intents = [intended(n) for n in range(COPIES)]
        issuing(intents)
        setting([each.pk for each in intents])
        signing(intents[0].pk)
        checking(intents[0].pk, Path(var))


def intended(n: int) -> Any:
    """What is written down when somebody is certified."""
    from nintei.certificates.models import Certificate
    from nintei.certificates.tests.world import certify

    return Certificate.objects.get(term__certification=certify("髙橋 𠮷之助", f"p{n}@example.jp"))


def issuing(intents: list[Any]) -> None:
    """The whole way of the worker: proof, credential, paper, signatures, file, leaf, letter."""
    from nintei.certificates import actions
    from nintei.certificates.tests.world import NOON
    from nintei.journal.actions import checkpoint

    first, *others = intents
    checkpoint(at=NOON)  # what the signer does, a process of its own
    actions.issue(certificate_id=first.pk, at=NOON)  # the fonts are read
    spent = took(lambda: [actions.issue(certificate_id=each.pk, at=NOON) for each in others])
    print(f"certificates issued, everything: ours {len(others) / spent:.1f} a second ({len(others)})")


def data_of(key: object) -> dict[str, Any]:
    """What the template of an issued certificate is given."""
    from nintei.certificates import keyring, places
    from nintei.certificates.models import Certificate
    from nintei.certificates.printing import address_of
    from nintei.shared import paper

    made = Certificate.objects.get(pk=key)
    keys = keyring.keys_of(places.keys_folder(), made.key)
    credential = json.dumps(made.credential, ensure_ascii=False, indent=1)
    return {
        **made.content, "qr": paper.qr(address_of(made, keys)), "credential": credential, "proof": made.proof,
    }  # fmt: skip


def setting(keys: list[object]) -> None:
    """Typst and WeasyPrint in turns."""
    from nintei.certificates.printing import template_of
    from nintei.certificates.tests.world import NOON
    from nintei.shared import paper

    papers, template = [data_of(key) for key in keys], template_of("certificate-1")
    following = count()  # no paper is set twice: each has its own number, QR, credential and proof

    def ours(n: int) -> bytes:
        told = papers[n % len(papers)] | {"made": next(following)}
        return paper.pdf(template, told, NOON, paper.WITH_ATTACHMENTS)

    peer = weasyprint(papers)
    if peer is None:
        print(
            f"certificates set: ours {1 / each_of(ours):.1f} a second; WeasyPrint skipped: not installed here"
        )
        return
    looked_at(ours(0), peer(0))
    rounds = [(each_of(ours, n), each_of(peer, n)) for n in range(ROUNDS)]
    mine, theirs = median(one for one, _ in rounds), median(other for _, other in rounds)
    ratio = median(other / one for one, other in rounds)
    print(
        f"certificates set: ours {1 / mine:.1f} a second  WeasyPrint {1 / theirs:.1f} a second  ratio {ratio:.1f}"
    )


def each_of(work: Callable[[int], object], first: int = 0) -> float:
    """Seconds for one paper, of a round's share."""
    share = max(1, COPIES // ROUNDS)
    return took(lambda: [work(first * share + n) for n in range(share)]) / share


def weasyprint(papers: list[dict[str, Any]]) -> Callable[[int], bytes] | None:
    """The peer, with its fonts read once as ours are; None where it is not installed."""
    try:
        from weasyprint import CSS, HTML, Attachment
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError):
        return None
    from nintei.shared.paper import FONTS

    fonts = FontConfiguration()
    style = CSS(string=STYLE, base_url=f"{FONTS}/", font_config=fonts)

    def made(n: int) -> bytes:
        told = papers[n % len(papers)]
        files = [
            Attachment(string=told["credential"], name="credential.json", relationship="Alternative"),
            Attachment(string=told["proof"], name="journal.tlog-proof", relationship="Supplement"),
        ]
        pdf = HTML(string="".join(page(told))).write_pdf(
            stylesheets=[style], font_config=fonts, attachments=files, pdf_variant="pdf/a-3a"
        )
        assert isinstance(pdf, bytes)
        return pdf

    return made


def page(data: dict[str, Any]) -> Iterator[str]:
    """The same paper as HTML."""
    said = {key: escape(value) for key, value in data.items() if isinstance(value, str)}
    yield f"<html lang=ja><title>{said['title_ja']} {said['number']}</title><body><h1>{said['title_ja']}</h1>"
    yield f"<p class=small lang=en>{said['title_en']}<p class=name>{said['name']}<p lang=en>{said['latin']}"
    yield f"<p class=says>{said['sentence_ja']}<p class=what>{said['qualification_ja']}（{said['qualification_code']}）"
    yield f"<p class=small lang=en>{said['sentence_en']} {said['qualification_en']} ({said['qualification_code']})."
    yield "<table>" + "".join(f"<tr><th>{escape(a)}<td>{escape(b)}" for a, b in data["rows"]) + "</table>"
    yield f"<p>{said['association_ja']}<br><span class=small lang=en>{said['association_en']}</span>"
    yield f"<div class=qr role=img aria-label='{said['qr_alt']}'>{data['qr']}</div><p class=tiny>{said['verify_words']}"


STYLE = """
@font-face { font-family: mincho; src: url(BIZUDPMincho-Regular.ttf) }
@font-face { font-family: mincho-more; src: url(NotoSerifJP-Regular.ttf) }
@font-face { font-family: gothic; src: url(BIZUDPGothic-Regular.ttf) }
@page { size: A4 landscape; margin: 24mm 30mm }
body { font: 12pt mincho, mincho-more; text-align: center; margin: 0 }
p { margin: .5em 0 } h1 { margin: 0; font-size: 34pt; font-weight: 400 }
.name { font-size: 27pt } .what { font-size: 20pt; color: #00118f } .small { font-size: 10pt; color: #4d4d4d }
.says { font-size: 14pt } table { text-align: left; font-family: gothic } .tiny { font: 7.5pt gothic }
.qr { width: 26mm; position: absolute; right: 0; bottom: 8mm } .qr svg { width: 26mm }
"""


def looked_at(*papers: bytes) -> None:
    """Both are one page with the words and the attachments: else the race would be of unlike things."""
    import io

    from pypdf import PdfReader

    for pdf in papers:
        reader = PdfReader(io.BytesIO(pdf))
        assert len(reader.pages) == 1, len(reader.pages)
        assert sorted(reader.attachments) == ["credential.json", "journal.tlog-proof"]
        assert "髙橋" in reader.pages[0].extract_text()


def signing(key: object) -> None:
    """What each signature costs beside the bare one over the same bytes."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    from nintei.certificates import keyring, pades, places
    from nintei.certificates.credentials import dataintegrity, jose, openbadge
    from nintei.certificates.models import Certificate
    from nintei.certificates.printing import template_of
    from nintei.certificates.tests.world import NOON
    from nintei.journal import notes
    from nintei.shared import paper

    made = Certificate.objects.get(pk=key)
    keys = keyring.keys_of(places.keys_folder(), made.key)
    method = places.method(keys.pair)
    document = openbadge.with_evidence(made.statement, made.proof)
    said = notes.Statement("nintei.example.jp/journal", 1_000_000, b"\x07" * 32)
    pdf = paper.pdf(template_of("certificate-1"), data_of(key), NOON, paper.WITH_ATTACHMENTS)
    raw, text = json.dumps(document).encode(), notes.text_of(said).encode()
    ed, p256 = keys.ed25519, keys.p256
    beside("a checkpoint", lambda: notes.sign(said, said.origin, ed), "raw Ed25519", lambda: ed.sign(text))
    beside(
        "a credential as a token (vc+jwt)", lambda: jose.sign(openbadge.claims(document), ed, method, "vc+jwt"),
        "raw Ed25519", lambda: ed.sign(raw),
    )  # fmt: skip
    beside(
        "a credential (eddsa-rdfc-2022)", lambda: dataintegrity.sign(document, ed, method, NOON.isoformat()),
        "raw Ed25519", lambda: ed.sign(raw),
    )  # fmt: skip
    beside(
        "a PDF (PAdES B-B)", lambda: pades.signed(pdf, keys, NOON),
        "raw P-256", lambda: p256.sign(pdf, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)),
    )  # fmt: skip


def beside(name: str, ours: Callable[[], object], floor_name: str, floor: Callable[[], object]) -> None:
    """One line: ours, the floor, the ratio; in turns."""
    times = 20
    rounds = [
        (took(lambda: [ours() for _ in range(times)]) / times, took(lambda: [floor() for _ in range(times)]) / times)
        for _ in range(ROUNDS)
    ]  # fmt: skip
    mine, theirs = median(one for one, _ in rounds), median(other for _, other in rounds)
    ratio = median(one / other for one, other in rounds)
    print(
        f"signing {name}: ours {mine * 1e6:,.0f} µs  {floor_name} {theirs * 1e6:,.0f} µs  ratio {ratio:.1f}"
    )


def checking(key: object, var: Path) -> None:
    """`nintei verify` of an issued PDF, start-up included, without a database; beside Python that does nothing."""
    from nintei.certificates import places, publishing
    from nintei.certificates.models import Certificate
    from nintei.certificates.tests.world import DAY, NOON, pdf

    publishing.publish(NOON)
    place = var / "certificate.pdf"
    place.write_bytes(pdf(Certificate.objects.get(pk=key)))
    verify = [
        str(Path(sys.executable).with_name("nintei")), "verify", str(place), "--on", DAY.isoformat(),
        "--trust", str(places.lists_folder().resolve() / "trust.json"),
    ]  # fmt: skip
    bare = [sys.executable, "-c", "pass"]
    for command in (verify, bare):
        run(command)  # files into memory, bytecode written
    rounds = [(run(verify), run(bare)) for _ in range(STARTS)]
    wall, cpu = (median(ours[i] for ours, _ in rounds) for i in range(2))
    floor = median(other[0] for _, other in rounds)
    ratio = median(ours[0] / other[0] for ours, other in rounds)
    print(
        f"nintei verify of a PDF, offline, with start-up: ours {wall * 1000:.0f} ms ({cpu * 1000:.0f} ms of the"
        f" processor)  bare Python {floor * 1000:.0f} ms  ratio {ratio:.1f}; target 1000 ms"
    )


def run(command: list[str]) -> tuple[float, float]:
    """Seconds of a process by the wall, and of the processor."""
    outside = ("DATABASE_URL", "NINTEI_VAR", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")
    env = {name: value for name, value in os.environ.items() if name not in outside}
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=env)
    assert child.stdout
    said = child.stdout.read().decode()
    _pid, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, said
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime


def took(work: Callable[[], object]) -> float:
    """Seconds by the wall."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
