"""Verdicts are seen where their child is seen, and move with it."""

from django.db import migrations

from tongxing.access.operations import ScopedTable


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0001_initial"), ("registry", "0002_scope")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE eligibility_storedverdict ADD CONSTRAINT verdict_follows_child
                FOREIGN KEY (child_id, division) REFERENCES registry_child (id, division)
                ON UPDATE CASCADE
            """,
            "ALTER TABLE eligibility_storedverdict DROP CONSTRAINT verdict_follows_child",
        ),
        ScopedTable("eligibility_storedverdict"),
    ]
