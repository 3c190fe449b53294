"""The frame around every signed-in page: where one can go, what is late, what was opened lately."""

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from bostad import dates
from bostad.audit.models import ReadLog
from bostad.casework.graph import kind_of
from bostad.casework.models import Case, Deadline
from bostad.casework.pages import PROTECTED, as_kinds, pages_of, readable
from bostad.organisation.roles import Role
from bostad.organisation.scope import Scope
from bostad.overview import owners
from bostad.overview.shell_types import Me, NavItem, Recent, Shell
from contracts.models import Contract
from referrals import lists as referral_lists

STOP = 500
OFFICE = {Role.CONTRACT_ADMINISTRATOR, Role.PROPERTY_OFFICER, Role.HOUSING_COORDINATOR}


def shell(request: HttpRequest) -> dict[str, Shell | None]:
    """Context processor. Signed out, and on error pages without a scope, there is no shell."""
    scope: Scope | None = getattr(request, "scope", None)
    user = getattr(request, "user", None)
    if scope is None or user is None or not user.is_authenticated:
        return {"shell": None}
    organisation = user.unit.organisation if user.unit else None
    place = (organisation.code or organisation.name) if organisation else ""
    return {
        "shell": Shell(
            nav=_nav(request, scope),
            shared=_shared(request, scope),
            recent=_recent(request, scope),
            me=Me(user.pk, user.initials, str(user), ", ".join(part for part in (place, user.title) if part)),
            municipality=settings.MUNICIPALITY,
            today_line=today_line(request.today),
            demo_day=request.today if settings.DEMO else None,
        )
    }


def today_line(today) -> str:
    return f"{dates.long_day(today).capitalize()} {today.year}, vecka {dates.iso_week(today)}"


def _item(
    request: HttpRequest, label: str, name: str, icon: str, count: int | None = None, danger: bool = False
) -> NavItem:
    current = getattr(request.resolver_match, "view_name", "") == name
    return NavItem(label, reverse(name), icon, count, danger, current)


def _count(rows) -> int:
    return rows.order_by()[:STOP].count()


def _nav(request: HttpRequest, scope: Scope) -> list[NavItem]:
    late = _count(Deadline.objects.still_open().for_staff(scope).overdue(request.today))
    if not late and scope.partner_ids:
        late = _count(Deadline.objects.still_open().visible_to(scope).overdue(request.today))
    items = [_item(request, "Mitt arbete", "overview:my_work", "inbox", late or None, bool(late))]
    items += _of_referrals(request, scope)
    contracts = Contract.objects.visible_to(scope)
    if OFFICE & scope.roles:
        items.append(
            _item(request, "Beställningar", "contracts:orders", "inbox", _count(contracts.filter(state="ordered")))
        )
    if scope.department_ids or scope.unit_ids or scope.partner_ids:
        items.append(_item(request, "Kontrakt", "contracts:contracts", "pen", _count(contracts.still_open())))
        if OFFICE & scope.roles:
            items.append(_item(request, "Original att jaga", "contracts:chase", "scan"))
            items.append(_item(request, "Arkiv", "contracts:archive", "shelf"))
        items.append(_item(request, "Boenden och objekt", "overview:dwellings", "building"))
    return items


REFERRING = {Role.CASEWORKER, Role.MANAGER}


def _of_referrals(request: HttpRequest, scope: Scope) -> list[NavItem]:
    """Assessments for who refers; referrals and offers for them and the property department."""
    if not scope.departments or not (REFERRING | {Role.PROPERTY_OFFICER}) & scope.roles:
        return []
    items = []
    if REFERRING & scope.roles:
        open_ones = _count(referral_lists.assessments_for(scope).still_open())
        items.append(_item(request, "Utredningar", "referrals:assessments", "doc", open_ones or None))
        items.append(_item(request, "Ansvarsfrågor", "referrals:questions", "chat"))
    referrals = _count(referral_lists.referrals_for(scope).still_open())
    items.append(_item(request, "Remisser", "referrals:referrals", "send", referrals or None))
    items.append(_item(request, "Erbjudanden", "referrals:offers", "home"))
    items.append(_item(request, "Hyresgarantier", "referrals:guarantees", "key"))
    return items


def _shared(request: HttpRequest, scope: Scope) -> list[NavItem]:
    items = []
    if (OFFICE | {Role.MANAGER, Role.REGISTRAR}) & scope.roles and scope.departments:
        items.append(_item(request, "Utskrifter", "documents:print_queue", "printer"))
    if owners.may_read(scope):
        items.append(_item(request, "Fastighetsägare", "overview:owners", "users"))
    items.append(_item(request, "Rutiner", "overview:routines", "map"))
    if Role.LOG_REVIEWER in scope.roles:
        items.append(_item(request, "Logggranskning", "overview:log_review", "eye"))
    if admin.site.has_permission(request):
        items.append(_item(request, "Administration", "admin:index", "key"))
    return items


def _recent(request: HttpRequest, scope: Scope) -> list[Recent]:
    """The last cases that this person opened one by one, newest first."""
    opened = (
        ReadLog.objects.filter(staff=request.user, case_ids__len=1)
        .order_by("-id")
        .values_list("case_ids", flat=True)[:30]
    )
    ids = list(dict.fromkeys(ids[0] for ids in opened))[:4]
    visible = {case.pk: case for case in as_kinds(readable(ids, scope))}
    return [_entry(visible[pk], scope) for pk in ids if pk in visible]


def _entry(case: Case, scope: Scope) -> Recent:
    pages = pages_of(case)
    name = PROTECTED.label if pages.shows_protected(case, scope) else pages.names(case, scope)
    return Recent(name, case.number, reverse(kind_of(case).page, args=[case.number]))
