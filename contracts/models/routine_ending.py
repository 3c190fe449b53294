"""Notice, moving out, what is left behind, billing and the closing; taking over; calling off."""

from bostad.casework.graph import owner, step
from bostad.organisation.roles import Role
from contracts import applies
from contracts.models.takers import EVERYONE, OFFICE, PROVIDER
from contracts.rules import moving_out, notice, registration, signing, takeover, tenure
from contracts.states import ContractState

S = ContractState


class EndingSteps:
    @step(
        "Registrera uppsägning",
        source=[S.SIGNED, S.ACTIVE],
        target=S.NOTICE_GIVEN,
        by=EVERYONE,
        rules=["R-0-19", "R-4-17"],
        why="Uppsägningsdatum, planerad utflyttning och orsak. Uppsägningstiden räknas enligt lag.",
        asks=[
            notice.the_notice_is_complete,
            notice.a_death_is_not_the_tenants_own_reason,
            takeover.a_takeover_is_a_step_of_its_own,
            notice.the_notice_is_not_in_the_future,
            notice.the_notice_comes_after_the_contract,
            notice.the_municipalitys_notice_is_not_backdated,
            notice.the_planned_move_out_is_not_before_notice,
            notice.an_estate_has_a_day_of_death,
            notice.an_estate_gives_notice_when_nobody_is_left,
            notice.the_agreed_end_comes_after_the_notice,
            tenure.only_a_short_term_ends_without_notice,
            notice.the_municipalitys_notice_has_grounds,
            notice.the_municipality_keeps_the_notice_time,
        ],
        tells=[
            notice.the_end_is_not_before_the_notice_time,
            notice.the_estate_gave_notice_within_a_month,
            tenure.the_let_is_second_hand,
            tenure.no_security_from_the_first_day,
            tenure.no_security_after_two_years,
            notice.the_grant_is_settled,
        ],
        aside=True,
    )
    def give_notice(self) -> None: ...

    @step(
        "Registrera delgivningen",
        source=S.NOTICE_GIVEN,
        target=None,
        by=OFFICE,
        rules=["R-4-17"],
        why="Kommunens uppsägning gäller från den dag då hyresgästen får den. Därifrån räknas uppsägningstiden.",
        asks=[notice.the_service_comes_after_the_notice],
        applies=applies.service_is_awaited,
    )
    def record_service(self) -> None: ...

    @step(
        "Återta uppsägningen",
        source=S.NOTICE_GIVEN,
        target=S.SIGNED,
        by=(*OFFICE, owner(Role.MANAGER)),
        why="Båda är överens om att hyresförhållandet fortsätter.",
        applies=applies.nobody_has_signed_the_move_out,
        undo=True,
    )
    def withdraw_notice(self) -> None: ...

    @step(
        "Registrera undertecknad överenskommelse om avflyttning",
        source=S.NOTICE_GIVEN,
        target=None,
        by=EVERYONE,
        rules=["R-0-20"],
        why="Hyresgästen eller företrädaren undertecknar på hyresgästens originalkontrakt.",
        asks=[moving_out.the_move_out_agreement_is_signed, moving_out.the_agreement_is_signed_after_notice],
        tells=[registration.the_representative_has_authority],
        applies=applies.the_agreement_is_awaited,
    )
    def sign_move_out(self) -> None: ...

    @step(
        "Besluta att överenskommelsen inte kan undertecknas",
        source=S.NOTICE_GIVEN,
        target=None,
        by=[owner(Role.MANAGER)],
        rules=["R-0-20"],
        why="Ingen kan eller vill underteckna. Chefen skriver varför, och avvikelsen står kvar i loggen.",
        applies=applies.the_agreement_is_awaited,
        aside=True,
    )
    def record_obstacle(self) -> None: ...

    @step(
        "Registrera utflyttning",
        source=S.NOTICE_GIVEN,
        target=S.MOVED_OUT,
        by=EVERYONE,
        rules=["R-0-19"],
        why="Utflyttningsdatum, orsak och avslutningsdatum. Bostaden blir ledig efter avslutningsdatumet.",
        needs=[moving_out.the_move_out_agreement_is_signed, notice.the_municipalitys_notice_is_served],
        asks=[
            moving_out.the_ending_is_complete,
            takeover.a_takeover_is_a_step_of_its_own,
            moving_out.nobody_moves_out_before_notice,
            moving_out.nobody_moves_out_before_moving_in,
            moving_out.the_move_out_has_happened,
            moving_out.nothing_closes_before_moving_out,
            moving_out.the_tenancy_is_not_closed_before_its_time,
            moving_out.the_tenancy_is_not_closed_after_its_time,
            moving_out.it_is_known_if_property_was_left,
        ],
        tells=[notice.the_grant_is_settled],
    )
    def move_out(self) -> None: ...

    @step(
        "Ta tillbaka utflyttningen",
        source=S.MOVED_OUT,
        target=S.NOTICE_GIVEN,
        by=[owner(Role.MANAGER)],
        rules=["R-0-19"],
        why="Något datum var fel. Utflyttningen registreras på nytt, och debiteringen meddelas på nytt.",
        applies=applies.was_not_taken_over,
        undo=True,
    )
    def undo_move_out(self) -> None: ...

    @step(
        "Registrera att hyresgästens original skickats åter",
        source=S.MOVED_OUT,
        target=None,
        by=PROVIDER,
        rules=["R-0-21"],
        why="Hyresgästens original, med överenskommelsen, förvaras hos förvaltningen.",
        applies=applies.the_tenants_original_is_awaited,
    )
    def send_back_tenants_original(self) -> None: ...

    @step(
        "Förteckna kvarlämnad egendom",
        source=S.MOVED_OUT,
        target=None,
        by=EVERYONE,
        rules=["R-4-19"],
        why="Förteckning, förvaring, underrättelse till ägaren och hur länge den förvaras.",
        asks=[moving_out.property_is_kept_long_enough, moving_out.the_owner_of_property_is_told_when_it_is_found],
        applies=applies.property_is_to_be_listed,
    )
    def record_property(self) -> None: ...

    @step(
        "Besluta om kvarlämnad egendom",
        source=S.MOVED_OUT,
        target=None,
        by=OFFICE,
        rules=["R-4-19"],
        why="Ingenting bortskaffas utan förteckning, underrättelse, väntetid och beslut.",
        needs=[moving_out.property_left_behind_is_listed],
        asks=[moving_out.the_owner_of_property_is_told_when_it_is_found],
        applies=applies.property_is_to_be_decided,
    )
    def decide_property(self) -> None: ...

    @step(
        "Meddela debiteringen",
        source=S.MOVED_OUT,
        target=None,
        by=OFFICE,
        rules=["R-0-27"],
        why="Debiteringen får avslutsuppgifterna och sista debiterade dag.",
        asks=[
            moving_out.billing_is_told,
            moving_out.nobody_is_charged_after_closing,
            moving_out.rent_is_charged_until_the_tenancy_ends,
        ],
        applies=applies.billing_is_to_be_told,
    )
    def notify_billing(self) -> None: ...

    @step(
        "Avsluta ärendet",
        source=S.MOVED_OUT,
        target=S.CLOSED,
        by=OFFICE,
        rules=["R-0-19", "R-0-21", "R-0-27"],
        why="Allt är gjort: originalen i arkivet, debiteringen meddelad, biståndet och bostaden var för sig avslutade.",
        needs=[
            moving_out.the_ending_is_complete,
            moving_out.the_closing_date_has_come,
            moving_out.the_tenants_original_is_archived,
            signing.the_municipal_original_is_archived,
            signing.the_municipal_annexes_are_archived,
            moving_out.billing_is_told,
            notice.the_grant_is_settled,
            moving_out.property_left_behind_is_decided,
        ],
    )
    def close(self) -> None: ...

    @step(
        "Öppna ärendet igen",
        source=S.CLOSED,
        target=S.MOVED_OUT,
        by=[owner(Role.MANAGER)],
        rules=["R-0-19"],
        why="Ärendet avslutades av misstag, eller på felaktiga uppgifter.",
        undo=True,
    )
    def reopen(self) -> None:
        self.outcome = ""

    @step(
        "Registrera övertagande",
        source=S.ACTIVE,
        target=S.MOVED_OUT,
        by=(owner(Role.HOUSING_COORDINATOR), owner(Role.PROPERTY_OFFICER)),
        rules=["R-4-27", "R-4-5", "R-4-7"],
        why="Hyresgästen tar över förstahandskontraktet. Det är målet för en försökslägenhet.",
        needs=[takeover.an_emergency_flat_is_never_taken_over],
        asks=[takeover.a_training_flat_is_taken_over_for_special_reasons, takeover.the_owner_consents_to_the_takeover],
        applies=applies.is_a_supported_let,
        aside=True,
    )
    def take_over(self) -> None: ...

    @step(
        "Återkalla kontraktet",
        source=[S.REGISTERED, S.ORDERED, S.RETURNED, S.ISSUED, S.DISPATCHED],
        target=S.CANCELLED,
        by=OFFICE,
        rules=["R-0-19"],
        why="Kontraktet blir inte av. Bostaden blir ledig och bladen ogiltiga.",
        needs=[moving_out.nobody_has_moved_in],
        aside=True,
    )
    def cancel(self) -> None:
        self.outcome = "cancelled"

    @step(
        "Återkalla kontraktet efter inflyttningsdagen",
        source=[S.ISSUED, S.DISPATCHED],
        target=S.CANCELLED,
        by=[owner(Role.MANAGER)],
        rules=["R-0-19"],
        why="Hyresgästen flyttade aldrig in. Chefen skriver hur det är känt; avvikelsen står kvar i loggen.",
        applies=applies.the_move_in_day_has_come,
        aside=True,
    )
    def cancel_late(self) -> None:
        self.outcome = "cancelled"

    @step(
        "Ta bort registreringen",
        source=[S.REGISTERED, S.RETURNED],
        target=S.CANCELLED,
        by=PROVIDER,
        why="Hyresgästen flyttar inte in. Bostaden blir ledig.",
        aside=True,
    )
    def withdraw(self) -> None:
        self.outcome = "cancelled"
