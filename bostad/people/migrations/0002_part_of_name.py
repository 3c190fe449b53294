import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """A name is found by any part of it. `pg_trgm` is a trusted extension: who owns the database may make it."""

    atomic = False  # an index that is made while the house is open

    dependencies = [("people", "0001_initial")]

    operations = [
        TrigramExtension(),
        AddIndexConcurrently(
            "person",
            django.contrib.postgres.indexes.GinIndex(
                fields=["sort_key"], name="person_by_part_of_name", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
