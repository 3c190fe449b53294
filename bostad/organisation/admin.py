"""Department administrators keep their own organisation: units, people, roles, absence, delegation, settings.

Cases are not here at all: what a routine allows is done on the case's own page.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import ChoiceField, ModelForm
from django.http import HttpRequest, HttpResponse

from bostad.organisation.models import (
    Absence,
    Delegation,
    Organisation,
    OrganisationGroupObjectPermission,
    Setting,
    Staff,
    Unit,
    UnitGroupObjectPermission,
)
from bostad.organisation.roles import Role
from bostad.organisation.settings_keys import declared

admin.site.site_header = "bostad: förvaltningens administration"
admin.site.site_title = "bostad"
admin.site.index_title = "Administration"
admin.site.unregister(Group)


def administered(request: HttpRequest) -> set[int]:
    """The organisations whose administrator this person is."""
    return {grant.organisation_id for grant in request.scope.grants if grant.role == Role.DEPARTMENT_ADMINISTRATOR}


class DepartmentAdmin(admin.ModelAdmin):
    """Shows and changes what belongs to the administrator's own organisation. `belongs_to` is the lookup to it."""

    belongs_to = "organisation"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(**{f"{self.belongs_to}__in": administered(request)})

    def _may(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or bool(administered(request))

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
        """Only own organisations, units and colleagues can be chosen."""
        own = _own_rows(db_field.related_model, request)
        if own is not None and not request.user.is_superuser:
            kwargs["queryset"] = own
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _own_rows(model: type[Model], request: HttpRequest) -> QuerySet | None:
    mine = administered(request)
    if model is Organisation:
        return Organisation.objects.filter(pk__in=mine)
    if model is Unit:
        return Unit.objects.filter(organisation__in=mine)
    if model is Staff:
        return Staff.objects.filter(unit__organisation__in=mine)
    return None


@admin.register(Organisation)
class OrganisationAdmin(DepartmentAdmin):
    belongs_to = "pk"
    list_display = ["name", "code", "kind"]

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


def _own_groups(mine: set[int]) -> QuerySet[Group]:
    elsewhere = OrganisationGroupObjectPermission.objects.exclude(content_object__in=mine).values("group")
    at_units = UnitGroupObjectPermission.objects.exclude(content_object__organisation__in=mine).values("group")
    return Group.objects.exclude(Q(pk__in=elsewhere) | Q(pk__in=at_units))


@admin.register(Absence)
class AbsenceAdmin(DepartmentAdmin):
    belongs_to = "staff__unit__organisation"
    list_display = ["staff", "substitute", "from_on", "to_on"]


@admin.register(Delegation)
class DelegationAdmin(DepartmentAdmin):
    list_display = ["staff", "act", "item", "from_on", "to_on"]


class SettingForm(ModelForm):
    key = ChoiceField(label="Inställning")

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
        key = declared().get(data.get("key", ""))
        value = data.get("value")
        if key and value is not None and (not isinstance(value, key.type) or isinstance(value, bool)):
            wanted = {int: "ett heltal", str: "en text inom citattecken", list: "en lista, till exempel [18, 21, 23]"}
            raise ValidationError({"value": f"Värdet ska vara {wanted[key.type]}."})
        if key and key.choices and value not in dict(key.choices):
            raise ValidationError({"value": f"Välj ett av: {', '.join(dict(key.choices))}."})
        return data


@admin.register(Setting)
class SettingAdmin(DepartmentAdmin):
    form = SettingForm
    list_display = ["key", "organisation", "from_on", "to_on", "value"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organisation" and not request.user.is_superuser:
            field.required = True  # the municipality's own values are not one department's to set
        return field
