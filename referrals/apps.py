from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "remisser"

    def ready(self) -> None:
        from bostad.casework import deadlines, graph
        from bostad.organisation import settings_keys
        from referrals import kinds
        from referrals.deadlines import DEADLINES
        from referrals.settings_keys import KEYS

        for kind in (kinds.ASSESSMENT, kinds.QUESTION, kinds.REFERRAL):
            graph.register(kind)
        deadlines.declare(*DEADLINES)
        settings_keys.declare(*KEYS)
