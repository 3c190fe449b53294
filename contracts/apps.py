from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = "kontrakt"

    def ready(self) -> None:
        from bostad.casework import conditions, deadlines, graph
        from bostad.casework import pages as case_pages
        from bostad.organisation import settings_keys
        from contracts import kind
        from contracts.deadlines import DEADLINES
        from contracts.kept import KEPT
        from contracts.pages import PAGES, WRITE_CONTRACT
        from contracts.settings_keys import KEYS

        graph.register(kind.CONTRACT)
        conditions.keep(*KEPT)
        case_pages.register("contract", PAGES)
        case_pages.register_action("referral", WRITE_CONTRACT)
        deadlines.declare(*DEADLINES)
        settings_keys.declare(*KEYS)
        _declare_housing_forms()
        _register_papers()


def _declare_housing_forms() -> None:
    """Those that a contract is written for, and the one in which the owner lets first hand."""
    from bostad.housing import let_as
    from contracts.states import HousingForm
    from referrals.states import LeaseForm

    let_as.declare(*HousingForm.choices, (LeaseForm.GUARANTEE.value, LeaseForm.GUARANTEE.label))


def _register_papers() -> None:
    from bostad.documents import printing
    from bostad.words import in_sentence
    from contracts import papers
    from contracts.services.issuing import on_owner_posting, on_posting
    from contracts.states import HousingForm

    for kind, paper in papers.PAPERS.items():
        for_the_provider = None if kind == "owner_notice" else printing.EVERY_ONE
        printing.register_printer(kind, paper.printer(open_to_others=for_the_provider))
        if kind != "contract":  # each form of housing has a contract of its own wording
            printing.register_template(kind, paper.title)
    for form in HousingForm:
        printing.register_template(f"contract_{form}", f"{papers.PAPERS['contract'].title}, {in_sentence(form.label)}")
    printing.register_letter("contract", printing.LetterKind("Kontrakt med följebrev", post=on_posting))
    printing.register_letter("owner_notice", printing.LetterKind("Underrättelse till ägaren", post=on_owner_posting))
    printing.register_letter("reminder", printing.LetterKind("Påminnelse", loose=True))
    printing.register_letter("termination", printing.LetterKind("Uppsägning"))
