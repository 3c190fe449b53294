from django.db import migrations

SEQUENCES = ("casework_number_assessment", "casework_number_question", "casework_number_referral", "referrals_decision_number")


class Migration(migrations.Migration):
    """Each kind, and the decisions, are numbered by a sequence of their own; gaps are allowed."""

    dependencies = [("referrals", "0001_initial")]
    operations = [
        migrations.RunSQL(f"CREATE SEQUENCE {name}", reverse_sql=f"DROP SEQUENCE {name}") for name in SEQUENCES
    ]
