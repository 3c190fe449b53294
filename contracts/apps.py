from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = "kontrakt"

    def ready(self) -> None:
        from bostad.casework import deadlines, graph
        from bostad.organisation import settings_keys
        from contracts import kind
        from contracts.deadlines import DEADLINES
        from contracts.settings_keys import KEYS

        graph.register(kind.CONTRACT)
        deadlines.declare(*DEADLINES)
        settings_keys.declare(*KEYS)
