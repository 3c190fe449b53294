"""The life of a tenancy let by the municipality, and the words and colours in which pages show it."""

from django.db import models

from bostad.casework.graph import Look


class ContractState(models.TextChoices):
    REGISTERED = "registered", "Registrerad"
    ORDERED = "ordered", "Beställd"
    RETURNED = "returned", "Åter för komplettering"
    ISSUED = "issued", "Utfärdat"
    DISPATCHED = "dispatched", "Avsänt till utföraren"
    SIGNED = "signed", "Undertecknat"
    ACTIVE = "active", "Gäller"
    NOTICE_GIVEN = "notice_given", "Uppsagt"
    MOVED_OUT = "moved_out", "Utflyttad"
    CLOSED = "closed", "Avslutat"
    CANCELLED = "cancelled", "Återkallat"


_S = ContractState
BEFORE_ISSUE = (_S.REGISTERED, _S.ORDERED, _S.RETURNED)
IN_FORCE = (_S.SIGNED, _S.ACTIVE, _S.NOTICE_GIVEN)
ON_PAPER = (_S.ISSUED, _S.DISPATCHED, *IN_FORCE, _S.MOVED_OUT)
ENDED = frozenset({_S.CLOSED.value, _S.CANCELLED.value})

LOOKS = {
    _S.REGISTERED: Look(_S.REGISTERED.label, "neutral", "doc"),
    _S.ORDERED: Look(_S.ORDERED.label, "neutral", "send"),
    _S.RETURNED: Look(_S.RETURNED.label, "warning", "history"),
    _S.ISSUED: Look(_S.ISSUED.label, "info", "printer"),
    _S.DISPATCHED: Look(_S.DISPATCHED.label, "warning", "send"),
    _S.SIGNED: Look(_S.SIGNED.label, "success", "pen"),
    _S.ACTIVE: Look(_S.ACTIVE.label, "success", "ok"),
    _S.NOTICE_GIVEN: Look(_S.NOTICE_GIVEN.label, "info", "dot"),
    _S.MOVED_OUT: Look(_S.MOVED_OUT.label, "info", "home"),
    _S.CLOSED: Look(_S.CLOSED.label, "neutral", "check"),
    _S.CANCELLED: Look(_S.CANCELLED.label, "neutral", "x"),
}


class HousingForm(models.TextChoices):
    SHELTERED = "sheltered", "Biståndsbedömt trygghetsboende"
    CARE_SOMATIC = "care_somatic", "Vårdbostad somatik"
    CARE_DEMENTIA = "care_dementia", "Vårdbostad demens"
    MUNICIPAL = "municipal", "Kommunalt kontrakt"
    TRIAL = "trial", "Försökslägenhet"
    TRAINING = "training", "Träningslägenhet"
    EMERGENCY = "emergency", "Jourlägenhet"


CARE = frozenset({HousingForm.SHELTERED, HousingForm.CARE_SOMATIC, HousingForm.CARE_DEMENTIA})
SUPPORTED = frozenset({HousingForm.TRIAL, HousingForm.TRAINING, HousingForm.EMERGENCY})


class CategoryAnswer(models.TextChoices):
    """R-0-8: always answered. Empty means that nobody has answered yet."""

    NONE = "none", "Nej, inget kategoriboende"
    BPSD = "bpsd", "BPSD-boende"
    YOUNG_DEMENTIA = "young_dementia", "Boende för yngre demenssjuka"
    COUPLE = "couple", "Parboende"


class NoticeBy(models.TextChoices):
    TENANT = "tenant", "Hyresgästen"
    ESTATE = "estate", "Dödsboet"
    MUNICIPALITY = "municipality", "Kommunen"
    TERM = "term", "Ingen, hyrestiden går ut av sig själv"


class ServiceManner(models.TextChoices):
    """How a notice reaches the tenant (JB 8:8). No surrogate by publication or a closed letter on the door."""

    IN_PERSON = "in_person", "Lämnad till hyresgästen, mot kvitto"
    REGISTERED = "registered", "Rekommenderat brev till hyresgästens adress"
    BAILIFF = "bailiff", "Stämningsman"


class EndReason(models.TextChoices):
    MOVED_TO_OTHER_CARE = "other_care", "Flytt till annat vårdboende"
    MOVED_TO_OWN_HOME = "own_home", "Flytt till egen bostad"
    DIED = "died", "Avliden"
    GRANT_ENDED = "grant_ended", "Biståndet har upphört"
    BREACH = "breach", "Hyresgästen har inte följt avtalet"
    TAKEN_OVER = "taken_over", "Hyresgästen har tagit över kontraktet"
    OTHER = "other", "Annat"


# Taking the lease over is a step of its own, with conditions of its own (R-4-5, R-4-7).
REASONS = [(value, label) for value, label in EndReason.choices if value != EndReason.TAKEN_OVER]


class Capacity(models.TextChoices):
    TENANT = "tenant", "Hyresgästen själv"
    REPRESENTATIVE = "representative", "Företrädare"


class SignedFor(models.TextChoices):
    """A signature on a sheet: of the agreement it carries, or of the agreement to move out."""

    AGREEMENT = "agreement", "Avtalet"
    MOVE_OUT = "move_out", "Överenskommelse om avflyttning"
