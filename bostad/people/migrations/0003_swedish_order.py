from django.db import migrations

from bostad import swedish


def write_sort_keys(apps, schema_editor) -> None:
    """Å, ä and ö were dropped from the keys, so that Öberg stood beside Berg and was found as Berg."""
    Person = apps.get_model("people", "Person")
    for row in Person.objects.iterator():
        key = swedish.sort_key(f"{row.last_name} {row.first_name}")
        if key != row.sort_key:
            Person.objects.filter(pk=row.pk).update(sort_key=key)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_part_of_name")]

    operations = [migrations.RunPython(write_sort_keys, migrations.RunPython.noop)]
