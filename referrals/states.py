"""The lives of an assessment, a question of responsibility, a referral and an offer, and how pages show them."""

from django.db import models

from bostad.casework.graph import Look


class Support(models.TextChoices):
    """What is applied for. The last three have the values of the contract's housing forms."""

    SOCIAL = "social", "Stöd till bostadsanskaffning"
    TRIAL = "trial", "Försökslägenhet"
    TRAINING = "training", "Träningslägenhet"
    EMERGENCY = "emergency", "Jourlägenhet"


SUPPORTED = frozenset({Support.TRIAL, Support.TRAINING, Support.EMERGENCY})


class LeaseForm(models.TextChoices):
    """R-1-1: a referral is for one of the two."""

    MUNICIPAL = "municipal", "Kommunalt kontrakt"
    GUARANTEE = "guarantee", "Hyresgaranti"


GUARANTEE_MONTHS = (12, 24)  # R-1-5; it covers the rent and the condition of the dwelling


# --- assessment ------------------------------------------------------------------------------------------------------


class AssessmentState(models.TextChoices):
    APPLIED = "applied", "Ansökan"
    INVESTIGATING = "investigating", "Utredning"
    ASSESSED = "assessed", "Bedömd"
    GRANTED = "granted", "Beviljad"
    OTHER = "other", "Annat stöd beviljat"
    REFUSED = "refused", "Avslag"
    APPEALED = "appealed", "Överklagat"
    CLOSED = "closed", "Avslutad"
    TRANSFERRED = "transferred", "Övertagen av annan förvaltning"
    WITHDRAWN = "withdrawn", "Ansökan återtagen"


_A = AssessmentState
BEFORE_DECISION = (_A.APPLIED, _A.INVESTIGATING, _A.ASSESSED)
APPEALABLE = (_A.REFUSED, _A.OTHER)
ASSESSMENT_ENDED = frozenset({_A.CLOSED.value, _A.TRANSFERRED.value, _A.WITHDRAWN.value})
ASSESSMENT_LOOKS = {
    _A.APPLIED: Look(_A.APPLIED.label, "neutral", "doc"),
    _A.INVESTIGATING: Look(_A.INVESTIGATING.label, "info", "dot"),
    _A.ASSESSED: Look(_A.ASSESSED.label, "info", "pen"),
    _A.GRANTED: Look(_A.GRANTED.label, "success", "ok"),
    _A.OTHER: Look(_A.OTHER.label, "info", "ok"),
    _A.REFUSED: Look(_A.REFUSED.label, "warning", "no"),
    _A.APPEALED: Look(_A.APPEALED.label, "warning", "alert"),
    _A.CLOSED: Look(_A.CLOSED.label, "neutral", "check"),
    _A.TRANSFERRED: Look(_A.TRANSFERRED.label, "neutral", "send"),
    _A.WITHDRAWN: Look(_A.WITHDRAWN.label, "neutral", "x"),
}


class ApplicationForm(models.TextChoices):
    WRITTEN = "written", "Skriftlig"
    ORAL = "oral", "Muntlig"


class HousingNow(models.TextChoices):
    """Where the applicant lives. Which of these count as homeless is a setting (R-1-13)."""

    NO_ROOF = "no_roof", "Har inte tak över huvudet"
    TEMPORARY = "temporary", "Tillfälligt hos andra"
    INSTITUTION = "institution", "Institution, familjehem eller HVB"
    TRAINING = "training", "Kommunens träningslägenhet"
    EMERGENCY = "emergency", "Kommunens jourlägenhet"
    SUPPORTED = "supported", "Kommunens stödboende"
    MUNICIPAL = "municipal", "Kommunalt kontrakt"
    OWN = "own", "Eget boende"


# R-1-13: who lives in one of the city's own is excepted from having no roof, and may qualify.
CITYS_OWN = frozenset({HousingNow.TRAINING, HousingNow.EMERGENCY, HousingNow.SUPPORTED, HousingNow.MUNICIPAL})


class Difficulty(models.TextChoices):
    """R-1-14: why it is hard to find a home oneself. The shortage alone is never enough."""

    SHORTAGE = "shortage", "Bostadsbristen"
    DEBTS = "debts", "Stora skulder"
    RENT_DEBTS = "rent_debts", "Hyresskulder"
    SOCIAL = "social", "Sociala hinder"
    ABILITY = "ability", "Bristande förmåga"
    LANGUAGE = "language", "Språkutmaningar"


class ExposedGroup(models.TextChoices):
    """R-1-16: the socially exposed groups that need particular support."""

    ADDICTION = "addiction", "Beroendeproblematik"
    DISABILITY = "disability", "Funktionsnedsättning, insatser enligt SoL eller LSS"
    REFUSED_BY_OWNERS = "refused", "Godkänns inte av fastighetsägare på grund av ekonomin"
    MENTAL = "mental", "Funktionsnedsättning på grund av psykisk ohälsa"
    FAMILY = "family", "Barnfamilj som är aktuell av annan anledning än bostaden"


NEEDS_INTERVENTIONS = frozenset({ExposedGroup.ADDICTION, ExposedGroup.DISABILITY, ExposedGroup.MENTAL})


class Ability(models.TextChoices):
    """R-1-10."""

    ALONE = "alone", "Klarar ett boende utan stöd"
    WITH_SUPPORT = "with_support", "Klarar ett boende med stöd"
    NOT = "not", "Klarar inte ett boende nu"


class TargetGroup(models.TextChoices):
    """R-1-18 to R-1-23, R-1-82 to R-1-85. Which of them a department has is a setting."""

    ECONOMIC = "economic", "Ekonomiskt bistånd, bostadslös av ekonomiska skäl"
    FAMILY_KNOWN = "family_known", "Barnfamilj som är aktuell av andra skäl och bostadslös"
    RETURNING_CHILDREN = "returning", "Bostadslös förälder vars placerade barn ska flytta hem"
    YOUNG_GROWN_UP_PLACED = "young_placed", "18–20 år, uppvuxen i familjehem, placeringen avslutad"
    YOUNG_READY = "young_ready", "18–20 år, placerad och redo för eget boende"
    YOUNG_CARE = "young_care", "18–20 år, vårdbehov utöver bostadsfrågan"
    ADDICTION = "addiction", "Insatser på grund av beroendeproblematik"
    PSYCHOSOCIAL = "psychosocial", "Insatser av social eller psykosocial karaktär"
    LASTING_DISABILITY = "disability", "Långvarigt behov av stöd i boendet på grund av funktionsnedsättning"


SOF_FAMILY = frozenset({TargetGroup.FAMILY_KNOWN, TargetGroup.RETURNING_CHILDREN})
YOUNG = frozenset({TargetGroup.YOUNG_GROWN_UP_PLACED, TargetGroup.YOUNG_READY, TargetGroup.YOUNG_CARE})
YOUNGEST, OLDEST = 18, 20  # R-1-82 to R-1-84


class Problem(models.TextChoices):
    """R-4-2, R-4-8: the grounds for a trial or training home. Homelessness alone is none of them."""

    HOMELESS = "homeless", "Hemlöshet"
    ADDICTION = "addiction", "Missbruk"
    MENTAL = "mental", "Psykiska problem"
    SOCIAL = "social", "Allvarliga sociala problem"


class DecisionKind(models.TextChoices):
    GRANT = "grant", "Bifall"
    OTHER = "other", "Annat stöd"
    REFUSAL = "refusal", "Avslag"
    EXTENSION = "extension", "Förlängning av remissen"
    CESSATION = "cessation", "Rätten till stöd upphör"
    HOUSING = "housing", "Bostadssocialt boende"


AGAINST = frozenset({DecisionKind.OTHER, DecisionKind.REFUSAL, DecisionKind.CESSATION})  # wholly or in part


# --- the question of responsibility ------------------------------------------------------------------------------------


class QuestionState(models.TextChoices):
    ASKED = "asked", "Dialog pågår"
    LIFTED = "lifted", "I samarbetsgruppen"
    SETTLED = "settled", "Klart vem som ansvarar"
    DROPPED = "dropped", "Frågan återtagen"


_Q = QuestionState
QUESTION_ENDED = frozenset({_Q.SETTLED.value, _Q.DROPPED.value})
QUESTION_LOOKS = {
    _Q.ASKED: Look(_Q.ASKED.label, "info", "chat"),
    _Q.LIFTED: Look(_Q.LIFTED.label, "warning", "send"),
    _Q.SETTLED: Look(_Q.SETTLED.label, "success", "check"),
    _Q.DROPPED: Look(_Q.DROPPED.label, "neutral", "x"),
}


class Position(models.TextChoices):
    """What an asked department answers."""

    OURS = "ours", "Vi ansvarar"
    NOT_OURS = "not_ours", "Vi ansvarar inte"


# --- referral ----------------------------------------------------------------------------------------------------------


class ReferralState(models.TextChoices):
    DRAFT = "draft", "Utkast"
    APPROVED = "approved", "Godkänd av den enskilde"
    SIGNED = "signed", "Undertecknad av chef"
    SUBMITTED = "submitted", "Inskickad"
    RETURNED = "returned", "Åter för komplettering"
    REGISTERED = "registered", "Registrerad"
    OFFERED = "offered", "Erbjuden bostad"
    ACCEPTED = "accepted", "Erbjudandet antaget"
    LEASE_SIGNED = "lease_signed", "Kontrakt tecknat"
    HOUSED = "housed", "Boende beslutat"
    SUPERSEDED = "superseded", "Ersatt av ny remiss"
    EXPIRED = "expired", "Har slutat gälla"
    CEASED = "ceased", "Rätten har upphört"
    WITHDRAWN = "withdrawn", "Återtagen"


_R = ReferralState
IN_WRITING = (_R.DRAFT, _R.RETURNED)
IN_FORCE = (_R.REGISTERED, _R.OFFERED, _R.ACCEPTED)
REFERRAL_ENDED = frozenset(s.value for s in (_R.HOUSED, _R.SUPERSEDED, _R.EXPIRED, _R.CEASED, _R.WITHDRAWN))
REFERRAL_LOOKS = {
    _R.DRAFT: Look(_R.DRAFT.label, "neutral", "pen"),
    _R.APPROVED: Look(_R.APPROVED.label, "info", "ok"),
    _R.SIGNED: Look(_R.SIGNED.label, "info", "pen"),
    _R.SUBMITTED: Look(_R.SUBMITTED.label, "info", "send"),
    _R.RETURNED: Look(_R.RETURNED.label, "warning", "history"),
    _R.REGISTERED: Look(_R.REGISTERED.label, "info", "dot"),
    _R.OFFERED: Look(_R.OFFERED.label, "info", "home"),
    _R.ACCEPTED: Look(_R.ACCEPTED.label, "success", "ok"),
    _R.LEASE_SIGNED: Look(_R.LEASE_SIGNED.label, "success", "pen"),
    _R.HOUSED: Look(_R.HOUSED.label, "success", "check"),
    _R.SUPERSEDED: Look(_R.SUPERSEDED.label, "neutral", "history"),
    _R.EXPIRED: Look(_R.EXPIRED.label, "neutral", "clock"),
    _R.CEASED: Look(_R.CEASED.label, "neutral", "no"),
    _R.WITHDRAWN: Look(_R.WITHDRAWN.label, "neutral", "x"),
}


class OwnGround(models.TextChoices):
    """R-1-23, R-1-85: the property department's own target groups need no referral of another department."""

    FOLLOW_UP_ENDED = "follow_up_ended", "Tidigare remitterad, uppföljningsansvaret har upphört"
    ASSIGNED_NEWCOMER = "newcomer", "Kommunanvisad nyanländ"


class Permit(models.TextChoices):
    TEMPORARY = "temporary", "Tillfälligt uppehållstillstånd"
    PERMANENT = "permanent", "Permanent uppehållstillstånd"


class Purpose(models.TextChoices):
    """Why a version of a referral was begun."""

    FIRST = "first", "Första lydelsen"
    CHANGE = "change", "Ändrad"
    COMPLETION = "completion", "Kompletterad"
    EXTENSION = "extension", "Genomgången inför förlängning"


# --- offer -------------------------------------------------------------------------------------------------------------


class OfferState(models.TextChoices):
    OPEN = "open", "Lämnat till förvaltningen"
    SUITABLE = "suitable", "Passande"
    ACCEPTED = "accepted", "Antaget"
    LEASE_SIGNED = "lease_signed", "Kontrakt tecknat"
    UNSUITABLE = "unsuitable", "Inte passande"
    DECLINED = "declined", "Nekat av den enskilde"
    LAPSED = "lapsed", "Förfallet"


_O = OfferState
LIVE = (_O.OPEN, _O.SUITABLE, _O.ACCEPTED)
OFFER_MOVES = frozenset(
    {
        ("open", "suitable"), ("open", "unsuitable"), ("open", "lapsed"), ("suitable", "accepted"),
        ("suitable", "declined"), ("suitable", "lapsed"), ("accepted", "lease_signed"), ("accepted", "lapsed"),
        ("accepted", "declined"),
    }
)  # fmt: skip
OFFER_LOOKS = {
    _O.OPEN: Look(_O.OPEN.label, "info", "send"),
    _O.SUITABLE: Look(_O.SUITABLE.label, "info", "ok"),
    _O.ACCEPTED: Look(_O.ACCEPTED.label, "success", "ok"),
    _O.LEASE_SIGNED: Look(_O.LEASE_SIGNED.label, "success", "pen"),
    _O.UNSUITABLE: Look(_O.UNSUITABLE.label, "neutral", "no"),
    _O.DECLINED: Look(_O.DECLINED.label, "warning", "no"),
    _O.LAPSED: Look(_O.LAPSED.label, "neutral", "x"),
}
_HELD = Look("Hålls för hushållet", "info", "home")


def offer_look(state: str, *, own: bool) -> Look:
    """To an own household FF offers the home itself: no department is asked first."""
    return _HELD if own and state == _O.OPEN else OFFER_LOOKS[_O(state)]


class UnsuitableReason(models.TextChoices):
    """R-1-50: why a department finds a dwelling unsuitable."""

    SIZE = "size", "Storleken"
    RENT = "rent", "Hyran"
    ACCESSIBILITY = "accessibility", "Tillgängligheten"
    AREA = "area", "Området är olämpligt"
    SCHOOL = "school", "Barnens skola eller förskola"
    SUPPORT = "support", "Stödet kan inte ges där"
    CHANGED = "changed", "Hushållets behov har ändrats"


class DeclinedReason(models.TextChoices):
    """Why the person says no to the one housing alternative."""

    AREA = "area", "Området"
    SIZE = "size", "Storleken"
    RENT = "rent", "Hyran"
    OWN_HOUSING = "own", "Har ordnat boende själv"
    NO_SHOW = "no_show", "Kom inte till visningen eller kontraktskrivningen"
    OTHER = "other", "Annat"


class SupportForm(models.TextChoices):
    """R-1-53, R-1-73 to R-1-75: the interventions that a housing is tied to. Which a department has is a setting."""

    HOUSING_SECRETARY = "secretary", "Bostadssekreterare, planering var tredje månad"
    HOUSING_SUPPORT = "housing_support", "Boendestöd"
    HOME_CARE = "home_care", "Hemvård"
    HOME_SERVICE = "home_service", "Hemservice"
    SAFETY_ALARM = "alarm", "Trygghetslarm"
    TREATMENT = "treatment", "Behandlingsinsats"
    FAMILY_SUPPORT = "family", "Familjebehandling"
    BUDGET = "budget", "Budget- och skuldrådgivning"
