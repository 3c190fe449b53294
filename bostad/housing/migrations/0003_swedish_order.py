from django.db import migrations

from bostad import swedish


def write_sort_keys(apps, schema_editor) -> None:
    """Å, ä and ö were dropped from the keys, so that Öberg stood beside Berg and was found as Berg."""
    Dwelling = apps.get_model("housing", "Dwelling")
    for row in Dwelling.objects.iterator():
        key = swedish.sort_key(f"{row.street} {row.apartment_number}")
        if key != row.sort_key:
            Dwelling.objects.filter(pk=row.pk).update(sort_key=key)


class Migration(migrations.Migration):
    dependencies = [("housing", "0002_part_of_address")]

    operations = [migrations.RunPython(write_sort_keys, migrations.RunPython.noop)]
