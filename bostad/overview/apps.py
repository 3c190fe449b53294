from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "bostad.overview"
    verbose_name = "översikt"
