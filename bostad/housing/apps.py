from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "bostad.housing"
    verbose_name = "bostäder"
