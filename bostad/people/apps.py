from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bostad.people"
    verbose_name = "personer"
