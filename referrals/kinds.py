"""What the spine needs to know of the three kinds of this house: assessment, question of responsibility, referral."""

from datetime import date

from bostad.casework.graph import Kind
from bostad.organisation.roles import Role
from bostad.organisation.scope import staff_holding
from referrals.facts import AssessmentFacts, QuestionFacts, ReferralFacts
from referrals.loading import assessment, question, referral
from referrals.models import Assessment, Question, Referral
from referrals.states import (
    ASSESSMENT_ENDED,
    ASSESSMENT_LOOKS,
    QUESTION_ENDED,
    QUESTION_LOOKS,
    REFERRAL_ENDED,
    REFERRAL_LOOKS,
    AssessmentState,
    LeaseForm,
    OfferState,
    OwnGround,
    Purpose,
    QuestionState,
    ReferralState,
    Support,
)

HELSINGBORG = "Riktlinjer, bostadssociala lägenheter: kommunala kontrakt och hyresgarantier (Helsingborg)"
STOCKHOLM = "Riktlinjer för försöks- och träningslägenheter (Stockholm)"
FORMS = (("kontrakt", LeaseForm.MUNICIPAL), ("garanti", LeaseForm.GUARANTEE))


def _assessment(support: Support) -> AssessmentFacts:
    """A case in which everything is still to be done: the steps of its routine apply."""
    return AssessmentFacts(
        today=date.max, state="", support=support, department_id=0, unit_id=None, assignee_id=None, children=1
    )


class _Anything(str):
    """An offer in every state at once: so that a drawing shows all its steps."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return other in OfferState.values


def _referral(form: LeaseForm, own_ground: str = "") -> ReferralFacts:
    return ReferralFacts(
        today=date.max, state="", lease_form=form, department_id=0, unit_id=None, assignee_id=None,
        property_department_id=0, is_own=bool(own_ground), own_ground=own_ground, offer_state=_Anything(), declined=1,
        purpose=Purpose.FIRST,
    )  # fmt: skip


ASSESSMENT = Kind(
    key="assessment",
    label="Utredning",
    plural="Utredningar",
    prefix="U",
    model=Assessment,
    states=AssessmentState,
    closed=ASSESSMENT_ENDED,
    load_facts=assessment.load,
    looks=ASSESSMENT_LOOKS,
    page="referrals:assessment",
    step_page="referrals:assessment_step",
    handled_by=frozenset({Role.CASEWORKER}),
    source=f"{HELSINGBORG}; {STOCKHOLM}",
    variants={
        "social": ("Stöd till bostadsanskaffning", _assessment(Support.SOCIAL)),
        "forsok": ("Försökslägenhet", _assessment(Support.TRIAL)),
        "traning": ("Träningslägenhet", _assessment(Support.TRAINING)),
        "jour": ("Jourlägenhet", _assessment(Support.EMERGENCY)),
    },
)

QUESTION = Kind(
    key="question",
    label="Ansvarsfråga",
    plural="Ansvarsfrågor",
    prefix="A",
    model=Question,
    states=QuestionState,
    closed=QUESTION_ENDED,
    load_facts=question.load,
    looks=QUESTION_LOOKS,
    page="referrals:question",
    step_page="referrals:question_step",
    handled_by=frozenset({Role.CASEWORKER}),
    source=HELSINGBORG,
    variants={
        "dialog": ("Dialog och samarbetsgrupp", QuestionFacts(
            today=date.max, state="", department_id=0, unit_id=None, assignee_id=None, asked_ids=(1,)
        )),
    },
)  # fmt: skip


def _keeps_reading(case: Referral) -> set[int | None]:
    """Who handles a referral that becomes restricted; where it has been sent also who seeks a home, and their managers."""
    named = {case.assignee_id}
    if case.submitted_on or case.is_own:
        named |= {
            case.officer_id,
            *staff_holding(Role.MANAGER, case.property_department_id).values_list("pk", flat=True),
        }
    return named


REFERRAL = Kind(
    key="referral",
    label="Remiss",
    plural="Remisser",
    prefix="R",
    model=Referral,
    states=ReferralState,
    closed=REFERRAL_ENDED,
    load_facts=referral.load,
    looks=REFERRAL_LOOKS,
    page="referrals:referral",
    step_page="referrals:referral_step",
    handled_by=frozenset({Role.CASEWORKER, Role.PROPERTY_OFFICER}),
    keeps_reading=_keeps_reading,
    source=HELSINGBORG,
    variants={
        **{
            f"ff-{code.lower()}-{short}": (f"FF–{code}, {form.label.lower()}", _referral(form))
            for code in ("AMF", "SOF", "VOF")
            for short, form in FORMS
        },
        **{
            f"ff-{short}": (f"FF:s egna målgrupper, {form.label.lower()}", _referral(form, OwnGround.ASSIGNED_NEWCOMER))
            for short, form in FORMS
        },
    },
)
