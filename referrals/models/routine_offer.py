"""A home is offered, seen, leased, and decided on."""

from bostad.casework.graph import SYSTEM, step
from referrals import applies
from referrals.models.takers import CASEWORKER, CLIENTS, FF_EITHER, MANAGER, OWN_FF
from referrals.rules import guarantee, offer, representative, validity
from referrals.states import ReferralState

S = ReferralState


class OfferSteps:
    @step(
        "Erbjud bostad",
        source=S.REGISTERED,
        target=S.OFFERED,
        by=FF_EITHER,
        rules=["R-1-48", "R-1-7", "R-1-45", "R-1-85"],
        why="Den remitterande förvaltningen tar ställning först, för ett eget hushåll FF. Behovet avgör, det finns ingen kö.",
        needs=[validity.the_referral_is_valid, offer.the_permit_has_not_ended, offer.one_home_is_offered,
               offer.no_offer_lives],
        asks=[offer.the_dwelling_is_free, offer.the_dwelling_serves_the_form, offer.a_misfit_has_a_reason,
              offer.nobody_has_another_offer, offer.a_no_elsewhere_has_a_reason,
              offer.the_home_is_free_while_the_permit_lasts, offer.a_guaranteed_home_is_the_owners_to_let],
    )  # fmt: skip
    def make_offer(self) -> None: ...

    @step(
        "Bostaden passar",
        source=S.OFFERED,
        target=None,
        by=CLIENTS,
        rules=["R-1-48", "R-1-50"],
        why="Den remitterande förvaltningen, för ett eget hushåll FF, tar ett första ställningstagande om bostaden är passande.",
        needs=[offer.an_offer_awaits_an_answer],
        applies=applies.an_offer_is_open,
    )
    def find_suitable(self) -> None: ...

    @step(
        "Bostaden passar inte",
        source=S.OFFERED,
        target=S.REGISTERED,
        by=CLIENTS,
        rules=["R-1-50"],
        why="Skälet registreras. Den enskilde har då inte fått något erbjudande.",
        needs=[offer.an_offer_awaits_an_answer],
        applies=applies.an_offer_is_open,
    )
    def find_unsuitable(self) -> None: ...

    @step(
        "Informera den enskilde och boka visning",
        source=[S.OFFERED, S.ACCEPTED],
        target=None,
        by=CLIENTS,
        rules=["R-1-49"],
        why="Den enskilde får veta om bostaden. Visning och kontraktskrivning bokas.",
        needs=[offer.the_department_finds_it_suitable],
        asks=[offer.the_client_is_informed, offer.a_viewing_is_booked_or_waived, offer.the_signing_is_booked],
        tells=[representative.the_representative_may_act],
    )
    def inform_client(self) -> None: ...

    @step(
        "Den enskilde tackar ja",
        source=S.OFFERED,
        target=S.ACCEPTED,
        by=CLIENTS,
        rules=["R-1-49"],
        why="Efter visningen lämnar den enskilde sitt svar.",
        needs=[offer.the_department_finds_it_suitable, offer.the_client_is_informed, offer.a_viewing_is_booked_or_waived],
        asks=[offer.the_viewing_has_been],
    )  # fmt: skip
    def accept(self) -> None: ...

    @step(
        "Den enskilde tackar nej",
        source=[S.OFFERED, S.ACCEPTED],
        target=S.REGISTERED,
        by=CLIENTS,
        rules=["R-1-29"],
        why="Ett boendealternativ erbjuds. Ett nytt erbjudande kräver ett beslut med skäl.",
        needs=[offer.the_department_finds_it_suitable, offer.the_client_is_informed],
    )
    def decline(self) -> None: ...

    @step(
        "Dra tillbaka erbjudandet",
        source=[S.OFFERED, S.ACCEPTED],
        target=S.REGISTERED,
        by=FF_EITHER,
        rules=["R-1-48"],
        why="När bostaden inte längre kan lämnas. Den enskilde har inte förbrukat något erbjudande.",
        aside=True,
    )
    def take_back_offer(self) -> None: ...

    @step(
        "Tillåt ytterligare ett erbjudande",
        source=S.REGISTERED,
        target=None,
        by=[*MANAGER],
        rules=["R-1-29"],
        why="Undantaget beslutas av chef, med skäl.",
        needs=[offer.an_offer_was_declined],
        applies=applies.another_offer_is_to_be_decided,
    )
    def allow_another_offer(self) -> None: ...

    # --- lease and housing -----------------------------------------------------------------------------------------------

    @step(
        "Kontraktet är undertecknat",
        source=S.ACCEPTED,
        target=S.LEASE_SIGNED,
        by=[SYSTEM],
        rules=["R-1-51", "R-1-3"],
        why="Tas av sig självt när hyresgästen har undertecknat det kommunala kontraktet.",
        needs=[offer.ff_signs_only_municipal_leases],
        asks=[offer.the_municipal_lease_is_signed],
        applies=applies.is_for_a_municipal_lease,
    )
    def record_lease_signed(self) -> None: ...

    @step(
        "Registrera ägarens kontrakt",
        source=S.ACCEPTED,
        target=S.LEASE_SIGNED,
        by=FF_EITHER,
        rules=["R-1-51", "R-1-4", "R-1-5"],
        why="Vid hyresgaranti tecknar ägaren förstahandskontraktet med hushållet. FF registrerar det, och garantins tid.",
        asks=[
            offer.the_owners_lease_is_recorded,
            offer.the_owner_has_the_home_to_let,
            offer.the_guarantee_runs_one_or_two_years,
        ],
        applies=applies.is_a_guarantee,
    )
    def record_owner_lease(self) -> None: ...

    @step(
        "Rätta ägarens kontrakt",
        source=[S.LEASE_SIGNED, S.HOUSED],
        target=None,
        by=FF_EITHER,
        rules=["R-1-51", "R-1-4", "R-1-5"],
        why="Något i ägarens kontrakt skrevs fel. Skälet står i journalen, och det gamla i historiken.",
        asks=[
            offer.the_owners_lease_is_recorded,
            offer.the_owner_has_the_home_to_let,
            offer.the_guarantee_runs_one_or_two_years,
        ],
        applies=applies.the_guarantee_runs,
        aside=True,
    )
    def correct_owner_lease(self) -> None: ...

    @step(
        "Avsluta hyresgarantin",
        source=[S.LEASE_SIGNED, S.HOUSED],
        target=None,
        by=FF_EITHER,
        rules=["R-1-6", "R-1-62", "R-1-63"],
        why="Garantin avslutas när hushållet har skött sig, betalat i tid och vårdat lägenheten, efter dialog med ägaren.",
        asks=[guarantee.the_household_has_been_orderly, guarantee.the_rent_was_paid_in_time,
              guarantee.the_flat_was_cared_for, guarantee.the_owner_was_heard, guarantee.the_guarantee_has_run_a_year],
        applies=applies.the_guarantee_runs,
        aside=True,
    )  # fmt: skip
    def end_guarantee(self) -> None: ...

    @step(
        "Besluta om boende",
        source=S.LEASE_SIGNED,
        target=S.HOUSED,
        by=[*CASEWORKER, *MANAGER],
        rules=["R-1-52", "R-1-53"],
        why="När kontraktet är tecknat beslutas om bostadssocialt boende och de insatser som det är knutet till.",
        asks=[offer.housing_is_decided, offer.the_housing_is_tied_to_interventions],
        applies=applies.comes_from_another_department,
    )
    def decide_housing(self) -> None: ...

    @step(
        "Avsluta, hushållet har flyttat in",
        source=S.LEASE_SIGNED,
        target=S.HOUSED,
        by=OWN_FF,
        rules=["R-1-23"],
        why="FF:s egna hushåll får inget beslut av en annan förvaltning, och ingen uppföljning där.",
        applies=applies.is_of_an_own_group,
    )
    def close_own(self) -> None: ...
