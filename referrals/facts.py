"""What is known of a case when a step is asked for. Frozen, free of the database: rules are tested without one.

The log keeps the facts of every step for ever. So they are ids, dates, amounts and yes or no: no name, no number of a
person, nothing that somebody wrote in their own words, and no diagnosis.
"""

from dataclasses import dataclass
from datetime import date


class Settings:
    """The municipality's own values, in force for the clock of the case. A mix-in: `days` is the class's own field."""

    days: tuple[tuple[str, int], ...]

    def setting(self, key: str) -> int:
        return dict(self.days)[key]


@dataclass(frozen=True)
class AssessmentFacts(Settings):
    today: date
    state: str
    support: str
    department_id: int
    unit_id: int | None
    assignee_id: int | None
    closed_on: date | None = None
    is_restricted: bool = False
    # the application
    applied_on: date | None = None
    application_is_documented: bool = False
    applicants: int = 0
    applicants_numbered: int = 0
    age: int | None = None  # of the first applicant, today
    youngest_adult_age: int | None = None
    children: int = 0
    represented: bool = False
    representatives_may_act: bool = True
    representatives_have_address: bool = True
    # registration and present home
    is_registered_here: bool | None = None
    is_crime_victim: bool | None = None
    exception_has_ground: bool = False
    housing_now: str = ""
    housing_is_described: bool = False
    counts_as_homeless: tuple[str, ...] = ()  # the setting: which present homes do
    has_own_lease: bool | None = None
    child_is_at_risk: bool = False
    # the need
    alternatives_exhausted: bool | None = None
    alternatives_are_described: bool = False
    difficulties: tuple[str, ...] = ()
    evidence: tuple[bool | None, bool | None, bool | None] = (None, None, None)
    is_not_able: bool = False
    exposed_group: str = ""
    needs_interventions: bool | None = None
    ability: str = ""
    ability_is_described: bool = False
    # target group
    target_group: str = ""
    department_groups: tuple[str, ...] = ()  # the setting: whose target groups these are
    has_economic_assistance: bool | None = None
    is_homeless_for_economic_reasons: bool | None = None
    lacks_economy: bool | None = None
    has_special_difficulty: bool | None = None
    known_for_other_reasons: bool | None = None
    children_return_decided: bool = False
    placement_ended_on: date | None = None
    is_placed: bool | None = None
    is_ready_for_own: bool | None = None
    readiness_is_described: bool = False
    care_need_is_described: bool = False
    special_housing_considered: bool = False
    # trial, training, emergency
    contact_is_described: bool = False
    not_approvable_is_described: bool = False
    problems: tuple[str, ...] = ()
    relevant_help_received: bool | None = None
    able_to_manage: bool | None = None
    takeover_is_realistic: bool | None = None
    needs_more_supervision: bool | None = None
    acute_situation_is_described: bool = False
    planned_end_on: date | None = None
    evictions_examined: bool = False
    rent_debts_examined: bool = False
    other_debts_examined: bool = False
    payment_plan_examined: bool = False
    debt_relief_examined: bool = False
    # children
    children_analysed: int = 0
    children_offered_support: int = 0
    # responsibility
    question_is_open: bool = False
    department_consent: bool = False  # every adult has consented to a dialogue with another department
    # the decision
    assessed_on: date | None = None
    is_assessed_in_words: bool = False
    other_support_examined: bool = False
    decision_kind: str = ""
    decided_on: date | None = None
    decision_has_document: bool = False
    decider_has_delegation: bool = False
    decision_has_child_analysis: bool = False
    received_on: date | None = None
    appeal_by: date | None = None
    appealed_on: date | None = None
    appeal_is_rejected: bool = False
    appeal_settled_on: date | None = None
    has_referral: bool = False
    referral_is_open: bool = False
    has_plan: bool = False
    days: tuple[tuple[str, int], ...] = ()

    @property
    def appealable_on(self) -> date | None:
        return self.decided_on


@dataclass(frozen=True)
class QuestionFacts(Settings):
    today: date
    state: str
    department_id: int
    unit_id: int | None
    assignee_id: int | None
    closed_on: date | None = None
    asked_on: date | None = None
    asked_ids: tuple[int, ...] = ()
    queues: tuple[tuple[int, int], ...] = ()  # the receiving unit of each asked department
    answered_ids: tuple[int, ...] = ()
    taker_ids: tuple[int, ...] = ()
    somebody_takes_it: bool = False  # one department says that it is theirs, and no other does
    consent_holds: bool = False
    consent_revoked_on: date | None = None
    lifted_on: date | None = None
    meeting_on: date | None = None
    responsible_id: int | None = None
    assessment_is_open: bool = False
    days: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class ReferralFacts(Settings):
    today: date
    state: str
    lease_form: str
    department_id: int
    unit_id: int | None
    assignee_id: int | None
    property_department_id: int
    property_unit_id: int | None = None  # its queue
    officer_id: int | None = None  # who handles it there
    closed_on: date | None = None
    opened_on: date | None = None
    is_own: bool = False
    own_ground: str = ""
    own_ground_is_referenced: bool = False
    permit: str = ""
    permit_to: date | None = None
    is_restricted: bool = False
    # the decision
    is_granted: bool = False
    decided_on: date | None = None
    # the household
    adults: int = 0
    children: int = 0
    children_analysed: int = 0  # in the assessment, or since
    represented: bool = False
    representatives_may_act: bool = True
    representatives_have_address: bool = True
    # the version in writing
    version_begun_on: date | None = None
    is_being_written: bool = False
    purpose: str = ""
    missing: tuple[str, ...] = ()  # mandatory sections that lack something
    unreviewed: tuple[str, ...] = ()  # sections that an extension has not gone through
    health_without_reason: bool = False
    form_has_motivation: bool = False
    economy_checked_on: date | None = None
    debt_total: int | None = None  # kronor
    debt_dialogue_on: date | None = None
    debt_dialogue_is_named: bool = False
    informed_on: date | None = None
    signatures: int = 0
    signatures_are_of_this: bool = False
    signers_had_the_right: bool = True  # who signed for another, on the day of the signature
    words_name_who_acts: bool = True
    approved_on: date | None = None
    manager_signed_on: date | None = None
    signer_is_author: bool = False
    completion_asked_on: date | None = None
    completion_is_named: bool = False
    unanswered: tuple[str, ...] = ()  # sections that somebody has asked of and that say the same as then
    unanswered_of_receiver: tuple[str, ...] = ()  # of them those that FF has asked of
    # validity
    submitted_on: date | None = None
    registered_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    extensions: int = 0
    let_run_out_on: date | None = None
    end_noted_on: date | None = None  # by the property department, of a referral that ceased or was withdrawn
    extension_decided: bool = False  # a decision that this extension rests on
    cessation_decided_on: date | None = None
    received_on: date | None = None  # the decision that the right ceases
    appeal_by: date | None = None
    appealed_on: date | None = None
    appeal_is_rejected: bool = False
    appeal_settled_on: date | None = None
    # the offer that lives, or the last one
    offer_state: str = ""
    offered_on: date | None = None
    offer_free_from: date | None = None
    answer_by: date | None = None
    answered_on: date | None = None
    dwelling_is_free: bool = False
    dwelling_serves_form: bool = False
    misfits: tuple[str, ...] = ()  # what does not fit the need, by name
    misfit_has_reason: bool = False
    client_informed_on: date | None = None
    viewing_on: date | None = None
    viewing_is_waived: bool = False
    signing_on: date | None = None
    client_answer_on: date | None = None
    waiting_since: date | None = None  # for a home: since it was registered, or since the last offer came to nothing
    declined: int = 0  # noes of the household in the department's own cases, on the same decision or open
    declined_on: date | None = None  # the last of them
    overrides: int = 0  # of the same cases
    offered_elsewhere: bool = False  # another offer to somebody of the household lives
    declined_elsewhere: bool = False  # a no in a case that the department may not read
    no_elsewhere_has_reason: bool = False
    # the lease
    contract_signed_on: date | None = None
    owner_lease_on: date | None = None
    owner_lease_is_complete: bool = False
    municipality_has_the_home: bool = False  # by a lease or by its own right, on the day from which it is offered
    municipality_rents_the_home: bool = False  # on the day when the household moves in
    guarantee_months: int | None = None
    guarantee_year_to: date | None = None  # the last day of the year that it runs at least
    guarantee_shown: tuple[str, ...] = ()  # of `models.guarantee.EVIDENCE` what the ending holds
    guarantee_dialogue_on: date | None = None
    guarantee_ended_on: date | None = None
    housing_decided_on: date | None = None
    support_is_decided: bool = False
    days: tuple[tuple[str, int], ...] = ()

    @property
    def appealable_on(self) -> date | None:
        """A referral's own decision that can be appealed is that the right ceases."""
        return self.cessation_decided_on
