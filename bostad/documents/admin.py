from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from bostad.documents.models import TextTemplate
from bostad.organisation.admin import DepartmentAdmin


@admin.register(TextTemplate)
class TextTemplateAdmin(DepartmentAdmin):
    """Written by one, approved by another, and then final (R-0-24)."""

    belongs_to = "owner"
    list_display = ["name", "kind", "version", "owner", "written_by", "approved_by", "approved_on", "valid_from"]
    fields = ["kind", "version", "name", "clauses", "owner", "valid_from"]
    actions = ["approve"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None and obj.approved_by_id is not None:
            return False
        return super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: TextTemplate, form: object, change: bool) -> None:
        obj.written_by = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description="Godkänn valda mallar")
    def approve(self, request: HttpRequest, queryset: QuerySet) -> None:
        for template in queryset.filter(approved_by=None):
            try:
                with transaction.atomic():
                    template.approved_by, template.approved_on = request.user, request.today
                    template.save(update_fields=["approved_by", "approved_on"])
            except IntegrityError:
                self.message_user(
                    request, f"{template}: den som har skrivit mallen kan inte själv godkänna den.", messages.ERROR
                )
            else:
                self.message_user(request, f"{template} är godkänd.")
