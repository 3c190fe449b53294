"""The administration without a browser: an administrator, and a form sent back as a browser would send it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from bostad.organisation.roles import Role
from bostad.organisation.scope import scope_for
from tests.factories import StaffFactory
from tests.pages import DAY, client_of


def administrator_of(where: Any) -> Client:
    return client_of(scope_for(StaffFactory(unit=None, roles=[(Role.DEPARTMENT_ADMINISTRATOR, where)]), DAY))


def form_data(page: Any) -> dict[str, Any]:
    """What a browser would send back of the page's form, untouched."""
    admin_form = page.context["adminform"].form
    sets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    fields = [*admin_form, *(field for one in sets for form in [one.management_form, *one.forms] for field in form)]
    sent = {}
    for field in fields:
        value = field.field.widget.value_from_datadict(_as_shown(field), {}, field.html_name)
        if value is not None and value is not False and not field.field.disabled:
            sent[field.html_name] = value
    return sent


def _as_shown(field: Any) -> dict[str, Any]:
    """The widget's own rendering of the value; what a list of choices does not hold is not sent."""
    widget, value = field.field.widget, field.value()
    if getattr(widget, "choices", None) is not None:
        offered = {str(choice) for choice, _ in field.field.choices}
        if isinstance(value, list):
            return {field.html_name: [one for one in value if str(one) in offered]}
        return {field.html_name: value if str(value if value is not None else "") in offered else ""}
    return {} if value is None or value is False else {field.html_name: widget.format_value(value)}


def change(client: Client, row: Any, **changes: Any) -> Any:
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return client.post(address, form_data(client.get(address)) | changes)


def errors(response: Any) -> str:
    assert response.status_code == 200, "it was saved"
    sets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return str(response.context["adminform"].form.errors) + str([one.errors for one in sets])
