"""One complete example of the data of each printed document. The people, companies and numbers are invented."""

from bostad.documents.pdf import Sheet
from contracts import papers

MUNICIPALITY: papers.Municipality = {
    "name": "Ekstads kommun",
    "board": "vård- och omsorgsnämnden",
    "department": "vård- och omsorgsförvaltningen",
    "organisation_number": "212000-9994",
    "address": {"street": "Stortorget 1", "postal_code": "590 99", "city": "Ekstad"},
    "phone": "0199-10 00 00",
    "email": "vard.omsorg@ekstad.example",
}
CARE: papers.Form = {
    "code": "vardbostad_demens",
    "label": "Vårdbostad demens",
    "care": True,
    "needs_decision": True,
}
MUNICIPAL: papers.Form = {
    "code": "kommunalt_kontrakt",
    "label": "Kommunalt kontrakt",
    "care": False,
    "needs_decision": False,
}
BPSD: papers.Category = {"code": "bpsd", "label": "BPSD"}
YOUNG_DEMENTIA: papers.Category = {"code": "young_dementia", "label": "yngre demenssjuka"}
COUPLE: papers.Category = {"code": "couple", "label": "parboende"}
HARALD: papers.Tenant = {
    "name": "Harald Nyberg",
    "personnummer": "19410105-9899",
    "representative": {
        "name": "Birgitta Nyberg",
        "capacity_label": "framtidsfullmaktshavare",
        "authority": "Framtidsfullmakt den 3 mars 2025, ikraftträdandet prövat av tingsrätten den 12 maj 2026",
        "address": {"street": "Lindgatan 8", "postal_code": "590 98", "city": "Ekstad"},
        "phone": "070-000 00 01",
    },
}
INGA: papers.Tenant = {"name": "Inga Nyberg", "personnummer": "19440317-9807", "representative": None}
PLACE: papers.Place = {
    "designation": "Rönngården, avdelning Björken, lgh 14",
    "street": "Rönnvägen 3",
    "postal_code": "590 99",
    "city": "Ekstad",
    "apartment_number": "1104",
}
DWELLING: papers.Dwelling = {
    **PLACE,
    "property": "Ekstad Rönnen 3:12",
    "floor_label": "2 trappor",
    "size_label": "1 rum med kokvrå",
    "area_m2": "31.5",
    "included_spaces": ["förråd", "tvättstuga", "del i gemensamt kök och vardagsrum"],
    "furnished_items": ["vårdsäng med madrass", "sänglampa"],
}
DECISION: papers.Decision = {
    "board": "vård- och omsorgsnämnden",
    "number": "B-2026-000412",
    "decided_on": "2026-09-11",
    "legal_basis": "11 kap. 1 § socialtjänstlagen (2025:400)",
}
SIGNING: papers.Signing = {
    "signer": "Gun-Britt Nyström",
    "title": "Avtalsadministratör",
    "delegation": "Delegation 4.12",
}
CONTACT: papers.Contact = {
    "name": "Gun-Britt Nyström",
    "title": "Avtalsadministratör",
    "phone": "0199-10 04 12",
    "email": "debitering@ekstad.example",
}
ORDERER: papers.Recipient = {
    "name": "Sara Wikander",
    "organisation": "Rönngården Omsorg AB",
    "care_of": None,
    "street": "Rönnvägen 3",
    "postal_code": "590 99",
    "city": "Ekstad",
}
RETURN_TO: papers.ReturnAddress = {
    "name": "Ekstads kommun, vård- och omsorgsförvaltningen, Debiteringen",
    "street": "Stortorget 1",
    "postal_code": "590 99",
    "city": "Ekstad",
}


def template(name: str, version: str = "3") -> papers.Template:
    return {"name": name, "version": version, "approved_on": "2026-09-01"}


TENANTS_ORIGINAL: Sheet = {
    "code": "K-2026-000158-A",
    "holder": "tenant",
    "holder_line": "Hyresgästens original",
    "sheet_title": "Andrahandskontrakt",
}
MUNICIPALITYS_ORIGINAL: Sheet = {
    "code": "K-2026-000158-B",
    "holder": "municipality",
    "holder_line": "Kommunens original",
    "sheet_title": "Andrahandskontrakt",
}
CATEGORY_SHEET: Sheet = {
    "code": "K-2026-000158-C",
    "holder": "tenant",
    "holder_line": "Hyresgästens exemplar",
    "sheet_title": "Bilaga 1, kategoriboende",
}
ELECTRICITY_SHEET: Sheet = {
    "code": "K-2026-000158-E",
    "holder": "tenant",
    "holder_line": "Hyresgästens exemplar",
    "sheet_title": "Bilaga 2, el",
}
MOVE_OUT_SHEET: Sheet = {**TENANTS_ORIGINAL, "sheet_title": "Överenskommelse om avflyttning"}

ORDER: papers.Order = {
    "number": "K-2026-000158",
    "ordered_on": "2026-09-21",
    "subject": "Beställning av andrahandskontrakt",
    "matter_type": "Hyror, inflyttning och kontrakt",
    "queue": "Debiteringen",
    "municipality": MUNICIPALITY,
    "form": CARE,
    "category": BPSD,
    "tenants": [{"first_name": "Harald", "surname": "Nyberg", "personnummer": "19410105-9899"}],
    "dwelling": PLACE,
    "move_in_on": "2026-10-01",
    "contract_on": "2026-09-24",
    "decision": DECISION,
    "orderer": {
        "name": "Sara Wikander",
        "title": "enhetschef",
        "provider": "Rönngården Omsorg AB",
        "address": {"street": "Rönnvägen 3", "postal_code": "590 99", "city": "Ekstad"},
        "phone": "0199-20 30 40",
        "email": "sara.wikander@ronngarden.example",
    },
    "confirmation": {"name": "Sara Wikander", "confirmed_on": "2026-09-21"},
    "help_text": "Frågor om beställningen besvaras av Användarstöd, 0199-10 05 00.",
    "template": template("Beställning", "2"),
}

CONTRACT: papers.Contract = {
    "number": "K-2026-000158",
    "municipality": MUNICIPALITY,
    "form": CARE,
    "category": BPSD,
    "tenants": [HARALD],
    "provider": {
        "name": "Rönngården Omsorg AB",
        "address": {"street": "Rönnvägen 3", "postal_code": "590 99", "city": "Ekstad"},
    },
    "dwelling": DWELLING,
    "head_lease": {"owner": "Fastighets AB Ekstadshus", "reference": "F-2019-0044"},
    "use": "Lägenheten hyrs ut som bostad åt hyresgästen.",
    "decision": DECISION,
    "term": {
        "from_on": "2026-10-01",
        "to_on": None,
        "kind_label": "Tills vidare",
        "notice_text": (
            "Uppsägningstiden är tre månader. Avtalet upphör vid det månadsskifte som kommer närmast efter det att "
            "tiden har gått.\n"
            "Avlider hyresgästen får dödsboet säga upp avtalet inom en månad från dödsfallet. Uppsägningstiden är då "
            "en månad (12 kap. 4 och 5 §§ jordabalken)."
        ),
        "extension_text": None,
    },
    "move_in_on": "2026-10-01",
    "contract_on": "2026-09-24",
    "rent": {
        "total": "6780",
        "parts": [{"label": "Lägenheten", "amount": "6240"}, {"label": "Gemensamma utrymmen", "amount": "540"}],
        "due_text": "Hyran betalas i förskott, senast den sista vardagen före varje månads början.",
        "bankgiro": "5050-1055",
        "ocr": "2026001583",
    },
    "electricity": {"included": False, "company": "Ekstads Energi"},
    "security_of_tenure": (
        "Hyresgästen har rätt till förlängning av avtalet när hyresförhållandet har varat längre än två år i följd "
        "(12 kap. 45 § jordabalken). Ett avstående från den rätten görs i en särskild handling och inte i detta avtal."
    ),
    "clauses": [
        {
            "heading": "Rökning",
            "text": "Rökning är inte tillåten i lägenheten och i gemensamma utrymmen inomhus.",
        },
        {
            "heading": "Hjälpmedel",
            "text": (
                "Lägenheten kan behöva anpassas med hjälpmedel. Kommunen monterar dem, svarar för dem och tar ner dem "
                "utan kostnad för hyresgästen."
            ),
        },
    ],
    "appendices": [
        {"letter": "1", "title": "Kategoriboende, BPSD"},
        {"letter": "2", "title": "Anmälan om inflyttning till Ekstads Energi"},
    ],
    "template": template("Andrahandskontrakt, vårdbostad demens"),
    "signing": SIGNING,
}

CATEGORY_ANNEX: papers.CategoryAnnex = {
    "number": "K-2026-000158",
    "letter": "1",
    "municipality": MUNICIPALITY,
    "category": BPSD,
    "tenants": [HARALD],
    "dwelling": PLACE,
    "contract_on": "2026-09-24",
    "clauses": [],
    "template": template("Bilaga kategoriboende, BPSD", "2"),
    "signing": SIGNING,
}

ELECTRICITY_ANNEX: papers.ElectricityAnnex = {
    "number": "K-2026-000158",
    "letter": "2",
    "municipality": MUNICIPALITY,
    "company": {
        "name": "Ekstads Energi",
        "address": {"street": "Box 120", "postal_code": "590 90", "city": "Ekstad"},
        "phone": "0199-40 40 40",
        "web": "ekstadsenergi.example",
    },
    "tenants": [HARALD],
    "dwelling": PLACE,
    "installation_id": None,
    "move_in_on": "2026-10-01",
    "template": template("Bilaga el", "1"),
}

MOVE_OUT_AGREEMENT: papers.MoveOutAgreement = {
    "number": "K-2026-000158",
    "municipality": MUNICIPALITY,
    "tenants": [HARALD],
    "dwelling": PLACE,
    "contract_on": "2026-09-24",
    "estates": [],
    "notice_on": "2027-03-08",
    "moved_out_on": "2027-06-18",
    "ended_on": "2027-06-30",
    "reason_label": "Egen uppsägning",
    "template": template("Överenskommelse om avflyttning", "1"),
}

TERMINATION: papers.Termination = {
    "kind": "landlord",
    "number": "K-2025-000311",
    "letter_on": "2026-10-15",
    "municipality": {**MUNICIPALITY, "board": "socialnämnden", "department": "socialförvaltningen"},
    "contact": {**CONTACT, "name": "Nadja Persson", "title": "Bosamordnare", "phone": "0199-10 06 10"},
    "recipient": {
        "name": "Amira Haddad",
        "organisation": None,
        "care_of": None,
        "street": "Björkvägen 12 B, lgh 1102",
        "postal_code": "590 97",
        "city": "Ekstad",
    },
    "tenant_names": ["Amira Haddad"],
    "dwelling": {
        "designation": "Björken 12 B, lgh 1102",
        "street": "Björkvägen 12 B",
        "postal_code": "590 97",
        "city": "Ekstad",
        "apartment_number": "1102",
    },
    "contract_on": "2025-11-03",
    "at_once": False,
    "last_on": "2027-01-31",
    "vacate_text": "Lägenheten ska vara tömd, städad och lämnad senast klockan 12.00 den 1 februari 2027.",
    "grounds": [
        {
            "text": (
                "Hyran har betalats för sent vid sju tillfällen mellan januari och september 2026. Vi skrev till dig "
                "om det den 2 mars och den 8 juni och bad om rättelse."
            ),
            "legal_basis": "12 kap. 46 § första stycket 2 jordabalken",
        }
    ],
    "received_on": None,
    "given_by": None,
    "options": [
        {
            "heading": "Godta uppsägningen",
            "text": "Då flyttar du senast den dag som står här ovanför. Hör av dig om du behöver hjälp med flytten.",
            "legal_basis": None,
        },
        {
            "heading": "Säga nej",
            "text": (
                "Du behöver inte flytta bara för att vi har sagt upp avtalet. Går du inte med på det, måste kommunen "
                "begära att hyresnämnden prövar saken, senast en månad efter hyrestidens slut. Annars är uppsägningen "
                "utan verkan."
            ),
            "legal_basis": "12 kap. 49 § jordabalken",
        },
        {
            "heading": "Be om råd",
            "text": "Kommunens budget- och skuldrådgivare ger råd utan kostnad, telefon 0199-10 07 00.",
            "legal_basis": None,
        },
    ],
    "support_decision": True,
    "enclosures": ["Våra brev om rättelse den 2 mars och den 8 juni 2026"],
    "template": template("Uppsägning, försökslägenhet", "4"),
    "signing": {"signer": "Jonas Åkesson", "title": "Enhetschef", "delegation": "Delegation 7.3"},
}

CONFIRMED_NOTICE: papers.Termination = {
    **TERMINATION,
    "kind": "tenant",
    "letter_on": "2026-10-15",
    "grounds": [],
    "options": [],
    "enclosures": [],
    "received_on": "2026-10-12",
    "given_by": "dig",
    "template": template("Bekräftelse på uppsägning", "1"),
}

COVERING_LETTER: papers.CoveringLetter = {
    "number": "K-2026-000158",
    "contract_title": "Andrahandskontrakt",
    "designation": "Rönngården, avdelning Björken, lgh 14",
    "letter_on": "2026-09-25",
    "municipality": MUNICIPALITY,
    "contact": CONTACT,
    "recipient": ORDERER,
    "enclosures": [
        {"code": "K-2026-000158-A", "title": "Hyresgästens original", "to_sign": True, "then": "keep"},
        {"code": "K-2026-000158-B", "title": "Kommunens original", "to_sign": True, "then": "return"},
        {"code": "K-2026-000158-C", "title": "Bilaga om kategoriboende", "to_sign": True, "then": "keep"},
        {"code": "K-2026-000158-D", "title": "Bilaga om kategoriboende", "to_sign": True, "then": "return"},
        {"code": "K-2026-000158-E", "title": "Anmälan till Ekstads Energi", "to_sign": False, "then": "company"},
    ],
    "return_by_on": "2026-10-12",
    "return_to": RETURN_TO,
    "template": template("Följebrev till utförare", "2"),
}

REMINDER: papers.Reminder = {
    "number": "K-2026-000158",
    "contract_title": "Andrahandskontrakt",
    "designation": "Rönngården, avdelning Björken, lgh 14",
    "letter_on": "2026-10-13",
    "occurrence": 1,
    "municipality": MUNICIPALITY,
    "contact": CONTACT,
    "recipient": ORDERER,
    "missing": [
        {
            "code": "K-2026-000158-B",
            "title": "Kommunens original",
            "sent_on": "2026-09-25",
            "due_on": "2026-10-12",
        },
        {
            "code": "K-2026-000158-D",
            "title": "Bilaga om kategoriboende",
            "sent_on": "2026-09-25",
            "due_on": "2026-10-12",
        },
    ],
    "return_by_on": "2026-10-27",
    "return_to": RETURN_TO,
    "template": template("Påminnelse om original", "2"),
}

OWNER_NOTICE: papers.OwnerNotice = {
    "number": "K-2026-000158",
    "designation": "Rönngården, avdelning Björken, lgh 14",
    "property": "Ekstad Rönnen 3:12",
    "apartment_number": "1104",
    "head_lease": {"owner": "Fastighets AB Ekstadshus", "reference": "F-2019-0044"},
    "from_on": "2026-10-01",
    "to_on": None,
    "legal_basis": "12 kap. 39 § tredje stycket jordabalken",
    "letter_on": "2026-09-25",
    "municipality": MUNICIPALITY,
    "contact": CONTACT,
    "recipient": {
        "name": "Fastighets AB Ekstadshus",
        "organisation": "Uthyrningen",
        "care_of": None,
        "street": "Box 14",
        "postal_code": "590 90",
        "city": "Ekstad",
    },
    "template": template("Underrättelse till fastighetsägare", "1"),
    "signing": SIGNING,
}
