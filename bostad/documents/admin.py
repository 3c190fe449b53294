from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from bostad.documents.models import TextTemplate
from bostad.documents.services import renewed
from bostad.organisation.admin import MunicipalAdmin


@admin.register(TextTemplate)
class TextTemplateAdmin(MunicipalAdmin):
    """Written by one, approved by another, and then final (R-0-24)."""

    belongs_to = "owner"
    list_display = [
        "name", "kind", "version", "owner", "written_by", "approved_by", "approved_on", "valid_from", "text_is_current",
    ]  # fmt: skip
    fields = ["kind", "version", "name", "clauses", "owner", "valid_from"]
    actions = ["approve", "renew"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if obj is not None and (obj.approved_by_id is not None or obj.written_by_id != request.user.pk):
            return False  # a draft is its writer's own: who has written any of it cannot approve it
        return super().has_change_permission(request, obj)

    @admin.display(description="texten är den godkända", boolean=True)
    def text_is_current(self, template: TextTemplate) -> bool:
        return template.is_current

    def save_model(self, request: HttpRequest, obj: TextTemplate, form: object, change: bool) -> None:
        if not change:
            obj.written_by = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description="Skriv en ny lydelse av valda mallar")
    def renew(self, request: HttpRequest, queryset: QuerySet) -> None:
        """A draft with the same clauses and the text as it stands now, for another to approve."""
        for template in queryset:
            draft = renewed(template, written_by=request.user, valid_from=request.today)
            draft.save()
            self.message_user(request, f"{draft} är skriven och väntar på godkännande.")

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
