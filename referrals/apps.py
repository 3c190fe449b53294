from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "remisser"

    def ready(self) -> None:
        from bostad.casework import deadlines, graph
        from bostad.casework import pages as case_pages
        from bostad.documents import printing
        from bostad.organisation import settings_keys
        from referrals import kinds, pages, papers
        from referrals.deadlines import DEADLINES
        from referrals.settings_keys import KEYS

        for kind in (kinds.ASSESSMENT, kinds.QUESTION, kinds.REFERRAL):
            graph.register(kind)
        case_pages.register("assessment", pages.ASSESSMENT_PAGES)
        case_pages.register("question", pages.QUESTION_PAGES)
        case_pages.register("referral", pages.REFERRAL_PAGES)
        deadlines.declare(*DEADLINES)
        settings_keys.declare(*KEYS)
        for kind, paper in papers.PAPERS.items():
            printing.register_printer(kind, papers.printer(kind))
            printing.register_template(kind, paper.title)
