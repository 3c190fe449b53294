"""What a municipality and its departments decide themselves about referrals. A case keeps what held when it was opened."""

from bostad.organisation.settings_keys import SettingKey
from referrals.content import OPTIONAL
from referrals.states import HousingNow, LeaseForm, SupportForm, TargetGroup
from referrals.valid_time import VALID_MONTHS

DAYS = (
    SettingKey("referrals.begin_days", "Inled utredningen", int, 5, "arbetsdagar efter ansökan", "R-4-16"),
    SettingKey("referrals.decide_days", "Fatta beslut", int, 90, "dagar efter ansökan", "R-4-16"),
    SettingKey("referrals.write_days", "Skriv remissen", int, 10, "arbetsdagar efter beslutet", "R-1-28"),
    SettingKey("referrals.answer_question_days", "Svara i ansvarsfrågan", int, 10, "arbetsdagar", "R-1-24"),
    SettingKey("referrals.group_days", "Samarbetsgruppens möte", int, 20, "arbetsdagar efter lyftet", "R-1-25"),
    SettingKey("referrals.approve_days", "Den enskildes godkännande", int, 10, "arbetsdagar", "R-1-30"),
    SettingKey("referrals.sign_days", "Chefens granskning", int, 3, "arbetsdagar efter godkännandet", "R-1-31"),
    SettingKey("referrals.register_days", "Registrera remissen", int, 3, "arbetsdagar efter inskickandet", "R-1-33"),
    SettingKey("referrals.complete_days", "Komplettera remissen", int, 10, "arbetsdagar", "R-1-33"),
    SettingKey(  # point 6 of requirements.md: the seed names one; each is a decision of its own
        "referrals.max_extensions",
        "Högst antal förlängningar",
        int,
        1,
        "",
        "R-1-35",
        minimum=1,
        maximum=5,
        is_of_the_municipality=True,
    ),
    SettingKey("referrals.answer_offer_days", "Svara på erbjudande", int, 5, "arbetsdagar", "R-1-48"),
    SettingKey("referrals.book_days", "Informera och boka visning", int, 3, "arbetsdagar efter svaret", "R-1-49"),
    SettingKey("referrals.lease_days", "Skriv kontraktet", int, 5, "arbetsdagar efter ja", "R-1-51"),
    SettingKey("referrals.housing_days", "Besluta om boende", int, 5, "arbetsdagar efter kontraktet", "R-1-52"),
    SettingKey("referrals.declined_days", "Ta ställning efter ett nej", int, 10, "arbetsdagar", "R-1-29"),
    SettingKey(
        "referrals.economy_months",
        "Skuldbilden högst så gammal",
        int,
        3,
        "månader",
        "R-1-42",
        minimum=1,
        maximum=VALID_MONTHS,
    ),
)
DEBT_LIMIT = SettingKey(  # a municipality that has set none refuses by the dialogue alone
    "referrals.guarantee_debt_limit", "Högsta skuld vid hyresgaranti", int, None, "kronor", "R-1-27", maximum=10_000_000
)
WARNINGS = SettingKey(
    "referrals.warning_months", "Fråga om förlängning efter", list, [9, 11], "månader av giltigheten", "R-1-34",
    minimum=1, maximum=VALID_MONTHS - 1, at_least=1,
)  # fmt: skip
VALID_FROM = SettingKey(
    "referrals.valid_from", "Remissens år räknas från", str, "registration", "", "requirements.md punkt 14",
    choices=(("decision", "beslutet"), ("signature", "chefens underskrift"), ("registration", "registreringen hos FF")),
    is_of_the_municipality=True,
)  # fmt: skip
HOMELESS = SettingKey(
    "referrals.counts_as_homeless", "Räknas som helt bostadslös", list, [HousingNow.NO_ROOF.value], "", "R-1-13",
    choices=tuple(HousingNow.choices), several=True, at_least=1, is_of_the_municipality=True,
)  # fmt: skip
SECTIONS = SettingKey(
    "referrals.sections", "Avsnitt i remissen utöver de obligatoriska", list, [s.key for s in OPTIONAL], "", "R-1-86",
    choices=tuple((s.key, s.label) for s in OPTIONAL), several=True,
)  # fmt: skip
TARGET_GROUPS = SettingKey(
    "referrals.target_groups", "Förvaltningens målgrupper", list, [], "", "R-1-18 till R-1-22",
    choices=tuple(TargetGroup.choices), several=True, is_of_one_at_a_time=True,
)  # fmt: skip
SUPPORT_FORMS = SettingKey(
    "referrals.support_forms", "Förvaltningens stöd i boendet", list, [], "", "R-1-73 till R-1-75",
    choices=tuple(SupportForm.choices), several=True,
)  # fmt: skip
LEASE_FORMS = SettingKey(
    "referrals.lease_forms", "Former som förvaltningen remitterar till", list, list(LeaseForm.values), "", "R-1-78",
    choices=tuple(LeaseForm.choices), several=True,
)  # fmt: skip
PROPERTY_DEPARTMENT = SettingKey(
    "referrals.property_department", "Fastighetsförvaltningens kortnamn", str, "FF", "", "Helsingborg, rad 70"
)
LAW = SettingKey(
    "referrals.law", "Lagrum för bistånd till boende", str, "11 kap. 1 § socialtjänstlagen (2025:400)", "", "law.md 2"
)
COURT = SettingKey("referrals.court", "Förvaltningsrätt", str, "Förvaltningsrätten i länet", "", "FL 40 §")
GUIDELINES = SettingKey(
    "referrals.guidelines", "Riktlinjernas lydelse", str, "Riktlinjer för bostadssociala lägenheter, antagna den 19 juni 2024 av kommunstyrelsen", "", "R-4-26",
)  # fmt: skip
KEYS = (
    *DAYS, DEBT_LIMIT, WARNINGS, VALID_FROM, HOMELESS, SECTIONS, TARGET_GROUPS, SUPPORT_FORMS, LEASE_FORMS, PROPERTY_DEPARTMENT,
    LAW, COURT, GUIDELINES,
)  # fmt: skip
IN_FACTS = (*DAYS, DEBT_LIMIT, WARNINGS)
