"""The administration: open to who administers an organisation, by the role and not by a flag of its own."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class Administration(AdminSite):
    site_header = "bostad: förvaltningens administration"
    site_title = "bostad"
    index_title = "Administration"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and (request.user.is_superuser or bool(request.scope.administered_ids))
