from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Field as ModelField
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.text import capfirst

from bostad.housing import let_as
from bostad.housing.models import Category, Dwelling, HeadLease, HeadRent, Property
from bostad.organisation.admin import MunicipalAdmin
from bostad.organisation.models import OrganisationKind


@admin.register(Property)
class PropertyAdmin(MunicipalAdmin):
    """A property is nobody's own: several departments may have dwellings in it."""

    of_kind = {"landlord": {OrganisationKind.LANDLORD, OrganisationKind.DEPARTMENT}}  # own stock is the municipality's
    list_display = ["designation", "name", "landlord"]
    search_fields = ["designation", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Property.objects.all()


class HeadRentForm(ModelForm):
    """A rent that is already paid stays as it was: a new one is a later row."""

    today: date  # set by the page

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = self.instance.pk is not None and self.instance.from_on <= self.today
        for field in self.fields.values():
            field.disabled = field.disabled or in_force


class HeadRentInline(admin.TabularInline):
    """Goes with the lease: who may see that may write its rents; a rent is followed by a later one, not deleted."""

    model = HeadRent
    form = HeadRentForm
    extra = 1
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: HeadLease | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.today = request.today
        return formset

    def has_view_permission(self, request, obj=None) -> bool:
        return True

    has_add_permission = has_change_permission = has_view_permission


@admin.register(Dwelling)
class DwellingAdmin(MunicipalAdmin):
    belongs_to = "manager"
    of_kind = {"provider": {OrganisationKind.PROVIDER}}
    list_display = ["designation", "street", "apartment_number", "tenure", "provider"]
    search_fields = ["designation", "street"]

    def formfield_for_dbfield(self, db_field: ModelField, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """Lists of codes are ticked in Swedish words; what is kept is the codes."""
        choices = {"housing_forms": let_as.choices(), "allowed_categories": Category.choices}.get(db_field.name)
        if choices is None:
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return MultipleChoiceField(
            label=capfirst(db_field.verbose_name), help_text=db_field.help_text, required=not db_field.blank,
            choices=choices, widget=CheckboxSelectMultiple,
        )  # fmt: skip


@admin.register(HeadLease)
class HeadLeaseAdmin(MunicipalAdmin):
    belongs_to = "dwelling__manager"
    of_kind = {"owner": {OrganisationKind.LANDLORD}}
    list_display = ["reference", "dwelling", "owner", "from_on", "to_on", "is_block_let"]
    inlines = [HeadRentInline]
