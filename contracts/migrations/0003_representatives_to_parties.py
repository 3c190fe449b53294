"""A representative stood on the contract; now it stands by the tenant for whom it was recorded."""

from django.db import migrations
from django.db.models import F


def to_parties(apps, schema_editor):
    parties = apps.get_model("casework", "CaseParty").objects.filter(
        role="tenant", case__as_contract__representative__person=F("person")
    )
    for party in parties.select_related("case__as_contract"):
        party.representative_id = party.case.as_contract.representative_id
        party.save(update_fields=["representative"])


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0002_party_representative"),
        ("contracts", "0002_number_sequence"),
    ]

    operations = [migrations.RunPython(to_parties, migrations.RunPython.noop)]
