from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "remisser"

    def ready(self) -> None:
        from bostad.casework import conditions, deadlines, graph
        from bostad.casework import pages as case_pages
        from bostad.organisation import settings_keys
        from referrals import kinds, pages
        from referrals.deadlines import DEADLINES
        from referrals.kept import KEPT
        from referrals.settings_keys import KEYS

        for kind in (kinds.ASSESSMENT, kinds.QUESTION, kinds.REFERRAL):
            graph.register(kind)
        case_pages.register("assessment", pages.ASSESSMENT_PAGES)
        case_pages.register("question", pages.QUESTION_PAGES)
        case_pages.register("referral", pages.REFERRAL_PAGES)
        case_pages.register_action("referral", pages.REPLACE)
        deadlines.declare(*DEADLINES)
        settings_keys.declare(*KEYS)
        conditions.keep(*KEPT)
        _register_papers()


def _register_papers() -> None:
    """The property department reads the referral as it was signed and what the two write to each other about homes.

    The departments that are asked whose somebody is read what samarbetsgruppen gets. Nothing else leaves its department.
    """
    from bostad.documents import printing
    from referrals import papers
    from referrals.documents import SENT

    read_by_others = {
        "referral": SENT,
        **dict.fromkeys(("completion_request", "cessation_notice", "offer", "offer_answer"), printing.EVERY_ONE),
        "group_material": printing.EVERY_ONE,
    }
    for kind, paper in papers.PAPERS.items():
        printing.register_printer(kind, paper.printer(open_to_others=read_by_others.get(kind)))
        printing.register_template(kind, paper.title)
