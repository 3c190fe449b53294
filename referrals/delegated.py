"""Who may decide today. Told before anything is written, with who can be asked instead (R-4-14)."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from bostad.casework.models import Case
from bostad.casework.refusals import Lack
from bostad.documents.typography import listed
from bostad.organisation.models import DelegatedAct, Delegation
from bostad.organisation.scope import Scope
from referrals.rules.assessment import the_decider_has_delegation
from referrals.services.deciding import delegation_of

DECISIONS = frozenset({"grant", "grant_other", "refuse", "extend", "cease", "decide_housing"})
MOST_NAMED = 5


def hinders(case: Case, mine: frozenset[str], scope: Scope, today: date) -> Mapping[str, Lack]:
    """The decisions that would be this person's to take, when no delegation lets them."""
    asked = mine & DECISIONS
    if not asked or delegation_of(case, scope, today):
        return {}
    lack = Lack(the_decider_has_delegation, f"Du saknar delegation för beslutet idag. {_who_has_it(case, today)}")
    return dict.fromkeys(asked, lack)


def _who_has_it(case: Case, today: date) -> str:
    held = Delegation.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today),
        organisation=case.department_id, act=DelegatedAct.DECIDE_SUPPORT, from_on__lte=today, staff__is_active=True,
    )  # fmt: skip
    names = list(dict.fromkeys(str(one.staff) for one in held.select_related("staff").order_by("id")))
    if not names:
        return "Ingen på förvaltningen har den. Förvaltningsadministratören registrerar delegationer."
    more = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], *([f"{more} till"] if more > 0 else [])]
    return f"Delegationen har {listed(shown)}."
