"""How a referral's content, its versions and the dwellings that fit are shown. The same on pages and before signing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from bostad import dates
from bostad.casework.models import PartyRole
from bostad.casework.pages import Fact
from bostad.documents.typography import listed
from bostad.housing.models import Dwelling, HeadLease, Property, Tenure
from bostad.organisation.scope import Scope
from bostad.swedish import sort_key
from referrals import asked, childrens_analyses, content, content_words, matching
from referrals.asked import Comment
from referrals.content import Section
from referrals.criteria import Criterion, criteria_of
from referrals.facts import AssessmentFacts
from referrals.matching import Fits, Mark, Need
from referrals.models import Assessment, CompletionPoint, Findings, Offer, Referral, ReferralVersion
from referrals.rules.assessment import every_child_is_analysed
from referrals.rules.writing import OF_OWN_GROUPS
from referrals.states import LIVE, LeaseForm, OfferState, ReferralState


@dataclass(frozen=True)
class Said:
    """A section as it is read."""

    section: Section
    facts: tuple[Fact, ...]
    is_complete: bool
    is_changed: bool = False


def sections(said: content.Content, referral: Referral | None = None, *, changed: Iterable[str] = ()) -> list[Said]:
    """Every section that stands in the content, whether it is complete, and whether it differs from the version before.

    Of an own group, of which less is asked, those that say something.
    """
    own = referral is not None and referral.is_own
    unknown = with_unknown_areas(matching.need_of(said)).unknown
    return [
        Said(
            section,
            (
                *(Fact(label, text) for label, text in rows),
                *_unknown_in(said.get(section.key, {}), unknown),
                *_contradicted(section, said),
            ),
            content.is_complete(said, section) or not is_asked,
            section.key in changed,
        )
        for section, rows in content_words.sections(said)
        if (is_asked := not own or section.key in OF_OWN_GROUPS) or not content.is_empty(said, section.key)
    ]


def _unknown_in(values: Mapping[str, Any], unknown: tuple[str, ...]) -> Iterable[Fact]:
    """What was written before areas were chosen from the register: said to both sides, since nothing can be sought by it."""
    written = (*matching.words_of(values.get("barred")), *matching.words_of(values.get("areas")))
    if found := [name for name in written if name in unknown]:
        yield Fact("Finns inte i bostadsregistret", ", ".join(found))


def _contradicted(section: Section, said: content.Content) -> Iterable[Fact]:
    """The school may lie where the household cannot live: said where the area is barred, so that it is no slip."""
    if section.key == "areas" and (names := matching.both_barred_and_near(said)):
        yield Fact("Också nära skolan", ", ".join(names), note="en bostad där räknas som olämplig")


def approvals(version: ReferralVersion) -> list[str]:
    """Who signed for an adult instead of that person, as the paper names it (R-1-30, R-1-47)."""
    rows = version.signatures.filter(representative__isnull=False).select_related("representative").order_by("id")
    return [str(row.representative) for row in rows]


def comments(referral: Referral) -> list[Comment]:
    """What the version that is written now is to answer."""
    return asked.comments(list(referral.versions.order_by("number")), _points(referral))


def comments_of_receiver(referral: Referral) -> list[Comment]:
    """What FF has asked for itself: while it waits for the answer, and beside the answer until it registers (R-1-33)."""
    sent = list(referral.versions.filter(sent_on__isnull=False).order_by("number"))
    if referral.state == ReferralState.RETURNED:
        points = _points(referral).get(sent[-1].pk, [])
        return [Comment(point, is_answered=False, is_of_the_receiver=True) for point in points]
    return asked.comments(sent, _points(referral)) if referral.state == ReferralState.SUBMITTED else []


def _points(referral: Referral) -> dict[int, list[CompletionPoint]]:
    found: dict[int, list[CompletionPoint]] = {}
    for point in CompletionPoint.objects.filter(version__referral=referral).select_related("asked_by").order_by("id"):
        found.setdefault(point.version_id, []).append(point)
    return found


def side_by_side(referral: Referral) -> dict[str, Any]:
    """The version that is to be signed, and the one before it with what differs (R-1-31, R-1-36)."""
    versions = list(referral.versions.order_by("number"))
    now = asked.current(versions)
    before = asked.before(versions, now)
    changed = content.changed(before.content, now.content) if before else ()
    said = sections(now.content, referral, changed=changed)
    said_before = sections(before.content, referral, changed=changed) if before else []
    return {
        "form_id": "underskrift",
        "version": now,
        "said": said,
        "approvals": approvals(now),
        "before": before,
        "pairs": _pairs(said, said_before),
        "changed": [content.BY_KEY[key].label for key in changed],
        "points": asked.comments(versions, _points(referral)),
    }


def _pairs(now: list[Said], before: list[Said]) -> list[dict[str, Any]]:
    """Each section as it stands in both, in the order of the form: what belongs together stands side by side."""
    return [
        {name: [part for part in said if part.section == section] for name, said in (("now", now), ("before", before))}
        | {"changed": any(part.is_changed for part in (*now, *before) if part.section == section)}
        for section in content.SECTIONS
        if any(part.section == section for part in (*now, *before))
    ]


# --- dwellings -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    dwelling: Dwelling
    marks: tuple[Mark, ...]
    declined_on: date | None = None  # by this very household

    @property
    def fits(self) -> bool:
        return all(mark.fits is Fits.YES for mark in self.marks)

    @property
    def is_misfit(self) -> bool:
        return any(mark.fits is Fits.NO for mark in self.marks)

    @property
    def told(self) -> list[Mark]:
        """What differs; where nothing does, that it fits."""
        return [mark for mark in self.marks if mark.fits is not Fits.YES]


def free_dwellings(referral: Referral, scope: Scope, today: date) -> "QuerySet[Dwelling]":
    """Free ones of the property department, for the form of the referral, that are offered to nobody."""
    rows = not_offered(let_dwellings(referral, scope).free_on(today))
    if referral.lease_form == LeaseForm.GUARANTEE:  # what the municipality owns no other owner lets
        rows = rows.filter(tenure=Tenure.RENTED)
    rented = HeadLease.objects.on(today).filter(dwelling=OuterRef("pk"))
    return rows.annotate(municipality_rents=Exists(rented))


def not_offered(rows: "QuerySet[Dwelling]") -> "QuerySet[Dwelling]":
    """Without those that stand in a live offer: nobody lives there, and they are still not free (R-1-48)."""
    return rows.exclude(Exists(Offer.objects.filter(dwelling=OuterRef("pk"), state__in=LIVE)))


def let_dwellings(referral: Referral, scope: Scope) -> "QuerySet[Dwelling]":
    """Those of the property department that it lets in the form of the referral, free or not."""
    rows = Dwelling.objects.filter(manager=referral.property_department_id, manager__in=scope.organisation_ids)
    return rows.filter(housing_forms__contains=[referral.lease_form]).select_related("real_property__landlord")


NOT_FREE = "Bostaden är inte ledig längre. Välj en annan i listan."


def why_not_free(dwelling: Dwelling) -> str:
    """Said to an officer of the house that manages it: who was first, never to whom it is offered."""
    offer = Offer.objects.filter(dwelling=dwelling, state__in=LIVE).select_related("offered_by").first()
    if offer is None:
        return NOT_FREE
    day = dates.day_with_year(offer.offered_on)
    return f"{offer.offered_by} erbjöd bostaden till ett annat hushåll {day}. Välj en annan i listan."


def declined_by(referral: Referral) -> dict[int, date]:
    """The dwellings that the household has said no to, and when, here or in what this referral replaces."""
    same = Q(referral=referral.pk) | Q(referral__decision=referral.decision_id, referral__decision__isnull=False)
    rows = Offer.objects.filter(same, state=OfferState.DECLINED).order_by("id")
    return dict(rows.values_list("dwelling", "client_answer_on"))


def matches(
    need: Need, dwellings: Iterable[Dwelling], declined: Mapping[int, date] = MappingProxyType({})
) -> list[Match]:
    """What fits best first, of those that fit alike the smaller, by address; last what the household said no to.

    Never by who has waited (R-1-7).
    """
    found = [
        Match(dwelling, tuple(matching.fit(need, matching.home_of(dwelling))), declined.get(dwelling.pk))
        for dwelling in dwellings
    ]
    return sorted(
        found,
        key=lambda match: (
            matching.order(match.marks),
            match.declined_on is not None,
            matching.spare_rooms(need, matching.home_of(match.dwelling)),
            match.dwelling.sort_key,
        ),
    )


# --- areas ---------------------------------------------------------------------------------------------------------------


def known_areas() -> list[str]:
    """The areas of the property register, in Swedish order."""
    return sorted(set(Property.objects.exclude(area="").values_list("area", flat=True)), key=sort_key)


def with_unknown_areas(need: Need) -> Need:
    """The need, and which of its areas no property and no town has: those cannot be compared with a dwelling."""
    if not (need.barred or need.wanted):
        return need
    known = {
        place.casefold() for place in (*known_areas(), *Dwelling.objects.values_list("city", flat=True).distinct())
    }
    names = dict.fromkeys((*need.barred, *need.wanted))
    return replace(need, unknown=tuple(name for name in names if name.casefold() not in known))


# --- the investigation ---------------------------------------------------------------------------------------------------


def criteria(assessment: Assessment, facts: AssessmentFacts) -> list[Criterion]:
    """The criteria as the own department reads them: with the first name of each child that is not analysed yet."""
    return [
        replace(one, note=_not_analysed(assessment)) if every_child_is_analysed in one.lacks else one
        for one in criteria_of(facts)
    ]


def _not_analysed(assessment: Assessment) -> str:
    found = childrens_analyses.of_case(assessment)
    children = assessment.parties.filter(role=PartyRole.CHILD, to_on=None).select_related("person").order_by("id")
    left = [party.person.first_name for party in children if childrens_analyses.of_today(found, party) is None]
    return f"Kvar att analysera: {listed(left)}."


def findings(assessment: Assessment) -> list[Fact]:
    """What the investigation has found, in the order in which it is asked; what was not answered is left out."""
    found = Findings.objects.get(assessment=assessment)
    fields = (field for field in Findings._meta.get_fields() if field.concrete and not field.is_relation)
    told = ((str(field.verbose_name), _answer(found, field)) for field in fields)
    return [Fact(label, words) for label, words in told if words]


def _answer(found: Findings, field: Any) -> str:
    value = getattr(found, field.name)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, date):
        return dates.day_with_year(value)
    if isinstance(value, list):
        labels = dict(field.base_field.choices)
        return ", ".join(str(labels.get(one, one)) for one in value)
    return str(dict(field.choices).get(value, value) if field.choices and value else value or "")
