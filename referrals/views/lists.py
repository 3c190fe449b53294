"""The lists, the audit view, and a booking as a calendar file."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bostad import listing
from bostad.audit.reading import log_reading
from bostad.casework.pages import find_case
from bostad.organisation.roles import Role
from referrals import auditing, calendar, lists
from referrals.forms.lists import (
    AssessmentFilter,
    AuditFilter,
    GuaranteeFilter,
    OfferFilter,
    QuestionFilter,
    ReferralFilter,
)
from referrals.states import LIVE


def _list(
    request: HttpRequest, name: str, form_class: type, visible: QuerySet, columns: Sequence[tuple[str, str]],
    sorts: Mapping[str, str], template: str, extra: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    asked = listing.asked(request, name, listing.begins_open(form_class))
    if asked.go_to:
        return redirect(asked.go_to)
    rows = lists.found(visible, asked.chosen, request.scope, request.today) if asked.form.is_valid() else visible.none()
    page = listing.page_of(rows, lists.order_of(asked.sort, sorts), asked, among=visible, known=lists.with_people)
    total = listing.count_of(rows)
    log_reading(request, cases=[case.pk for case in page.rows])
    return render(
        request,
        template,
        {"rows": lists.rows_of(page.rows, request.scope, request.today)}
        | listing.frame(asked, page, total, columns)
        | extra,
    )


@require_http_methods(["GET", "POST"])
def assessments(request: HttpRequest) -> HttpResponse:
    return _list(
        request, "assessments", AssessmentFilter, lists.assessments_for(request.scope), lists.ASSESSMENT_COLUMNS,
        lists.ASSESSMENT_SORTS, "referrals/assessments.html",
        {"may_open": Role.CASEWORKER in request.scope.roles, "may_audit": Role.MANAGER in request.scope.roles},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def referrals(request: HttpRequest) -> HttpResponse:
    return _list(
        request, "referrals", ReferralFilter, lists.referrals_for(request.scope), lists.REFERRAL_COLUMNS,
        lists.REFERRAL_SORTS, "referrals/referrals.html",
        {"may_take_in": Role.PROPERTY_OFFICER in request.scope.roles},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def offers(request: HttpRequest) -> HttpResponse:
    asked = listing.asked(request, "offers", listing.begins_open(OfferFilter))
    if asked.go_to:
        return redirect(asked.go_to)
    chosen = asked.chosen
    visible = lists.offers_for(request.scope, {"lage": "alla"})
    rows = lists.offers_for(request.scope, chosen)
    page = listing.page_of(rows, ("-id",), asked, among=visible, known=lists.offers_known)
    total = listing.count_of(rows)
    log_reading(request, cases=[offer.referral_id for offer in page.rows])
    return render(
        request,
        "referrals/offers.html",
        {"rows": lists.offer_rows(page.rows, request.scope, request.today)}
        | listing.frame(asked, page, total, lists.OFFER_COLUMNS),
    )


@require_http_methods(["GET", "POST"])
def guarantees(request: HttpRequest) -> HttpResponse:
    """R-1-4: the register of guaranteed leases, those that end first on top."""
    asked = listing.asked(request, "guarantees", GuaranteeFilter)
    if asked.go_to:
        return redirect(asked.go_to)
    visible = lists.guarantees_for(request.scope)
    rows = lists.running(visible, request.today) if asked.chosen.get("lage") != listing.ALL else visible
    order = lists.order_of(asked.sort or "till", lists.GUARANTEE_SORTS)
    page = listing.page_of(rows, order, asked, among=visible, known=lists.guarantees_known)
    total = listing.count_of(rows)
    log_reading(request, cases=[case.pk for case in page.rows])
    return render(
        request,
        "referrals/guarantees.html",
        {"rows": lists.guarantee_rows(page.rows, request.scope)}
        | listing.frame(asked, page, total, lists.GUARANTEE_COLUMNS),
    )


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The questions of responsibility that are mine, and those that my department is asked."""
    return _list(
        request, "questions", QuestionFilter, lists.questions_for(request.scope), lists.QUESTION_COLUMNS,
        lists.QUESTION_SORTS, "referrals/questions.html", {},
    )  # fmt: skip


# --- audit ---------------------------------------------------------------------------------------------------------------


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """R-4-22: which cases lack application, decision, plan, child analysis or appeal information. Each cell opens its list."""
    if Role.MANAGER not in request.scope.roles:
        raise PermissionDenied("Granskningen är för chefer.")
    asked = listing.by_address(request.GET, AuditFilter)
    lack, support = asked.chosen.get("saknar", ""), asked.chosen.get("gren", "")
    listed = _lacking(request, asked, lack, support) if lack else {}
    return render(
        request,
        "referrals/audit.html",
        {"table": auditing.table(request.scope), "lacks": auditing.LACKS, "chosen": auditing.LACKS.get(lack)} | listed,
    )


def _lacking(request: HttpRequest, asked: listing.Asked, lack: str, support: str) -> dict[str, Any]:
    """A page of the list behind a number of the table."""
    visible = lists.assessments_for(request.scope)
    found = auditing.cases(request.scope, lack, support)
    page = listing.page_of(found, ("-id",), asked, among=visible, known=lists.with_people)
    log_reading(request, cases=[case.pk for case in page.rows], why="Granskning")
    rows = lists.rows_of(page.rows, request.scope, request.today)
    return {"rows": rows, "pager": listing.pager(asked, page, listing.count_of(found), place="#lista")}


# --- calendar ------------------------------------------------------------------------------------------------------------


@require_GET
def booking(request: HttpRequest, number: str) -> HttpResponse:
    """Viewing and signing for one's own calendar. No name and no address: a calendar is read by many."""
    case: Any = find_case(request, number, "referral")
    offer = case.offers.filter(state__in=LIVE, signing_at__isnull=False).first()
    if offer is None:
        raise Http404("Ingen tid är bokad.")
    log_reading(request, cases=[case.pk])
    address = request.build_absolute_uri(reverse("referrals:referral", args=[case.number]))
    file = calendar.events_of(offer, case.number, address)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{case.number}.ics"'
    return response
