"""Applications, decisions, referrals and offers of AMF, SOF and VOF, and FF's own households: over all states."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bostad import dates, identifiers
from bostad.casework import services as casework
from bostad.casework.models import ConsentForm, ConsentPartner, PartyRole
from bostad.organisation.models import Organisation, Unit
from bostad.organisation.scope import Scope
from bostad.overview.demo.town import Story, Town
from bostad.people.models import Authority, ChildHousing
from bostad.people.representing import RepresentativeInput
from referrals import content
from referrals.models import Assessment, Referral
from referrals.services import asking, assessing, deciding, household, offering, validity, writing
from referrals.services.deciding import DecisionInput
from referrals.services.people import AdultInput, ChildInput, HouseholdInput
from referrals.states import (
    Ability,
    DeclinedReason,
    Difficulty,
    ExposedGroup,
    HousingNow,
    LeaseForm,
    OwnGround,
    Permit,
    Position,
    Problem,
    Support,
    SupportForm,
    TargetGroup,
    UnsuitableReason,
)

KARIN, DAVID, JONAS = "karin.lindqvist", "david.martensson", "jonas.akesson"
EMMA, KENT, ANNIKA, EVA = "emma.forsberg", "kent.lofgren", "annika.berg", "eva.sandell"
NADJA, BJORN = "nadja.persson", "bjorn.wallin"
UNITS = {"AMF": "Boendeenheten", "SOF": "Vuxenenheten", "VOF": "Biståndsenheten"}
CHIEFS = {"AMF": JONAS, "SOF": KENT, "VOF": EVA}
WORKERS = {"AMF": KARIN, "SOF": EMMA, "VOF": ANNIKA}
SUPPORT_OF = {
    "AMF": SupportForm.HOUSING_SECRETARY, "SOF": SupportForm.HOUSING_SUPPORT, "VOF": SupportForm.HOME_CARE,
}  # fmt: skip
TARGETS: dict[str, dict[str, Any]] = {
    "AMF": {
        "target_group": TargetGroup.ECONOMIC, "has_economic_assistance": True,
        "is_homeless_for_economic_reasons": True, "lacks_economy": True,
    },
    "SOF": {"target_group": TargetGroup.ADDICTION},
    "VOF": {
        "target_group": TargetGroup.LASTING_DISABILITY,
        "special_housing_text": "Behovet är för litet för särskilt boende. Hemvård räcker.",
    },
}  # fmt: skip
GROUPS = {
    "AMF": (ExposedGroup.REFUSED_BY_OWNERS, None), "SOF": (ExposedGroup.ADDICTION, True),
    "VOF": (ExposedGroup.DISABILITY, True),
}  # fmt: skip

HAS_NOT_SEARCHED = {
    "alternatives_exhausted": False, "alternatives_text": "Har bara sökt i centrala Ekstad.",
    "searched_elsewhere": False, "searched_second_hand": False,
    "ability": Ability.ALONE, "ability_text": "Har haft eget kontrakt utan anmärkningar.",
}  # fmt: skip


REPRESENTED_FROM = 45  # years: of VOF's applicants
GOD_MAN = RepresentativeInput(
    "Marianne Ceder", Authority.TRUSTEE, "Registerutdrag från överförmyndaren den 12 januari", date(2026, 1, 12),
    street="Kyrkogatan 3", postal_code="25222", city="Ekstad", phone="042-10 20 30",
)  # fmt: skip


@dataclass
class Household:
    """One household's way. `days` ago it applied; it went on until `until`."""

    town: Town
    name: str
    age: int
    code: str
    until: str
    days: int
    children: int = 0
    support: str = Support.SOCIAL
    form: str = LeaseForm.MUNICIPAL
    home: str = ""  # objektsbeteckning of the offered dwelling
    debts: int = 0
    worker: str = ""
    end: str = ""  # how the last step went: unsuitable, declined, lapsed, again
    pk: int = 0
    assessment: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def gets_no_home(self) -> bool:
        return self.end in ("refused", "refused_served", "appealed", "other")

    @property
    def hand(self) -> str:
        return self.worker or WORKERS[self.code]

    def by(self, username: str) -> dict[str, Scope | date]:
        return {"by": self.town.by(username), "today": self.town.now}

    @property
    def people(self) -> HouseholdInput:
        first, last = self.name.split(" ", 1)
        letters = sum(n * ord(letter) for n, letter in enumerate(self.name, 1))  # no two have the same number
        number = 980 + letters % 20
        born = date(self.town.today.year - self.age, 1 + letters % 12, 1 + letters // 12 % 28)
        adult = AdultInput(first, last, identifiers.make_fictional_personnummer(born, number))
        names = ("Alma", "Noel", "Selma", "Elton")
        housing = (ChildHousing.PERMANENT, ChildHousing.ALTERNATING, ChildHousing.CONTACT, ChildHousing.PERMANENT)
        children = tuple(
            ChildInput(
                names[n], last,
                identifiers.make_fictional_personnummer(date(self.town.today.year - 5 - 3 * n - letters % 3, 1 + n, 1 + letters % 28), number),
                housing[n],
            )
            for n in range(self.children)
        )  # fmt: skip
        return HouseholdInput((adult,), children)

    # --- what is done ----------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        unit = Unit.objects.get(organisation__code=self.code, name=UNITS[self.code])
        data = assessing.ApplicationInput(
            self.support, self.town.now, "written" if self.age % 3 else "oral",
            "Har inget eget boende och kan inte ordna det själv. Vill ha hjälp till en bostad.", self.people,
        )  # fmt: skip
        self.assessment = assessing.apply(data, unit=unit, **self.by(self.hand)).pk

    def begin(self) -> None:
        assessing.begin(self.assessment, **self.by(self.hand))

    def investigate(self) -> None:
        if self.support == Support.SOCIAL:
            self._investigate_social()
        else:
            self._save("write_supported", self._supported())
        assessment = Assessment.objects.get(pk=self.assessment)
        for party in assessment.parties.filter(role=PartyRole.CHILD):
            child = household.AnalysisInput(
                "Kan gå kvar i sin skola. En egen bostad ger lugn och ro.", support_offered_on=self.town.now,
                support_offered="Samtal med familjebehandlare",
            )  # fmt: skip
            household.analyse_child(assessment, party.person, child, **self.by(self.hand))
        if self.code == "VOF" and self.age >= REPRESENTED_FROM:
            person = assessment.parties.get(role=PartyRole.APPLICANT).person
            household.record_representative(assessment, person, GOD_MAN, **self.by(self.hand))

    def _investigate_social(self) -> None:
        group, needs = GROUPS[self.code]
        self._save("write_registration", {
            "is_registered_here": True, "housing_now": HousingNow.EMERGENCY, "has_own_lease": False,
            "housing_now_text": "Jourlägenhet sedan i våras, dessförinnan hos släktingar.",
        })  # fmt: skip
        self._save("write_need", {
            "alternatives_exhausted": True, "alternatives_text": "Alla värdar i regionen är tillfrågade.",
            "difficulties": [Difficulty.DEBTS, Difficulty.SOCIAL], "searched_elsewhere": True,
            "searched_second_hand": True, "lacks_guarantor": True, "exposed_group": group,
            "needs_interventions": needs, "ability": Ability.WITH_SUPPORT,
            "ability_text": "Klarar ett boende med stöd det första året.",
        } | (HAS_NOT_SEARCHED if self.gets_no_home else {}))  # fmt: skip
        self._save("write_target", TARGETS[self.code] | self.extra)

    def _supported(self) -> dict[str, Any]:
        return {
            "contact_text": "Kontakt med socialtjänsten i två år.", "evictions_text": "En vräkning för fyra år sedan.",
            "not_approvable_text": "Betalningsanmärkningar och den tidigare vräkningen.", "problems": [Problem.ADDICTION],
            "relevant_help_received": True, "able_to_manage": True, "takeover_is_realistic": True,
            "needs_more_supervision": True, "rent_debts_text": "Inga.", "other_debts_text": "Kronofogden, 14 000 kr.",
            "payment_plan_text": "500 kr i månaden sedan i vintras.", "debt_relief_text": "Inte aktuellt.",
            "acute_situation_text": "Separation, kan inte bo kvar.",
            "planned_end_on": dates.add_months(self.town.now, 6),
        }  # fmt: skip

    def _save(self, step: str, answers: dict[str, Any]) -> None:
        assessing.write_findings(self.assessment, step, answers, **self.by(self.hand))

    def assess(self) -> None:
        text = "En samlad bedömning är att stöd är skäligt utifrån hushållets situation."
        if self.gets_no_home:
            text = "En samlad bedömning är att hushållet kan ordna en bostad på egen hand, med råd på vägen."
        assessing.assess(self.assessment, text=text, **self.by(self.hand))

    def decide(self, step: str) -> None:
        reasons = "Kriterierna är prövade var för sig, och en samlad bedömning är gjord."
        if self.gets_no_home:
            reasons = "Du har inte sökt bostad på egen hand i hela regionen. Kriterierna är därför inte uppfyllda."
        data = DecisionInput(
            reasons,
            "En egen bostad är till barnets bästa." if self.children else "",
            "" if step == "grant" else "Stödboende är prövat och erbjuds.",
        )
        deciding.decide(self.assessment, step, data, **self.by(self.hand))

    def receive(self) -> None:
        deciding.record_receipt(self.assessment, received_on=self.town.now, **self.by(self.hand))

    def open(self) -> None:
        dialogue = (self.town.now, "Nadja Persson") if self.debts else (None, "")
        data = writing.OpeningInput(self.form, "Skuldbilden, och behovet av stöd det första året.", *dialogue)
        self.pk = writing.open_referral(self.assessment, data, **self.by(self.hand)).pk

    def write(self) -> None:
        now = self.town.now
        sections = {
            "household": {"note": ""},
            "need": {"rooms_min": 2 if self.children < 2 else 3, "rooms_max": 4, "rent_max": 9600, "needs_lift": False},
            "situation": {"now": "Jourlägenhet.", "history": "Egen bostad till för två år sedan."},
            "support": {"text": SUPPORT_OF[self.code].label},
            "economy": {
                "income": "Ekonomiskt bistånd" if self.code == "AMF" else "Sjukersättning", "debt_total": self.debts,
                "debt_to_landlords": 0, "checked_on": now.isoformat(),
            },
            "decision": {
                "motivation": "Uppfyller kriterierna.", "form_motivation": "Behöver stöd det första året.",
            },
        }  # fmt: skip
        if self.children:
            sections["children"] = {"text": "Ekskolan och förskolan Linden.", "areas": ["Sjöstaden"]}
        if self.code == "SOF":
            sections["areas"] = {"barred": ["Norra"]}
        for key, values in sections.items():
            writing.write_section(self.pk, key, values, **self.by(self.hand))
        writing.inform(self.pk, informed_on=now, how="vid möte, med blanketten i handen", **self.by(self.hand))

    def approve(self, step: str = "approve") -> None:
        referral = Referral.objects.get(pk=self.pk)
        version = writing.version_in_writing(referral)
        adults = referral.parties.filter(role=PartyRole.APPLICANT).values_list("person", flat=True)
        writing.approve(
            self.pk, signatures=[writing.SignatureInput(person) for person in adults], signed_on=self.town.now,
            content_hash=content.hash_of(version.content), step=step, **self.by(self.hand),
        )  # fmt: skip

    def sign(self) -> None:
        writing.sign(self.pk, **self.by(CHIEFS[self.code]))

    def submit(self) -> None:
        writing.submit(self.pk, **self.by(self.hand))

    def register(self) -> None:
        validity.register(self.pk, **self.by(NADJA))

    def offer(self, home: str = "", despite: str = "") -> None:
        dwelling = self.town.dwellings[home or self.home]
        offering.make_offer(
            self.pk, dwelling=dwelling, free_from=self.town.now + timedelta(days=14),
            despite=despite or "Hushållet har sett området och vill bo där.", **self.by(NADJA),
        )  # fmt: skip

    def suit(self) -> None:
        offering.find_suitable(self.pk, note="Passar bra.", **self.by(self.hand))

    def book(self) -> None:
        viewing = dates.add_working_days(self.town.now, 2)
        data = offering.BookingInput(self.town.now, _at(viewing + timedelta(days=5), 13), _at(viewing, 10))
        offering.inform_client(self.pk, data, **self.by(self.hand))

    def accept(self) -> None:
        offering.accept(self.pk, answered_on=self.town.now, **self.by(self.hand))


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(dates.next_working_day(day), time(hour)))


ASSESSING = ("applied", "investigating", "written", "assessed")
WAY = (
    *ASSESSING, "granted", "draft", "filled", "approved", "signed", "submitted", "registered", "offered", "suitable",
    "booked", "accepted",
)  # fmt: skip
DAYS_AFTER = {
    "investigating": 2, "written": 12, "assessed": 18, "granted": 20, "draft": 24, "filled": 28, "approved": 30,
    "signed": 32, "submitted": 33, "registered": 35, "offered": 45, "suitable": 47, "booked": 49, "accepted": 54,
}  # fmt: skip


def _acts(it: Household) -> dict[str, Any]:
    return {
        "applied": it.apply, "investigating": it.begin, "written": it.investigate, "assessed": it.assess,
        "granted": lambda: it.decide("grant"), "draft": it.open, "filled": it.write, "approved": it.approve,
        "signed": it.sign, "submitted": it.submit, "registered": it.register, "offered": it.offer, "suitable": it.suit,
        "booked": it.book, "accepted": it.accept,
    }  # fmt: skip


def told(**wishes: Any) -> Any:
    """The story of a household that went straight on until `until`, and what came after it."""

    def story(t: Town) -> Story:
        it = Household(t, **wishes)
        acts, last = _acts(it), WAY.index(it.until)
        for milestone in WAY[: last + 1]:
            yield t.ago(max(0, it.days - DAYS_AFTER.get(milestone, 0)))
            acts[milestone]()
            if milestone == "granted":
                it.receive()
        yield from _after(it, t)

    return story


def _after(it: Household, t: Town) -> Story:
    """How it ended, for those whose way took a turn."""
    gone = it.days - DAYS_AFTER.get(it.until, 0)
    start = min(gone, NEAR_THE_END.get(it.end, gone))
    for n, act in enumerate(ENDS.get(it.end, ())):
        yield t.ago(max(0, start - 4 * (n + 1)))
        act(it)


def _refuse(it: Household) -> None:
    it.decide("refuse")


def _other(it: Household) -> None:
    it.decide("grant_other")


def _unsuitable(it: Household) -> None:
    offering.find_unsuitable(it.pk, reason=UnsuitableReason.SCHOOL, note="För långt till skolan.", **it.by(it.hand))


def _decline(it: Household) -> None:
    offering.decline(
        it.pk, reason=DeclinedReason.AREA, note="Vill bo närmare sin mor.", answered_on=it.town.now, **it.by(it.hand)
    )


def _take_back(it: Household) -> None:
    offering.take_back_offer(it.pk, reason="Vattenskada i badrummet, bostaden måste rustas.", **it.by(NADJA))


def _allow(it: Household) -> None:
    reason = "Bostaden låg i ett område som hushållet tidigare har hotats i."
    offering.allow_another_offer(it.pk, reason=reason, **it.by(CHIEFS[it.code]))


def _owner_lease(it: Household) -> None:
    data = offering.OwnerLeaseInput(
        it.town.now,
        f"EH-{it.town.now.year}-0{it.age}",
        Decimal(7240),
        it.town.now + timedelta(days=7),
        12 if it.age % 2 else 24,
    )
    offering.record_owner_lease(it.pk, data, **it.by(NADJA))


def _house(it: Household) -> None:
    data = DecisionInput(
        "Kontraktet är tecknat. Boendet knyts till insatserna.",
        "En egen bostad är till barnets bästa." if it.children else "", "", (SUPPORT_OF[it.code],),
    )  # fmt: skip
    offering.decide_housing(it.pk, data, **it.by(it.hand))


def _ask_completion(it: Household) -> None:
    points = {"economy": writing.Asked("Vad består skulderna av, och finns avbetalningsplan?", ["debt_text"])}
    writing.ask_completion(it.pk, points=points, **it.by(NADJA))


def _send_back(it: Household) -> None:
    points = {"situation": writing.Asked("Skriv när hushållet senast hade eget kontrakt.", ["history"])}
    writing.send_back(it.pk, points=points, **it.by(CHIEFS[it.code]))


def _withdraw(it: Household) -> None:
    validity.withdraw(it.pk, reason="Har fått eget kontrakt i grannkommunen.", **it.by(it.hand))


def _cease(it: Household) -> None:
    data = DecisionInput(
        "Hushållet har fått eget boende hos anhörig och uppfyller inte längre kriterierna.",
        "Barnet har ett tryggt boende." if it.children else "",
    )
    validity.cease(it.pk, data, **it.by(CHIEFS[it.code]))


def _note_end(it: Household) -> None:
    validity.note_end(it.pk, **it.by(NADJA))


def _begin_extension(it: Household) -> None:
    validity.begin_extension(it.pk, **it.by(it.hand))


def _go_through(it: Household) -> None:
    economy = writing.version_in_writing(Referral.objects.get(pk=it.pk)).content["economy"]
    checked = economy | {"checked_on": it.town.now.isoformat()}
    writing.write_section(it.pk, "economy", checked, step="review_extension", **it.by(it.hand))
    for section in content.SECTIONS:
        validity.confirm_section(it.pk, section.key, **it.by(it.hand))
    it.approve("approve_extension")


def _extend(it: Household) -> None:
    validity.extend(it.pk, DecisionInput(
        "Behovet är oförändrat.", "En bostad är till barnets bästa." if it.children else ""
    ), **it.by(CHIEFS[it.code]))  # fmt: skip


def _let_run_out(it: Household) -> None:
    validity.let_run_out(it.pk, reason="Hushållet har egna planer och vill inte förlänga.", **it.by(it.hand))


def _replace(it: Household) -> None:
    """FF lacked something after the registration: a new referral takes the place of the old one."""
    data = writing.OpeningInput(it.form, "Hushållet har fått umgänge med ett barn och behöver ett rum till.")
    it.pk = writing.replace(it.pk, data, **it.by(it.hand)).pk
    it.write()
    for act in (it.approve, it.sign, it.submit, it.register):
        act()


def _receive(it: Household) -> None:
    it.receive()


def _appeal(it: Household) -> None:
    deciding.record_appeal(it.assessment, appealed_on=it.town.now, **it.by(it.hand))


def _plan(it: Household) -> None:
    plan = assessing.PlanInput(
        "Ett eget förstahandskontrakt inom två år.", "Sköta hyra och lägenhet, hålla kontakt med öppenvården.",
        "Boendestöd två gånger i veckan.", "Var tredje månad, i hemmet.", it.town.now,
    )  # fmt: skip
    assessing.make_plan(it.assessment, plan, **it.by(it.hand))


def _give_up(it: Household) -> None:
    asking.withdraw_application(
        it.assessment, reason="Ringde och tog tillbaka ansökan: flyttar till sin syster.", **it.by(it.hand)
    )


def _consent(it: Household) -> None:
    assessment = Assessment.objects.get(pk=it.assessment)
    for party in assessment.parties.filter(role=PartyRole.APPLICANT).select_related("person"):
        casework.record_consent(
            case=assessment, person=party.person, partner=ConsentPartner.DEPARTMENT, partner_name="Socialförvaltningen",
            purpose="vilken förvaltning som ansvarar", form=ConsentForm.WRITTEN, given_on=it.town.now,
            by=it.town.by(it.hand),
        )  # fmt: skip


def _ask(it: Household) -> None:
    _consent(it)
    sof = Organisation.objects.get(code="SOF")
    text = "Sökanden har ekonomiskt bistånd hos oss och behöver också stöd i vardagen. Vem ansvarar för boendefrågan?"
    question = asking.ask(it.assessment, departments=[sof], text=text, **it.by(it.hand))
    it.extra["question"] = question.pk


def _answer(position: str) -> Any:
    def answer(it: Household) -> None:
        asking.answer(
            it.extra["question"], organisation=Organisation.objects.get(code="SOF"), position=position,
            reason="Utifrån målgrupperna i riktlinjerna.", **it.by(EMMA),
        )  # fmt: skip

    return answer


def _lift(it: Household) -> None:
    asking.lift(it.extra["question"], **it.by(it.hand))


def _settle(it: Household) -> None:
    asking.settle(
        it.extra["question"], responsible=Organisation.objects.get(code="SOF"), meeting=None, **it.by(it.hand)
    )


NEAR_THE_END = {"extending": 20, "extended": 30, "run_out": 15}  # days ago at which the year's end is thought of
EXTENSION = (_begin_extension, _go_through, _extend)
ENDS: dict[str, tuple[Any, ...]] = {
    "refused": (_refuse,),
    "refused_served": (_refuse, _receive),
    "appealed": (_refuse, _receive, _appeal),
    "other": (_other, _receive),
    "given_up": (_give_up,),
    "plan": (_plan,),
    "asked": (_ask,),
    "lifted": (_ask, _answer(Position.NOT_OURS), _lift),
    "settled": (_ask, _answer(Position.OURS), _settle),
    "returned": (_ask_completion,),
    "sent_back": (_send_back,),
    "replaced": (_replace,),
    "withdrawn": (_withdraw,),
    "ceased": (_cease, _note_end),
    "unsuitable": (_unsuitable,),
    "declined": (_decline,),
    "allowed": (_decline, _allow),
    "lapsed": (_take_back,),
    "owner_lease": (_owner_lease,),
    "housed": (_owner_lease, _house),
    "extending": (_begin_extension,),
    "extended": EXTENSION,
    "run_out": (_let_run_out,),
}


@dataclass(frozen=True)
class Own:
    """A household of FF's own."""

    name: str
    age: int
    ground: str
    days: int
    children: int = 0
    permit: str = ""


def own(one: Own) -> Any:
    def story(t: Town) -> Story:
        yield t.ago(one.days)
        it = Household(t, one.name, one.age, "AMF", "applied", one.days, one.children)
        unit = Unit.objects.get(organisation__code="FF", name="Uthyrning")
        permit_to = dates.add_months(t.today, 14) if one.permit == Permit.TEMPORARY else None
        validity.take_in(
            validity.IntakeInput(
                household=it.people, lease_form=LeaseForm.MUNICIPAL, own_ground=one.ground, rooms_min=2, rooms_max=4,
                rent_max=9600, permit=one.permit, permit_to=permit_to, assignment_reference=f"Anvisning {one.age}-{one.days}",
            ),
            unit=unit, **it.by(BJORN),
        )  # fmt: skip

    return story


STORIES = (
    # AMF: from the application on
    told(name="Aron Vesterlund", age=28, code="AMF", until="applied", days=1),
    told(name="Bilal Osman", age=41, code="AMF", until="applied", days=9),
    told(name="Cecilia Lantz", age=33, code="AMF", until="investigating", days=6, children=1),
    told(name="Elin Sundqvist", age=26, code="AMF", until="written", days=97),
    told(name="Greta Holmberg", age=61, code="AMF", until="granted", days=26),
    told(name="Hamid Noor", age=45, code="AMF", until="draft", days=26, children=1),
    told(name="Johan Alm", age=30, code="AMF", until="approved", days=31, worker=DAVID),
    told(name="Kajsa Berglund", age=29, code="AMF", until="approved", days=36, end="sent_back", children=1),
    told(name="Lamia Saleh", age=34, code="AMF", until="signed", days=33),
    told(name="Marko Petrov", age=48, code="AMF", until="submitted", days=36),
    told(name="Nadia Hassan", age=31, code="AMF", until="submitted", days=44, end="returned", children=2),
    told(name="Olof Grahn", age=55, code="AMF", until="registered", days=60),
    told(name="Petra Wik", age=42, code="AMF", until="registered", days=130, children=1),
    told(name="Rana Khalil", age=36, code="AMF", until="registered", days=315, children=3),
    told(name="Stefan Ljung", age=50, code="AMF", until="registered", days=372),
    told(name="Ulrika Stål", age=47, code="AMF", until="registered", days=420),
    told(name="Wael Haddad", age=38, code="AMF", until="offered", days=45, home="FF-E01", children=1),
    told(name="Ylva Torstensson", age=32, code="AMF", until="offered", days=58, home="FF-B03", end="unsuitable"),
    told(name="Zoran Marić", age=44, code="AMF", until="suitable", days=48, home="FF-E02"),
    told(name="Åsa Dalin", age=40, code="AMF", until="booked", days=50, home="FF-E04", children=2),
    told(name="Örjan Falk", age=57, code="AMF", until="accepted", days=56, home="FF-K02"),
    told(name="Amanda Ström", age=25, code="AMF", until="booked", days=75, home="FF-K03", end="declined"),
    told(name="Bashir Ali", age=35, code="AMF", until="booked", days=90, home="FF-B01", end="allowed"),
    told(name="Carina Frid", age=53, code="AMF", until="offered", days=66, home="FF-H02", end="lapsed"),
    told(
        name="David Ek",
        age=43,
        code="AMF",
        until="accepted",
        days=80,
        home="FF-N02",
        form=LeaseForm.GUARANTEE,
        end="owner_lease",
    ),
    told(
        name="Eleni Markou",
        age=46,
        code="AMF",
        until="accepted",
        days=140,
        home="FF-S03",
        form=LeaseForm.GUARANTEE,
        end="housed",
    ),
    told(name="Viola Rask", age=45, code="AMF", until="registered", days=52, form=LeaseForm.GUARANTEE),
    told(name="Filip Norberg", age=24, code="AMF", until="assessed", days=40, end="refused"),
    told(name="Gabriella Lind", age=38, code="AMF", until="assessed", days=70, end="refused_served"),
    told(name="Henrik Mo", age=49, code="AMF", until="assessed", days=38, end="other"),
    told(name="Isak Rosén", age=22, code="AMF", until="assessed", days=44, end="appealed"),
    told(name="Julia Palm", age=31, code="AMF", until="investigating", days=20, end="given_up"),
    told(name="Karl Bjurman", age=46, code="AMF", until="investigating", days=15, end="asked"),
    told(name="Lovisa Tapper", age=29, code="AMF", until="investigating", days=40, end="lifted"),
    told(name="Mats Ågren", age=51, code="AMF", until="investigating", days=33, end="settled"),
    # SOF and VOF
    told(name="Nina Backlund", age=30, code="SOF", until="written", days=35),
    told(name="Oskar Tjäder", age=36, code="SOF", until="granted", days=28),
    told(name="Ronja Edvall", age=27, code="SOF", until="registered", days=60, end="replaced"),
    told(name="Simon Kvarn", age=39, code="SOF", until="registered", days=200, end="ceased"),
    told(name="Tina Sörman", age=42, code="SOF", until="registered", days=355, end="extending"),
    told(name="Urban Lilja", age=58, code="SOF", until="registered", days=350, end="extended"),
    told(name="Vendela Moll", age=26, code="SOF", until="registered", days=345, end="run_out"),
    told(name="William Skog", age=33, code="SOF", until="submitted", days=80, end="withdrawn"),
    told(name="Björn Stake", age=37, code="SOF", until="granted", days=40, support=Support.TRIAL),
    told(name="Catarina Nord", age=41, code="SOF", until="granted", days=50, support=Support.TRAINING, end="plan"),
    told(name="Dennis Holst", age=29, code="SOF", until="granted", days=23, support=Support.EMERGENCY, children=1),
    told(name="Erika Wall", age=48, code="VOF", until="investigating", days=8),
    told(name="Gunnar Sahl", age=62, code="VOF", until="assessed", days=20),
    told(name="Hilda Bergh", age=55, code="VOF", until="draft", days=26),
    told(name="Ivar Knutson", age=50, code="VOF", until="registered", days=110),
    # FF's own
    own(Own("Samira Yusufi", 34, OwnGround.ASSIGNED_NEWCOMER, 25, 2, Permit.TEMPORARY)),
    own(Own("Mehmet Kaya", 29, OwnGround.ASSIGNED_NEWCOMER, 12, 0, Permit.PERMANENT)),
    own(Own("Rosa Brandt", 59, OwnGround.FOLLOW_UP_ENDED, 40)),
)
