"""What others see of me: each field of the public page, and the employers I said yes to."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nintei.people.doors import Signed, once, signed_in
from nintei.registry import actions, queries
from nintei.registry.forms import ConsentForm, EmployerCodeForm
from nintei.registry.models import Certification, Employer, ExamPass, Shared
from nintei.shared import clock
from nintei.shared.refusals import Refused
from nintei.shared.rulebook import edition


@signed_in
@once
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: Signed) -> HttpResponseBase:
    """Everything I hold, what the public page shows of it, and who else sees it."""
    on = clock.today()
    book = edition(on)
    held = queries.to_share(request.user)
    exams = [each.code for each in book.qualifications.values() if not each.certified]
    passed = queries.passes_to_share(request.user, exams)
    sent, asked = None, None
    if request.method == "POST":
        things: dict[str, Certification | ExamPass] = {str(each.pk): each for each in held}
        things |= {str(each.pk): each for each in passed}
        thing = things.get(request.POST.get("thing", ""))
        if thing is None:
            raise Http404
        if request.POST.get("form") == "employer":
            sent = EmployerCodeForm(request.POST, auto_id=f"{thing.pk}-%s")
            asked = _employer(sent)
            if asked and request.POST.get("sure") == asked.code:
                return _share(request, thing, asked)
        else:
            return _say(request, thing)
    page = {
        "asked": asked,
        "held": [
            (each, book.qualifications[each.qualification], _fields(each), _code(each, sent)) for each in held
        ],
        "passed": [
            (each, book.qualifications[each.exam], _fields(each), _code(each, sent)) for each in passed
        ],
    }
    return render(request, "registry/sharing.html", page)


def _code(thing: Certification | ExamPass, sent: EmployerCodeForm | None) -> EmployerCodeForm:
    """The form for an employer's number beside each thing that is held; as it was sent, where it was."""
    auto_id = f"{thing.pk}-%s"
    return sent if sent is not None and sent.auto_id == auto_id else EmployerCodeForm(auto_id=auto_id)


def _fields(thing: Certification | ExamPass) -> list[tuple[str, str, bool]]:
    given = queries.shown(thing)
    return [(field.value, str(field.label), field.value in given) for field in Shared]


def _say(request: Signed, thing: Certification | ExamPass) -> HttpResponseBase:
    form = ConsentForm({"fields_shown": request.POST.getlist("fields_shown")})
    if not form.is_valid():
        raise Http404
    actions.consent(
        by=request.user.by, subject=thing, fields=frozenset(form.cleaned_data["fields_shown"]), at=clock.now()
    )
    messages.success(request, _("公開のしかたを変えました"))
    return redirect("registry:consent")


def _employer(form: EmployerCodeForm) -> Employer | None:
    """Whose number was written: its name is shown before anything is, for a number is easily mistyped."""
    found = queries.employer_by_code(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and found is None:
        form.add_error("code", Refused("registry.no_employer").sentence())
    return found


def _share(request: Signed, thing: Certification | ExamPass, employer: Employer) -> HttpResponseBase:
    actions.share_with(by=request.user.by, subject=thing, employer=employer, at=clock.now())
    messages.success(request, _("{name}に公開しました。いつでもやめられます").format(name=employer.name))
    return redirect("registry:consent")


@require_POST
@signed_in
@once
def stop_sharing(request: Signed, pk: UUID) -> HttpResponseBase:
    """Take a consent to an employer back."""
    sharing = queries.sharing_of(request.user, pk)
    if sharing is None:
        raise Http404
    actions.stop_sharing(by=request.user.by, sharing=sharing, at=clock.now())
    messages.success(request, _("会社への公開をやめました"))
    return redirect("registry:consent")
