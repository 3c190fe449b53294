"""How a referral's content, its versions and the dwellings that fit are shown. The same on pages and before signing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bostad import dates
from bostad.casework.pages import Fact
from bostad.housing.models import Dwelling
from bostad.organisation.scope import Scope
from referrals import content, content_words, matching
from referrals.content import Section
from referrals.matching import Fits, Mark, Need
from referrals.models import Assessment, Findings, Offer, Referral, ReferralVersion
from referrals.states import LIVE


@dataclass(frozen=True)
class Said:
    """A section as it is read."""

    section: Section
    facts: tuple[Fact, ...]
    is_complete: bool
    is_changed: bool = False


def sections(said: content.Content, referral: Referral | None = None, *, changed: Iterable[str] = ()) -> list[Said]:
    """Every section that stands in the content, whether it is complete, and whether it differs from the version before."""
    return [
        Said(
            section,
            tuple(Fact(label, text) for label, text in rows),
            content.is_complete(said, section),
            section.key in changed,
        )
        for section, rows in content_words.sections(said)
    ]


def side_by_side(referral: Referral) -> dict[str, Any]:
    """The version that is to be signed, and the one before it with what differs (R-1-31, R-1-36)."""
    versions = list(referral.versions.order_by("number"))
    now = next((v for v in reversed(versions) if v.voided_on is None), versions[-1])
    before = _before(versions, now)
    changed = content.changed(before.content, now.content) if before else ()
    points = list(before.points.select_related("asked_by")) if before else []
    return {
        "version": now,
        "said": sections(now.content, referral, changed=changed),
        "before": before,
        "said_before": sections(before.content, referral, changed=changed) if before else [],
        "changed": [content.BY_KEY[key].label for key in changed],
        "points": [{"label": content.BY_KEY[point.section].label, "point": point} for point in points],
    }


def _before(versions: list[ReferralVersion], now: ReferralVersion) -> ReferralVersion | None:
    return next((version for version in reversed(versions) if version.number < now.number), None)


# --- dwellings -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Match:
    dwelling: Dwelling
    marks: tuple[Mark, ...]

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
    offered = Offer.objects.filter(dwelling=OuterRef("pk"), state__in=LIVE)
    rows = Dwelling.objects.filter(manager=referral.property_department_id).free_on(today).exclude(Exists(offered))
    rows = rows.filter(housing_forms__contains=[referral.lease_form])
    return rows.filter(manager__in=scope.organisation_ids).select_related("real_property__landlord")


def matches(need: Need, dwellings: Iterable[Dwelling]) -> list[Match]:
    """What fits best first; among equals by address. Never by who has waited (R-1-7)."""
    found = [Match(dwelling, tuple(matching.fit(need, matching.home_of(dwelling)))) for dwelling in dwellings]
    return sorted(found, key=lambda match: (matching.order(match.marks), match.dwelling.sort_key))


# --- the investigation ---------------------------------------------------------------------------------------------------


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
