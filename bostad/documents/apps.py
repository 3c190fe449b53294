from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "bostad.documents"
    verbose_name = "handlingar"
