"""What a municipality decides itself about sublet contracts. A contract keeps what held the day it was registered."""

from bostad.organisation.settings_keys import SettingKey

DAYS = (
    SettingKey("contracts.issue_days", "Utfärda efter beställning", int, 3, "arbetsdagar", "R-0-12"),
    SettingKey("contracts.complete_days", "Komplettera en beställning", int, 5, "arbetsdagar", "R-0-25"),
    SettingKey("contracts.post_days", "Posta efter utfärdandet", int, 2, "arbetsdagar", "R-0-13"),
    SettingKey("contracts.receipt_days", "Bekräfta att originalen kommit", int, 7, "dagar efter postningen", "R-0-26"),
    SettingKey("contracts.signature_days", "Underteckna båda originalen", int, 14, "dagar efter postningen", "R-0-15"),
    SettingKey("contracts.return_days", "Kommunens original åter", int, 21, "dagar efter postningen", "R-0-17"),
    SettingKey(
        "contracts.move_out_return_days", "Hyresgästens original åter", int, 14, "dagar efter utflyttningen", "R-0-21"
    ),
    SettingKey(
        "contracts.remind_again_days", "Påminn igen tidigast", int, 7, "dagar efter påminnelsen", "R-0-26", minimum=1
    ),
    SettingKey("contracts.recall_days", "Förstöra återkallade blad", int, 14, "dagar efter återkallelsen", "R-0-12"),
    SettingKey("contracts.sharing_days", "Utföraren läser avslutade ärenden", int, 90, "dagar efter avslutet", "R-0-3"),
    SettingKey("contracts.billing_days", "Meddela debiteringen", int, 3, "arbetsdagar efter utflyttningen", "R-0-27"),
    SettingKey("contracts.furniture_max_percent", "Högsta tillägg för möbler", int, 15, "procent", "JB 12:55"),
    SettingKey("contracts.term_warning_months", "Varna före hyrestidens slut", int, 4, "månader", "JB 12:3"),
)
KEYS = (
    *DAYS,
    SettingKey(
        "contracts.security_warning_months", "Varna om besittningsskydd", list, [18, 21, 23], "månader", "JB 12:45"
    ),
    SettingKey("contracts.property_keep_months", "Förvara kvarlämnad egendom", int, 3, "månader", "R-4-19"),
    SettingKey("contracts.electricity_company", "Elnätsbolag", str, "Tekniska verken", "", "R-0-18"),
    SettingKey(
        "contracts.electricity_annex_copies", "Elbilagan följer med", str, "each", "", "requirements.md punkt 13",
        choices=(("each", "varje original"), ("tenant", "hyresgästens original")),
    ),
    SettingKey(
        "contracts.grants_are_decided", "Beslut om försöks-, tränings- och jourlägenhet", str, "elsewhere", "", "R-4-14",
        choices=(("elsewhere", "fattas i ett annat system"), ("here", "fattas här, med plan för boendet")),
    ),
    SettingKey("contracts.notice_months", "Uppsägningstid i nya kontrakt", int, 3, "månader", "JB 12:4"),
    SettingKey("contracts.bankgiro", "Bankgiro för hyran", str, "", "", "law.md 7"),
    SettingKey("contracts.help_contact", "Hjälp i beställningen", str, "Användarstöd, telefon 0999-99 10 00", "", "R-0-23"),
    SettingKey("contracts.billing_manual", "Manual Debitering", str, "", "adress", "R-0-27"),
)  # fmt: skip
