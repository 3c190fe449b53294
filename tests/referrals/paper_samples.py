"""One complete example of the data of each paper of a referral. The people and numbers are invented."""

from referrals import papers
from tests.documents.samples import template

SOF: papers.Municipality = {
    "name": "Ekstads kommun",
    "board": "socialnämnden",
    "department": "socialförvaltningen",
    "organisation_number": "212000-9994",
    "address": {"street": "Kyrkogatan 8", "postal_code": "590 99", "city": "Ekstad"},
    "phone": "0199-10 06 00",
    "email": "socialforvaltningen@ekstad.example",
}
FF: papers.Municipality = {
    **SOF,
    "board": "fastighetsnämnden",
    "department": "fastighetsförvaltningen",
    "address": {"street": "Hamngatan 2", "postal_code": "590 99", "city": "Ekstad"},
    "email": "fastighet@ekstad.example",
}
CONTACT: papers.Contact = {
    "name": "Nadja Persson",
    "title": "socialsekreterare",
    "phone": "0199-10 06 12",
    "email": "nadja.persson@ekstad.example",
}
SOF_DESK: papers.Desk = {
    "department": "Socialförvaltningen",
    "name": "Nadja Persson",
    "title": "socialsekreterare",
    "phone": "0199-10 06 12",
    "email": "nadja.persson@ekstad.example",
}
FF_DESK: papers.Desk = {
    "department": "Fastighetsförvaltningen",
    "name": "Stefan Ohlin",
    "title": "uthyrare",
    "phone": "0199-10 08 12",
    "email": "stefan.ohlin@ekstad.example",
}
FF_ALONE: papers.Desk = {**FF_DESK, "name": None, "title": None}
AMIRA: papers.Addressee = {
    "name": "Amira Haddad",
    "care_of": "Lena Berg",
    "address": {"street": "Björkvägen 12 B", "postal_code": "590 97", "city": "Ekstad"},
}
NO_ADDRESS: papers.Addressee = {"name": "Amira Haddad", "care_of": None, "address": None}
NAMES = ["Amira Haddad", "Yusuf Haddad"]
HOME: papers.Home = {
    "designation": "BJ-0012",
    "address": {"street": "Björkvägen 40", "postal_code": "590 97", "city": "Ekstad"},
    "apartment_number": "1102",
    "size_label": "3 rum och kök",
    "area_m2": "72.5",
    "rent": "8450",
}
HIDDEN_HOME: papers.Home = {**HOME, "address": None, "apartment_number": None}
SIGNING: papers.Signing = {"signer": "Jonas Åkesson", "title": "Enhetschef", "delegation": "Delegation 7.3"}
GUIDELINES = "Riktlinjer för bostadssociala lägenheter, antagna den 19 juni 2024 av kommunstyrelsen"

GRANT: papers.Decision = {
    "kind": "grant",
    "number": "B-2026-000412",
    "case_number": "U-2026-000093",
    "letter_on": "2026-09-11",
    "municipality": SOF,
    "contact": CONTACT,
    "recipient": AMIRA,
    "applicants": [
        {"name": "Amira Haddad", "personnummer": "19860314-9809"},
        {"name": "Yusuf Haddad", "personnummer": None},
    ],
    "support": {"code": "social", "label": "stöd till bostadsanskaffning"},
    "applied_on": "2026-08-17",
    "motivation": (
        "Familjen saknar bostad sedan i maj och har uttömt sina egna möjligheter. Skulderna och de korta "
        "anställningarna gör att ingen fastighetsägare godkänner dem.\n"
        "Behovet kan inte tillgodoses på annat sätt. Stödet är skäligt med hänsyn till barnens behov av en fast punkt."
    ),
    "others_not_met": [],
    "criteria": [
        {
            "heading": "Helt bostadslös",
            "is_met": True,
            "text": "Har inte tak över huvudet. Familjen har bott på vandrarhem och hos släktingar sedan i maj.",
        },
        {
            "heading": "Svårigheter att på egen hand skaffa bostad",
            "is_met": True,
            "text": (
                "Svårigheter: stora skulder och språkutmaningar. Sökt bostad i andra kommuner: ja, sökt i andra hand: ja, "
                "saknar borgensman: ja."
            ),
        },
        {
            "heading": "Hör till en socialt utsatt grupp som behöver särskilt stöd att ordna bostad",
            "is_met": True,
            "text": "Godkänns inte av fastighetsägare på grund av ekonomin.",
        },
    ],
    "assessment": (
        "Familjens behov är en egen bostad med tre rum, nära barnens skola. Ett kortare boende skulle innebära ännu en "
        "flytt.\nFörmåga att sköta ett boende: klarar ett boende med stöd. Familjen har tidigare skött en lägenhet i åtta år."
    ),
    "childs_best": "Barnen får bo kvar i sin skola och behöver inte flytta igen under läsåret.",
    "other_support": None,
    "interventions": ["boendestöd", "budget- och skuldrådgivning"],
    "referral": None,
    "home": None,
    "law": "11 kap. 1 § socialtjänstlagen (2025:400)",
    "guidelines": GUIDELINES,
    "appeal": None,
    "signing": SIGNING,
    "template": template("Biståndsbeslut, boende", "2"),
}
APPEAL: papers.Appeal = {
    "court": "Förvaltningsrätten i Ekstad",
    "time": "tre veckor",
    "legal_basis": "40 och 44 §§ förvaltningslagen (2017:900)",
}
REFUSAL: papers.Decision = {
    **GRANT,
    "kind": "refusal",
    "motivation": "Du har eget hyreskontrakt på den öppna marknaden och är därför inte bostadslös.",
    "criteria": [
        {**GRANT["criteria"][0], "is_met": False, "text": "Eget boende. Du hyr en lägenhet i första hand."},
        *GRANT["criteria"][1:],
    ],
    "others_not_met": [
        {
            "heading": "Målgrupp: 18–20 år, placerad och redo för eget boende",
            "is_met": False,
            "text": "Målgruppen är unga vuxna, 18–20 år.",
        }
    ],
    "other_support": "Budget- och skuldrådgivning har erbjudits. Boendestöd behövs inte enligt din egen uppfattning.",
    "interventions": [],
    "appeal": APPEAL,
}
OTHER: papers.Decision = {
    **REFUSAL,
    "kind": "other",
    "other_support": "Plats på stödboendet Linden, med eget rum och personal dygnet runt.",
}
EXTENSION: papers.Decision = {
    **GRANT,
    "kind": "extension",
    "case_number": "R-2026-000051",
    "motivation": "Behovet finns kvar. Någon bostad som passar har inte blivit ledig under året.",
    "criteria": [],
    "assessment": None,
    "interventions": [],
    "referral": {"number": "R-2026-000051", "to_on": "2028-09-20"},
}
CESSATION: papers.Decision = {
    **EXTENSION,
    "kind": "cessation",
    "motivation": "Du har fått ett eget hyreskontrakt i Västerhamn och är inte längre bostadslös.",
    "referral": {"number": "R-2026-000051", "to_on": "2026-09-11"},
    "appeal": APPEAL,
}
HOUSING: papers.Decision = {
    **EXTENSION,
    "kind": "housing",
    "motivation": "Hyreskontraktet är undertecknat den 4 september 2026. Stödet behövs för att boendet ska fungera.",
    "interventions": ["boendestöd", "budget- och skuldrådgivning"],
    "referral": None,
    "home": HOME,
}
TRIAL: papers.Decision = {
    **GRANT,
    "support": {"code": "trial", "label": "försökslägenhet"},
    "criteria": [
        {"heading": "Annan grund än enbart hemlöshet", "is_met": True, "text": "Missbruk och psykiska problem."},
        {
            "heading": "Möjlighet att ta över kontraktet",
            "is_met": True,
            "text": "Relevant hjälp för problematiken: ja, bedöms klara eget boende: ja.",
        },
    ],
    "childs_best": None,
}

DIALOGUE_CONSENT: papers.DialogueConsent = {
    "number": "A-2026-000007",
    "asked_on": "2026-08-24",
    "municipality": SOF,
    "sender": SOF_DESK,
    "consents": [
        {"name": "Amira Haddad", "given_on": "2026-08-20", "form_label": "skriftligt"},
        {"name": "Yusuf Haddad", "given_on": "2026-08-21", "form_label": "muntligt"},
    ],
    "departments": ["Arbetsmarknadsförvaltningen", "Vård- och omsorgsförvaltningen"],
    "question": "Familjen har ekonomiskt bistånd sedan i maj och söker stöd till bostadsanskaffning. Vem ansvarar?",
    "template": template("Samtycke till dialog", "1"),
}
GROUP_MATERIAL: papers.GroupMaterial = {
    "number": "A-2026-000007",
    "asked_on": "2026-08-24",
    "lifted_on": "2026-09-07",
    "municipality": SOF,
    "sender": SOF_DESK,
    "names": NAMES,
    "consented_on": "2026-08-20",
    "question": DIALOGUE_CONSENT["question"],
    "stances": [
        {
            "department": "Arbetsmarknadsförvaltningen",
            "position": "Vi ansvarar inte",
            "reason": "Familjen är inte primärt bostadslös av ekonomiska skäl.\nBarnen är aktuella av andra skäl.",
            "answered_on": "2026-09-01",
        },
        {
            "department": "Vård- och omsorgsförvaltningen",
            "position": "Vi ansvarar inte",
            "reason": "Ingen i familjen har ett långvarigt behov av stöd.",
            "answered_on": "2026-09-02",
        },
    ],
    "guidelines": GUIDELINES,
    "template": template("Underlag till samarbetsgruppen", "1"),
}
ONE_OFFER_INFORMATION: papers.OneOfferInformation = {
    "number": "R-2026-000051",
    "letter_on": "2026-09-14",
    "municipality": SOF,
    "contact": CONTACT,
    "recipient": AMIRA,
    "names": NAMES,
    "informed_on": "2026-09-14",
    "informed_how": "vid besök på Kyrkogatan 8, med tolk",
    "form_label": "kommunalt kontrakt",
    "template": template("Information om ett enda erbjudande", "1"),
}
REFERRAL: papers.Referral = {
    "number": "R-2026-000051",
    "version": 2,
    "purpose_label": "Kompletterad",
    "signed_on": "2026-09-18",
    "municipality": SOF,
    "sender": SOF_DESK,
    "receiver": FF_ALONE,
    "form_label": "hyresgaranti",
    "names": NAMES,
    "replaces": "R-2025-000017",
    "debt_dialogue": {"held_on": "2026-09-10", "with_whom": "Stefan Ohlin"},
    "sections": [
        {
            "heading": "Familj och hushåll",
            "rows": [
                {"label": "Vuxen", "text": "Amira Haddad, 40 år"},
                {"label": "Vuxen", "text": "Yusuf Haddad, 43 år"},
                {"label": "Barn", "text": "Noor Haddad, 7 år, bor växelvis"},
            ],
        },
        {
            "heading": "Bostadsbehov",
            "rows": [{"label": "Minst antal rum", "text": "3"}, {"label": "Hiss eller markplan", "text": "ja"}],
        },
        {
            "heading": "Boendesituation",
            "rows": [
                {"label": "Nu", "text": "På vandrarhem sedan i maj."},
                {"label": "Tidigare", "text": "Hyrde i första hand i åtta år.\nSedan hos släktingar."},
            ],
        },
        {
            "heading": "Insatser och stöd rörande boende",
            "rows": [{"label": "Beskrivning", "text": "Boendestöd."}],
        },
        {
            "heading": "Ekonomi",
            "rows": [
                {"label": "Försörjning", "text": "Ekonomiskt bistånd och deltidsarbete"},
                {"label": "Skulder", "text": "18 400 kr"},
                {"label": "Kontrollerad", "text": "10 september 2026"},
            ],
        },
        {
            "heading": "Beslut och motivering",
            "rows": [
                {"label": "Beslut", "text": "B-2026-000412"},
                {"label": "Beslutsdag", "text": "11 september 2026"},
                {"label": "Motivering", "text": "Familjen saknar bostad och har uttömt sina möjligheter."},
                {
                    "label": "Val av form",
                    "text": "Skulderna är låga och inget stöd behövs för att bo själva.",
                },
            ],
        },
        {"heading": "Olämpligt bostadsområde", "rows": [{"label": "Inte lämpligt", "text": "Hamnen, Norr"}]},
    ],
    "approvals": [
        {"name": "Amira Haddad", "by": None, "signed_on": "2026-09-16"},
        {"name": "Yusuf Haddad", "by": "Birgitta Nyberg, god man", "signed_on": "2026-09-17"},
    ],
    "content_hash": "3f9a 10c2 77de 4b01",
    "manager": {"name": "Jonas Åkesson", "title": "enhetschef", "signed_on": "2026-09-18"},
    "template": template("Remiss", "2"),
}
REFERRAL_TO_SIGN: papers.ReferralToSign = {
    **{name: REFERRAL[name] for name in (
        "number", "version", "municipality", "sender", "receiver", "form_label", "names", "replaces", "debt_dialogue",
        "sections", "content_hash",
    )},
    "printed_on": "2026-09-16",
    "signers": NAMES,
    "template": template("Remiss för underskrift", "1"),
}  # fmt: skip
COMPLETION_REQUEST: papers.CompletionRequest = {
    "number": "R-2026-000051",
    "version": 1,
    "asked_on": "2026-09-21",
    "municipality": FF,
    "sender": FF_DESK,
    "receiver": SOF_DESK,
    "names": NAMES,
    "points": [
        {"label": "Ekonomi", "text": "Ange vilka skulder som är hyresskulder.\nÄr avbetalningsplanen beslutad?"},
        {"label": "Bostadsbehov", "text": "Behövs hiss, eller går bottenvåning?"},
    ],
    "template": template("Begäran om komplettering", "1"),
}
CESSATION_NOTICE: papers.CessationNotice = {
    "number": "R-2026-000051",
    "ended_on": "2026-12-11",
    "municipality": SOF,
    "sender": SOF_DESK,
    "receiver": FF_DESK,
    "names": NAMES,
    "decision": {"number": "B-2026-000588", "decided_on": "2026-12-11"},
    "template": template("Besked om att remissen upphör", "1"),
}
OFFER: papers.Offer = {
    "number": "R-2026-000051",
    "offered_on": "2026-10-05",
    "municipality": FF,
    "sender": FF_DESK,
    "receiver": SOF_DESK,
    "names": NAMES,
    "form_label": "kommunalt kontrakt",
    "home": {
        **HOME,
        "tenure_label": "Inhyrd hyreslägenhet",
        "district": "Björkhagen",
        "has_lift": True,
        "is_wheelchair_accessible": False,
    },
    "free_from_on": "2026-11-01",
    "answer_by_on": "2026-10-12",
    "misfits": ["Hyran är 450 kr högre än hushållet klarar", "Annat område än skolan"],
    "despite": "Hyran är 450 kr högre än behovet. Inget billigare med tre rum väntas under hösten.",
    "template": template("Erbjudande om bostad", "1"),
}
OFFER_ANSWER: papers.OfferAnswer = {
    "number": "R-2026-000051",
    "answered_on": "2026-10-07",
    "offered_on": "2026-10-05",
    "municipality": SOF,
    "sender": SOF_DESK,
    "receiver": FF_DESK,
    "names": NAMES,
    "home": HOME,
    "is_suitable": False,
    "reason_label": "Hyran",
    "note": "Hushållets inkomst räcker inte.",
    "template": template("Svar på erbjudande", "1"),
}
CLIENT_INFORMATION: papers.ClientInformation = {
    "number": "R-2026-000051",
    "letter_on": "2026-10-08",
    "municipality": SOF,
    "contact": CONTACT,
    "recipient": NO_ADDRESS,
    "names": NAMES,
    "home": HOME,
    "free_from_on": "2026-11-01",
    "viewing": {"on": "2026-10-14", "time": "14.30"},
    "viewing_waived": None,
    "lease_signing": {"on": "2026-10-20", "time": "10.00"},
    "lease_with": "fastighetsförvaltningen",
    "lease_place": FF["address"],
    "replaces_letter_on": None,
    "lease_desk": {name: FF_DESK[name] for name in ("name", "department", "phone")},
    "template": template("Information om bostad och visning", "1"),
}
