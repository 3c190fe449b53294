from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bostad.audit"
    verbose_name = "läsning och ändring"
