"""Department administrators keep their own organisation: units, people, roles, absence, delegation, settings.

Cases are not here at all: what a routine allows is done on the case's own page.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.forms import CharField, ChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse

from bostad.organisation import setting_key
from bostad.organisation.models import (
    Absence,
    Delegation,
    Organisation,
    OrganisationGroupObjectPermission,
    OrganisationKind,
    Setting,
    Staff,
    Unit,
    UnitGroupObjectPermission,
)
from bostad.organisation.settings_keys import declared

admin.site.unregister(Group)


def administered(request: HttpRequest) -> frozenset[int]:
    """The organisations whose administrator this person is."""
    return request.scope.administered_ids


class DepartmentAdmin(admin.ModelAdmin):
    """Shows and changes what belongs to the administrator's own organisation. `belongs_to` is the lookup to it.

    `of_kind` names the fields that are filled with another organisation, and the kinds that it may be of.
    """

    belongs_to = "organisation"
    of_kind: Mapping[str, set[OrganisationKind]] = {}

    def administers(self, request: HttpRequest) -> frozenset[int]:
        """The organisations whose rows of this sort the person keeps."""
        return administered(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else self._own(rows, self.belongs_to, request)

    def _own(self, rows: QuerySet, belongs_to: str, request: HttpRequest) -> QuerySet:
        return rows.filter(**{f"{belongs_to}__in": self.administers(request)})

    def _may(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or bool(self.administers(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request) and self._is_own(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False  # municipal records are ended by date, not deleted

    def _is_own(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What the row belongs to, and every colleague and unit, is of the own organisation."""
        rows = db_field.related_model._default_manager
        field, _, rest = self.belongs_to.partition("__")
        path = rest or "pk" if db_field.name == field else _PATHS.get(db_field.related_model)
        if db_field.name in self.of_kind:
            kwargs["queryset"] = rows.filter(kind__in=self.of_kind[db_field.name])
        elif path and not request.user.is_superuser:
            kwargs["queryset"] = self._own(rows.all(), path, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


_PATHS = {Unit: "organisation", Staff: "unit__organisation"}


class MunicipalAdmin(DepartmentAdmin):
    """The same for what is the municipality's to decide: the administrators of its departments, and no others."""

    def administers(self, request: HttpRequest) -> frozenset[int]:
        return super().administers(request) & request.scope.departments


@admin.register(Organisation)
class OrganisationAdmin(DepartmentAdmin):
    belongs_to = "pk"
    list_display = ["name", "code", "kind"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Its kind says what its people may see and decide: a care provider does not make itself a department."""
        return [] if request.user.is_superuser else ["kind"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser


@admin.register(Unit)
class UnitAdmin(DepartmentAdmin):
    list_display = ["name", "organisation", "is_queue"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A unit stays where it is: its cases and roles would follow it to the other organisation."""
        return [] if obj is None or request.user.is_superuser else ["organisation"]


class StaffForm(UserChangeForm):
    """Roles that the administrator may not give are neither shown nor taken away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            offered = self.fields["groups"].queryset
            self.kept = Group.objects.filter(user=self.instance).exclude(pk__in=offered.values("pk"))
            self.initial["groups"] = list(offered.filter(user=self.instance))

    def clean_groups(self) -> QuerySet[Group]:
        chosen = [group.pk for group in self.cleaned_data["groups"]]
        return Group.objects.filter(Q(pk__in=chosen) | Q(pk__in=self.kept.values("pk")))


class NewColleagueForm(ModelForm):
    """Nobody can sign in to the account until the municipality's superuser has handed out a password."""

    class Meta:
        model = Staff
        fields = ["username"]

    def save(self, commit: bool = True) -> Staff:
        self.instance.set_unusable_password()
        return super().save(commit)


_PERSON = ("Person", {"fields": ["first_name", "last_name", "title", "email", "phone", "unit"]})
_ROLES = ("Roller", {"fields": ["groups"]})


@admin.register(Staff)
class StaffAdmin(DepartmentAdmin, UserAdmin):
    """Passwords are the superuser's alone: who sets a colleague's password can sign in as that colleague."""

    form = StaffForm
    belongs_to = "unit__organisation"
    list_display = ["username", "last_name", "first_name", "unit", "title", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["username", "first_name", "last_name"]
    filter_horizontal = ["groups"]
    fieldsets = [(None, {"fields": ["username", "password", "is_active"]}), _PERSON, _ROLES]
    add_fieldsets = [(None, {"fields": ["username", "usable_password", "password1", "password2"]}), _PERSON]

    def get_fieldsets(self, request: HttpRequest, obj: Staff | None = None) -> list[tuple]:
        if request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        if obj is None:
            return [(None, {"fields": ["username"]}), _PERSON]
        return [(None, {"fields": ["username", "is_active"]}), _PERSON, _ROLES]

    def get_readonly_fields(self, request: HttpRequest, obj: Staff | None = None) -> list[str]:
        """Nobody gives a role to himself: somebody else must think so too."""
        is_own = obj is not None and obj.pk == request.user.pk
        return ["groups"] if is_own and not request.user.is_superuser else []

    def has_change_permission(self, request: HttpRequest, obj: Staff | None = None) -> bool:
        reachable = request.user.is_superuser or obj is None or not obj.is_superuser
        return reachable and super().has_change_permission(request, obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied("Lösenord delas ut av kommunens systemförvaltare.")
        return super().user_change_password(request, id, form_url)

    def get_form(self, request: HttpRequest, obj: Staff | None = None, **kwargs: Any) -> type[ModelForm]:
        if request.user.is_superuser:
            return super().get_form(request, obj, **kwargs)
        form = super().get_form(request, obj, **({"form": NewColleagueForm} if obj is None else {}) | kwargs)
        unit = form.base_fields.get("unit")
        if unit is not None:
            unit.required = True  # who has none belongs to no organisation, and is lost to its administrator
            if obj is not None:
                unit.queryset = unit.queryset.filter(organisation=obj.unit.organisation_id)
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only groups all of whose roles are on the own organisation: nobody gives away another's cases."""
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = _own_groups(administered(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _own_groups(mine: frozenset[int]) -> QuerySet[Group]:
    elsewhere = OrganisationGroupObjectPermission.objects.exclude(content_object__in=mine).values("group")
    at_units = UnitGroupObjectPermission.objects.exclude(content_object__organisation__in=mine).values("group")
    return Group.objects.exclude(Q(pk__in=elsewhere) | Q(pk__in=at_units))


@admin.register(Absence)
class AbsenceAdmin(DepartmentAdmin):
    belongs_to = "staff__unit__organisation"
    list_display = ["staff", "substitute", "from_on", "to_on"]


@admin.register(Delegation)
class DelegationAdmin(MunicipalAdmin):
    """One that has begun may be ended, and nothing else of it changes: decisions and contracts rest on it."""

    list_display = ["staff", "act", "item", "from_on", "to_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        begun = obj is not None and obj.from_on <= request.today
        return [f.name for f in Delegation._meta.fields if f.name not in ("id", "to_on")] if begun else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.from_on > request.today)


class ValueField(CharField):
    """A value as a person types it: a text, a number, or several numbers with commas between."""

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else setting_key.written(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


_NOT_BACK = "Inställningar som redan gäller ändras inte: avsluta den och lägg till en ny från en kommande dag."


class SettingForm(ModelForm):
    """The past stays as it was: cases keep the value of the day when their clock started."""

    today: date  # set by the page
    key = ChoiceField(label="Inställning")
    value = ValueField(
        label="Värde",
        help_text="Ett tal, en text, eller flera med komma eller semikolon emellan. Fel ord svaras med dem som går att välja.",
    )

    class Meta:
        model = Setting
        fields = ["key", "organisation", "from_on", "to_on", "value", "decided_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [
            (key.key, f"{key.label}{f' ({key.unit})' if key.unit else ''}") for key in declared().values()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "key" in data and "value" in data:
            data["value"] = setting_key.read(data["key"], data["value"])
        if self.instance.pk and self.initial["from_on"] <= self.today:
            self._clean_begun()
        elif (data.get("from_on") or self.today) < self.today:
            self.add_error("from_on", "Inställningen kan inte börja gälla före idag.")
        return data

    def _clean_begun(self) -> None:
        """It may be ended, today at the earliest; one that has ended stays ended."""
        for name in {"key", "organisation", "from_on", "value"} & set(self.changed_data):
            self.add_error(name, _NOT_BACK)
        ends = [self.initial["to_on"], self.cleaned_data.get("to_on")]
        if "to_on" in self.changed_data and any(day is not None and day < self.today for day in ends):
            self.add_error("to_on", "Inställningen kan avslutas tidigast idag, och en avslutad öppnas inte igen.")


@admin.register(Setting)
class SettingAdmin(MunicipalAdmin):
    form = SettingForm
    list_display = ["label", "organisation", "from_on", "to_on", "told"]

    @admin.display(description="inställning", ordering="key")
    def label(self, row: Setting) -> str:
        known = declared().get(row.key)
        return known.label if known else row.key

    @admin.display(description="värde")
    def told(self, row: Setting) -> str:
        return setting_key.told(row.key, row.value)

    def get_form(self, request: HttpRequest, obj: Setting | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.today = request.today
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organisation" and not request.user.is_superuser:
            field.required = True  # the municipality's own values are not one department's to set
        return field
