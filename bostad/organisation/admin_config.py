from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's own administration, behind our door."""

    default_site = "bostad.organisation.admin_site.Administration"
