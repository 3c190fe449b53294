from django.db import migrations


class Migration(migrations.Migration):
    """Contracts are numbered by a sequence of their own; gaps are allowed."""

    dependencies = [("contracts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE casework_number_contract", reverse_sql="DROP SEQUENCE casework_number_contract"
        )
    ]
