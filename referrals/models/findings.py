"""What the investigation has found. Each answer may be missing until the case is assessed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bostad import history
from bostad.casework import triggers
from referrals.models.assessment import Assessment
from referrals.states import Ability, Difficulty, ExposedGroup, HousingNow, Problem, TargetGroup


def _yes_no(label: str) -> models.BooleanField:
    return models.BooleanField(label, null=True, blank=True)


def _text(label: str) -> models.TextField:
    return models.TextField(label, blank=True)


@history.tracked()
class Findings(models.Model):
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="findings", primary_key=True)

    # registration and present home
    is_registered_here = _yes_no("Folkbokförd i kommunen")
    is_crime_victim = _yes_no("Brottsoffer som ansöker från annan kommun")
    exception_ground = _text("Grund för undantaget från folkbokföring")
    housing_now = models.CharField("Bor nu", max_length=11, choices=HousingNow, blank=True)
    housing_now_text = _text("Boendet nu och tidigare")
    has_own_lease = _yes_no("Eget hyreskontrakt på den öppna bostadsmarknaden")

    # the need
    alternatives_exhausted = _yes_no("Behovet kan inte tillgodoses på annat sätt")
    alternatives_text = _text("Vilka andra möjligheter som har prövats")
    difficulties = ArrayField(
        models.CharField(max_length=10, choices=Difficulty), default=list, blank=True, verbose_name="Svårigheter"
    )
    searched_elsewhere = _yes_no("Har sökt bostad i andra kommuner")
    searched_second_hand = _yes_no("Har sökt andrahandsboende")
    lacks_guarantor = _yes_no("Saknar borgensman")
    not_able_because = _text("Kan inte söka själv därför att")
    exposed_group = models.CharField("Socialt utsatt grupp", max_length=10, choices=ExposedGroup, blank=True)
    needs_interventions = _yes_no("Behöver insatser")
    ability = models.CharField("Förmåga att sköta ett boende", max_length=12, choices=Ability, blank=True)
    ability_text = _text("Förmågan, och vilket stöd som behövs")

    # whose target group
    target_group = models.CharField("Målgrupp", max_length=12, choices=TargetGroup, blank=True)
    has_economic_assistance = _yes_no("Har ekonomiskt bistånd")
    is_homeless_for_economic_reasons = _yes_no("Primärt bostadslös av ekonomiska skäl")
    lacks_economy = _yes_no("Saknar ekonomiska förutsättningar att få bostad")
    has_special_difficulty = _yes_no("Har speciella svårigheter att ordna bostad")
    known_for_other_reasons = _yes_no("Aktuell för insatser av annan anledning än bostaden")
    children_return_decided_on = models.DateField("Beslut att barnen flyttar hem", null=True, blank=True)
    placement_ended_on = models.DateField("Placeringen avslutad", null=True, blank=True)
    is_placed = _yes_no("Placerad i familjehem eller HVB")
    is_ready_for_own = _yes_no("Bedömd redo för eget boende")
    readiness_text = _text("Bedömningen av mognad för eget boende")
    care_need_text = _text("Vårdbehov utöver bostadsfrågan")
    special_housing_text = _text("Varför särskilt boende enligt SoL eller LSS inte passar")

    # trial, training and emergency homes
    contact_text = _text("Kontakten med socialtjänsten")
    not_approvable_text = _text("Varför hyresvärdar inte godkänner för eget kontrakt")
    problems = ArrayField(
        models.CharField(max_length=9, choices=Problem), default=list, blank=True, verbose_name="Grunder"
    )
    relevant_help_received = _yes_no("Har fått relevant hjälp för sin problematik")
    able_to_manage = _yes_no("Bedöms klara eget boende")
    takeover_is_realistic = _yes_no("Realistisk möjlighet att ta över förstahandskontraktet")
    needs_more_supervision = _yes_no("Större behov av stöd och tillsyn")
    acute_situation_text = _text("Den akuta sociala situationen")
    planned_end_on = models.DateField("Boendet beräknas sluta", null=True, blank=True)
    evictions_text = _text("Tidigare vräkningar")
    rent_debts_text = _text("Hyresskulder")
    other_debts_text = _text("Andra skulder")
    payment_plan_text = _text("Avbetalningsplaner")
    debt_relief_text = _text("Skuldsanering")
    debt_adviser_on = models.DateField("Budget- och skuldrådgivare kontaktad", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "utredningens uppgifter", "utredningars uppgifter"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_registered_here=True, is_crime_victim__isnull=True)
                | ~Q(is_registered_here=True)
                | Q(is_crime_victim=False),
                name="an_exception_is_for_who_is_not_registered",
                violation_error_message="Undantaget gäller bara den som inte är folkbokförd i kommunen.",
            ),
        ]
        triggers = [triggers.part_by_a_step("assessment_id")]

    def __str__(self) -> str:
        return f"uppgifter {self.assessment_id}"
