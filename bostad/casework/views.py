"""The tabs that every case has: journal, deadlines, consents, log, hand-over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bostad.audit.models import ReadLog
from bostad.casework import services
from bostad.casework.forms import ConsentGivenForm, ContactForm, HandOverForm, NoteForm
from bostad.casework.graph import kind_of
from bostad.casework.pages import case_context, deadline_history, find_case
from bostad.casework.refusals import StepNotTaken
from bostad.casework.timeline import timeline


def journal(request: HttpRequest, number: str) -> HttpResponse:
    """The department's own notes. A provider that the case is shared with has no part in them."""
    case = services.check_owner(request.scope, find_case(request, number))
    which = request.POST.get("form")
    initial = {"on": request.today}
    note = NoteForm(request.POST if which == "note" else None, today=request.today, initial=initial, prefix="note")
    contact = ContactForm(
        request.POST if which == "contact" else None, today=request.today, initial=initial, prefix="contact"
    )
    if request.method == "POST":
        if which == "note" and note.is_valid():
            services.write_note(case=case, by=request.scope, **note.cleaned_data)
            messages.success(request, "Anteckningen är sparad.")
            return redirect("casework:journal", number)
        if which == "contact" and contact.is_valid():
            services.record_contact(case=case, by=request.scope, **contact.cleaned_data)
            messages.success(request, "Kontakten är sparad.")
            return redirect("casework:journal", number)
    context = case_context(request, case, "casework:journal")
    return render(
        request,
        "case/journal.html",
        context
        | {
            "journal": timeline(case),
            "note_form": note,
            "contact_form": contact,
            "form": note if which == "note" else contact,
        },
    )


@require_GET
def deadlines(request: HttpRequest, number: str) -> HttpResponse:
    case = find_case(request, number)
    context = case_context(request, case, "casework:deadlines")
    return render(
        request, "case/deadlines.html", context | {"rows": deadline_history(case, request.scope, request.today)}
    )


def consents(request: HttpRequest, number: str) -> HttpResponse:
    case = services.check_owner(request.scope, find_case(request, number))
    form = ConsentGivenForm(request.POST or None, today=request.today, case=case, initial={"given_on": request.today})
    if request.method == "POST" and form.is_valid():
        services.record_consent(case=case, by=request.scope, **form.cleaned_data)
        messages.success(request, "Samtycket är registrerat.")
        return redirect("casework:consents", number)
    context = case_context(request, case, "casework:consents")
    return render(
        request,
        "case/consents.html",
        context | {"rows": case.consents.select_related("person", "recorded_by"), "form": form},
    )


@require_POST
def revoke_consent(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    case = services.check_owner(request.scope, find_case(request, number))
    try:
        services.revoke_consent(consent=get_object_or_404(case.consents, pk=pk), on=request.today, by=request.scope)
    except StepNotTaken as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Samtycket är återkallat från och med idag.")
    return redirect("casework:consents", number)


@require_GET
def log(request: HttpRequest, number: str) -> HttpResponse:
    """Who has read and done what: for those who own the case, never for another organisation."""
    case = services.check_owner(request.scope, find_case(request, number))
    context = case_context(request, case, "casework:log")
    readings = (
        ReadLog.objects.filter(case_ids__contains=[case.pk]).select_related("staff", "unit").order_by("-id")[:200]
    )
    return render(
        request,
        "case/log.html",
        context | {"readings": readings, "taken": case.steps_taken.select_related("staff").order_by("-id")},
    )


def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    case = services.check_owner(request.scope, find_case(request, number))
    if not services.may_hand_over(case, request.scope):
        raise PermissionDenied
    form = HandOverForm(request.POST or None, case=case, initial={"unit": case.unit_id, "assignee": case.assignee_id})
    if request.method == "POST" and form.is_valid():
        services.hand_over(case_id=case.pk, by=request.scope, today=request.today, **form.cleaned_data)
        messages.success(request, "Ärendet och dess bevakningar är överlämnade.")
        return redirect(kind_of(case).page, number)
    return render(request, "case/hand_over.html", case_context(request, case, "casework:hand_over") | {"form": form})
