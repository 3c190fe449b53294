from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    """A dwelling is found by any part of its address or its designation."""

    atomic = False  # an index that is made while the house is open

    dependencies = [("housing", "0001_initial"), ("people", "0002_part_of_name")]

    operations = [
        AddIndexConcurrently(
            "dwelling",
            GinIndex(fields=["sort_key"], name="dwelling_by_part_of_address", opclasses=["gin_trgm_ops"]),
        ),
        AddIndexConcurrently(
            "dwelling",
            GinIndex(OpClass(Upper("designation"), "gin_trgm_ops"), name="dwelling_by_part_of_number"),
        ),
    ]
