"""The municipality's wording: who writes it, who approves it, and what could not be printed (R-0-24)."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from bostad.casework.refusals import StepNotTaken
from bostad.documents import clauses, wording
from bostad.documents.models import TextTemplate
from bostad.documents.printing import template_kinds
from bostad.documents.services import approved_template
from bostad.organisation.models import Organisation, Staff
from contracts.states import HousingForm
from tests.administration import administrator_of, change, errors, form_data
from tests.pages import DAY
from tests.town import Town, a_town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]

KIND = "contract_care_dementia"
TYPED = "Rökning\r\nRökning är inte tillåten.\r\n\r\n\r\nHusdjur\r\nFår finnas.\r\nInte störa.\r\n"
CLAUSES = [
    {"heading": "Rökning", "text": "Rökning är inte tillåten."},
    {"heading": "Husdjur", "text": "Får finnas.\nInte störa."},
]


@pytest.fixture
def vof(town: Town) -> Client:
    return administrator_of(town.vof)


def write(client: Client, owner: Organisation, kind: str = KIND, **fields: Any) -> Any:
    sent = {"kind": kind, "version": 2, "name": "Ny", "clauses": TYPED, "owner": owner.pk, "valid_from": str(DAY)}
    return client.post(reverse("admin:documents_texttemplate_add"), sent | fields)


def act(client: Client, action: str, *templates: TextTemplate) -> Any:
    sent = {"action": action, "_selected_action": [template.pk for template in templates]}
    return client.post(reverse("admin:documents_texttemplate_changelist"), sent)


# --- clauses -----------------------------------------------------------------------------------------------------------


def test_clauses_are_typed_as_headings_with_their_text():
    assert clauses.read(TYPED) == CLAUSES
    assert clauses.read(clauses.written(CLAUSES)) == CLAUSES
    assert clauses.read(" \n ") == []
    assert clauses.written([{"heading": "A", "text": "b\n\nc"}]) == "A\nb\nc"  # each line is a paragraph on paper


def test_a_heading_without_text_is_named():
    with pytest.raises(ValidationError, match="”Husdjur” har ingen text"):
        clauses.read("Rökning\nInte inne.\n\nHusdjur\n\n")


@pytest.mark.parametrize(
    "broken",
    ["text", {"heading": "A", "text": "b"}, ["A"], [{"heading": "A"}], [{"heading": "A", "text": 1}],
     [{"heading": "", "text": "b"}], [{"heading": "A", "text": "\0"}], [{"heading": "A", "text": "b", "x": "y"}]],
)  # fmt: skip
def test_clauses_that_could_not_be_printed_are_not_kept(town: Town, broken: Any):
    template = TextTemplate(
        kind=KIND, version=2, name="x", owner=town.vof, written_by_id=town.manager.staff_id, valid_from=DAY
    )
    template.clauses = broken
    with pytest.raises(ValidationError, match="rubrik och en text"):
        template.save()
    with pytest.raises(ValidationError, match="rubrik och en text"):
        template.full_clean()


# --- kinds -------------------------------------------------------------------------------------------------------------


def test_every_paper_and_every_housing_form_has_a_kind_of_template(town: Town):
    assert set(template_kinds()) == set(TextTemplate.objects.values_list("kind", flat=True))
    assert {f"contract_{form}" for form in HousingForm} < set(template_kinds())


def test_a_kind_that_nothing_prints_is_refused(town: Town, vof: Client):
    with pytest.raises(ValidationError, match="ingen sådan handling"):
        TextTemplate(kind="brev", version=1, owner=town.vof, clauses=[]).save()
    assert "kind" in errors(write(vof, town.vof, kind="brev"))


# --- who ---------------------------------------------------------------------------------------------------------------


def test_a_template_is_written_by_one_and_approved_by_another_of_the_keeping_department(town: Town, vof: Client):
    assert write(vof, town.vof).status_code == 302
    draft = TextTemplate.objects.get(kind=KIND, version=2)
    assert (draft.clauses, draft.approved_by) == (CLAUSES, None)
    shown = form_data(vof.get(reverse("admin:documents_texttemplate_change", args=[draft.pk])))["clauses"]
    assert shown == clauses.written(CLAUSES)
    assert change(vof, draft, name="Nyare").status_code == 302
    draft.refresh_from_db()
    assert (draft.name, draft.clauses) == ("Nyare", CLAUSES)

    act(vof, "approve", draft)  # by the writer
    draft.refresh_from_db()
    assert draft.approved_by is None
    act(administrator_of(town.vof), "approve", draft)
    draft.refresh_from_db()
    assert draft.approved_on == DAY
    assert TextTemplate.objects.in_force(KIND, DAY).first() == draft
    page = vof.get(reverse("admin:documents_texttemplate_change", args=[draft.pk])).content.decode()
    assert "Rökning är inte tillåten.<br>" in page


def test_a_care_provider_writes_and_approves_no_template(town: Town):
    theirs = administrator_of(town.ronngarden)
    assert write(theirs, town.ronngarden).status_code == 403
    draft = _draft(town.vof, town)
    assert act(theirs, "approve", draft).status_code == 403
    with pytest.raises(DatabaseError, match="municipal department"), transaction.atomic():
        TextTemplate.objects.filter(pk=draft.pk).update(owner=town.ronngarden)


def test_another_department_writes_and_approves_no_version_of_the_keepers_paper(town: Town):
    sof = administrator_of(town.sof)
    assert "kind" in errors(write(sof, town.sof))
    assert "owner" in errors(write(sof, town.vof))
    draft = _draft(town.vof, town)
    act(sof, "approve", draft)
    draft.refresh_from_db()
    assert draft.approved_by is None
    assert sof.get(reverse("admin:documents_texttemplate_change", args=[draft.pk])).status_code == 302  # not found


def test_a_draft_that_could_not_be_printed_is_not_approved(town: Town):
    draft = _draft(town.vof, town)
    TextTemplate.objects.filter(pk=draft.pk).update(clauses=[{"heading": "A"}])
    assert act(administrator_of(town.vof), "approve", draft).status_code == 302
    draft.refresh_from_db()
    assert draft.approved_by is None


def _draft(owner: Organisation, town: Town) -> TextTemplate:
    by = Staff.objects.get(pk=town.caseworker.staff_id)
    return TextTemplate.objects.create(
        kind=KIND, version=2, name="Utkast", clauses=CLAUSES, owner=owner, written_by=by, valid_from=DAY
    )


# --- what is left to approve -------------------------------------------------------------------------------------------


def told_to_approve(*options: str) -> list[str]:
    out = io.StringIO()
    call_command("papers_to_approve", *options, stdout=out)
    return out.getvalue().splitlines()


def a_newer_version(town: Town, kind: str, **fields: Any) -> TextTemplate:
    people = {"written_by_id": town.administrator.staff_id, "approved_by_id": town.manager.staff_id}
    given = {"owner": town.vof, "approved_on": DAY, "valid_from": DAY}
    return TextTemplate.objects.create(kind=kind, version=2, name="Ny", **people | given | fields)


@pytest.mark.rule("R-0-24")
def test_where_every_paper_is_approved_nothing_is_to_be_done(town: Town):
    assert told_to_approve("--check") == ["Alla handlingar har en godkänd text."]


@pytest.mark.rule("R-0-24")
def test_a_paper_without_an_approved_text_in_force_is_named(db: None):
    town = a_town(drafts=[KIND, "reminder"])
    a_newer_version(town, "reminder", valid_from=DAY + timedelta(days=1))
    assert sorted(told_to_approve()) == [
        "Andrahandskontrakt, vårdbostad demens (contract_care_dementia): ingen godkänd lydelse gäller.",
        "Påminnelse om original (reminder): ingen godkänd lydelse gäller.",
    ]
    with pytest.raises(CommandError, match="2 att godkänna under Administration, Mallar") as refusal:
        told_to_approve("--check")
    assert refusal.value.returncode == 1


@pytest.mark.rule("R-0-24")
def test_a_paper_whose_text_has_changed_is_named_until_the_new_one_is_approved(town: Town, monkeypatch):
    known = wording.current
    monkeypatch.setattr(wording, "current", lambda kind: "changed" if kind == "reminder" else known(kind))
    (line,) = told_to_approve()
    assert line.startswith("Påminnelse om original (reminder): texten har ändrats sedan lydelse 1 godkändes ")
    with pytest.raises(StepNotTaken, match="har fått ny text"):
        approved_template("reminder", DAY)
    a_newer_version(town, "reminder")
    assert told_to_approve("--check") == ["Alla handlingar har en godkänd text."]
