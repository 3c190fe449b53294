from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CaseworkConfig(AppConfig):
    name = "bostad.casework"
    verbose_name = "ärenden"

    def ready(self) -> None:
        from bostad.casework.graph_tables import equalise

        post_migrate.connect(equalise, sender=self, dispatch_uid="casework.equalise")
