"""What the pages are called where somebody reads who has read what."""

PAGES = {
    "overview:my_work": "Mitt arbete",
    "overview:assign": "Tilldelning av rader",
    "overview:search": "Sökning",
    "overview:person": "Personens sida",
    "overview:dwellings": "Bostäder",
    "overview:dwelling": "Bostadens sida",
    "overview:routines": "Rutiner",
    "overview:rule": "Regel",
    "overview:routine": "Rutin",
    "overview:log_review": "Logggranskning",
    "overview:accessibility": "Tillgänglighet",
    "overview:help": "Hjälp",
    "overview:demo_day": "Byt dag",
    "casework:journal": "Journal",
    "casework:deadlines": "Bevakningar",
    "casework:consents": "Samtycken",
    "casework:revoke_consent": "Återkallat samtycke",
    "casework:log": "Logg",
    "casework:hand_over": "Överlämnande",
    "documents:documents": "Handlingar",
    "documents:file": "Öppnad handling",
    "documents:void": "Makulering",
    "documents:print_queue": "Utskrifter",
    "documents:print_chosen": "Utskrift av brev",
    "documents:post_chosen": "Postning",
    "documents:batch": "Postningslista",
    "documents:batch_file": "Utskriftsfil",
    "contracts:contracts": "Lista över kontrakt",
    "contracts:export_csv": "Export av lista, csv",
    "contracts:export_xlsx": "Export av lista, Excel",
    "contracts:register": "Registrering",
    "contracts:contract": "Kontraktets översikt",
    "contracts:reveal_address": "Visad skyddad adress",
    "contracts:originals": "Original och bilagor",
    "contracts:step": "Steg i ärendet",
    "contracts:orders": "Beställningar",
    "contracts:receive": "Mottagna blad",
    "contracts:chase": "Original att jaga",
    "contracts:remind_all": "Påminnelser",
    "contracts:archive": "Arkivet",
}


def page_name(view_name: str) -> str:
    """The Swedish name of a page in the read log; one that is gone keeps the name it had in the code."""
    return PAGES.get(view_name, view_name)
