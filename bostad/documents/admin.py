from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from bostad.documents import clauses
from bostad.documents.models import TextTemplate
from bostad.documents.printing import template_kinds
from bostad.documents.services import renewed
from bostad.organisation.admin import MunicipalAdmin


class ClausesField(forms.CharField):
    """Clauses as a person writes them: a heading, its text on the lines below, a blank line between two."""

    widget = forms.Textarea(attrs={"rows": 20, "cols": 80})

    def prepare_value(self, value: Any) -> Any:
        return clauses.written(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[dict[str, str]]:
        return clauses.read(super().to_python(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(clauses.written(initial or []), data)


class TemplateForm(forms.ModelForm):
    kinds: dict[str, str]  # set by the page
    kind = forms.ChoiceField(label="Mall")
    clauses = ClausesField(
        label="Särskilda bestämmelser",
        required=False,
        help_text="Rubriken på en egen rad, texten på raderna under, och en tom rad före nästa rubrik.",
    )

    class Meta:
        model = TextTemplate
        fields = ["kind", "version", "name", "clauses", "owner", "valid_from"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].choices = list(self.kinds.items())


@admin.register(TextTemplate)
class TextTemplateAdmin(MunicipalAdmin):
    """Written by one, approved by another, and then final (R-0-24)."""

    form = TemplateForm
    belongs_to = "owner"
    list_display = [
        "name", "kind", "version", "owner", "written_by", "approved_by", "approved_on", "valid_from", "text_is_current",
    ]  # fmt: skip
    actions = ["approve", "renew"]

    def get_fields(self, request: HttpRequest, obj: TextTemplate | None = None) -> list[str]:
        clauses_as = "clauses" if self.has_change_permission(request, obj) else "clauses_as_written"
        return ["kind", "version", "name", clauses_as, "owner", "valid_from"]

    @admin.display(description="särskilda bestämmelser")
    def clauses_as_written(self, template: TextTemplate) -> str:
        return clauses.written(template.clauses)

    def get_form(self, request: HttpRequest, obj: TextTemplate | None = None, **kwargs: Any) -> type[TemplateForm]:
        form = super().get_form(request, obj, **kwargs)
        form.kinds = self._kinds(request)
        return form

    def _kinds(self, request: HttpRequest) -> dict[str, str]:
        """A paper has one keeper: another department writes no version that would go before the keeper's own."""
        if request.user.is_superuser:
            return template_kinds()
        elsewhere = set(
            TextTemplate.objects.exclude(owner__in=self.administers(request)).values_list("kind", flat=True)
        )
        return {kind: title for kind, title in template_kinds().items() if kind not in elsewhere}

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
            except ValidationError as fault:
                self.message_user(request, f"{template}: {' '.join(fault.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{template} är godkänd.")
