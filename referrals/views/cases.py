"""The pages of an assessment, a question of responsibility and a referral."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bostad import dates
from bostad.casework.graph import kind_of
from bostad.casework.models import Case
from bostad.casework.pages import case_context, find_case
from bostad.casework.timeline import timeline
from bostad.documents.states import FileState
from bostad.documents.views import documents_for
from bostad.organisation.roles import REGISTERS_TENANTS
from bostad.people.models import Representative
from referrals import childrens_analyses, pages, reading, representatives
from referrals.asked import Comment
from referrals.models import Referral, ReferralVersion
from referrals.services.writing import sent_version


@require_GET
def assessment(request: HttpRequest, number: str) -> HttpResponse:
    case = find_case(request, number, "assessment")
    context = case_context(request, case, "referrals:assessment")
    facts = kind_of(case).load_facts([case.pk], request.today)[case.pk]
    decision = case.decisions.select_related("decided_by", "delegation").first()
    return render(
        request,
        "referrals/assessment.html",
        context
        | {
            "pathway": pages.way_of_assessment(case),
            "criteria": reading.criteria(case, facts),
            "findings": reading.findings(case),
            "household": _household(case),
            "decision": pages.decision_facts(decision) if decision else [],
            "plan": getattr(case, "housing_plan", None),
            "goes_on": pages.goes_on_in_a_contract(case),
            "may_register": bool(REGISTERS_TENANTS & request.scope.roles),
            "links": _links(request, case),
            "may_know": pages.may_know_of_assessment(case),
            "journal": timeline(case, own=True)[:6],
            "making": _making(request, case),
        },
    )


@require_GET
def question(request: HttpRequest, number: str) -> HttpResponse:
    case = find_case(request, number, "question")
    context = case_context(request, case, "referrals:question")
    return render(
        request,
        "referrals/question.html",
        context
        | {
            "facts": pages.question_facts(case),
            "assessment": case.assessment if context["is_owner"] else None,
            "making": _making(request, case),
        },
    )


@require_GET
def referral(request: HttpRequest, number: str) -> HttpResponse:
    case = find_case(request, number, "referral")
    context = case_context(request, case, "referrals:referral")
    own = context["is_owner"]
    version = _version(case, own)
    return render(
        request,
        "referrals/referral.html",
        context
        | {
            "pathway": pages.way_of_referral(case),
            "version": version,
            "said": reading.sections(version.content, case),
            "approvals": reading.approvals(version),
            "no_longer": representatives.named_no_longer(case, version.content, request.today),
            "points": _comments(case, version, own),
            "offers": pages.offers_of(case, request.scope),
            "decisions": [pages.decision_facts(d) for d in _decisions(case)] if own else [],
            "assessment": case.assessment if own else None,
            "household": _household(case) if own else [],
            "links": _links(request, case) if own else [],
            "may_know": pages.may_know_of_referral(case) if own else None,
            "guarantee_ending": getattr(case, "guarantee_ending", None),
            "journal": timeline(case, own=True)[:6] if own else [],
            "making": _making(request, case),
        },
    )


def _version(case: Referral, own: bool) -> ReferralVersion:
    """The owner reads what stands now; the property department what was signed, and nothing newer."""
    if own:
        return case.versions.filter(voided_on=None).order_by("number").last() or case.versions.order_by("number").last()
    return sent_version(case)


def _comments(case: Case, version: ReferralVersion, own: bool) -> list[Comment]:
    """What was asked to be completed: to the writers until a newer version is signed, to FF what it asked for itself."""
    if own:
        return [] if version.signed_on else reading.comments(case)
    return reading.comments_of_receiver(case)


def _decisions(case: Referral):
    return case.decisions.select_related("decided_by", "delegation").order_by("id")


def _household(case: Case) -> list:
    """Of the case's own department: the children's perspectives, and who acts for an adult."""
    rows = list(case.parties.filter(to_on=None).select_related("person", "representative").order_by("id"))
    names = {party.pk: party.shown_name(own=True, restricted=case.is_restricted) for party in rows}
    analyses = childrens_analyses.of_case(case)
    return [
        {
            "name": names[party.pk],
            "person_id": party.person_id if names[party.pk] == party.person.name else None,
            "role": party.get_role_display(),
            "housing": party.get_child_housing_display().lower(),
            "acts": _acts(party.representative) if party.representative else "",
            "analysis": (found := childrens_analyses.to_read(analyses, party)),
            "lived_otherwise": found is not None and childrens_analyses.of_today(analyses, party) is None,
        }
        for party in rows
    ]


def _acts(who: Representative) -> str:
    to = f" till och med {dates.day_with_year(who.to_on)}" if who.to_on else ""
    phone = f", {who.phone}" if who.phone else ""
    holds = f"gäller från {dates.day_with_year(who.from_on)}{to}"
    return f"{who.get_authority_display()}: {who.name}{phone}. {who.reference}, {holds}."


def _links(request: HttpRequest, case: Case) -> list[dict]:
    """Cases that came out of this one or that it came from, of those that the reader may see."""
    ids = {*case.links.values_list("other", flat=True), *case.linked_from.values_list("case", flat=True)}
    visible = Case.objects.visible_to(request.scope).filter(pk__in=ids).order_by("id")
    return [{"case": other, "kind": kind_of(other).label, "page": kind_of(other).page} for other in visible]


def _making(request: HttpRequest, case: Case) -> str:
    """Which papers the page waits for, of those that this person may see."""
    waiting = documents_for(case, request.scope).filter(file_state=FileState.WAITING).order_by("id")
    titles = ", ".join(waiting.values_list("title", flat=True))
    return f"Framställs nu: {titles}. Sidan uppdateras av sig själv." if titles else ""
