"""What models cannot say: the scope of every table, and rules the database keeps by itself."""

from django.db import migrations

from tongxing.access.operations import Reach, ScopedTable

OF_A_CHILD = [
    "registry_guardian",
    "registry_hukouspell",
    "registry_residencespell",
    "registry_temporaryabsence",
    "registry_enrolment",
    "registry_permit",
    "registry_insurance",
    "registry_healthrecord",
    "registry_disability",
    "registry_hardship",
]
OTHERS = [
    "registry_child",
    "registry_household",
    "registry_clue",
    "registry_rostermapping",
    "registry_rosterbatch",
    "registry_rosterchange",
]
# Derived or staged rows: they are made anew, nothing of the file is lost with them.
REMADE = ["registry_namekey", "registry_rosterrow", "registry_rosterchunk"]


def follows_the_child(table):
    """The row's division is the child's: when the child moves, the database moves the row."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ADD CONSTRAINT {table}_follows_child
            FOREIGN KEY (child_id, division) REFERENCES registry_child (id, division)
            ON UPDATE CASCADE
        """,
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_follows_child",
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial"), ("access", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist", migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE registry_child ADD CONSTRAINT child_with_place UNIQUE (id, division)",
            "ALTER TABLE registry_child DROP CONSTRAINT child_with_place",
        ),
        # One living record for a number in a county; across counties a comparison decides.
        migrations.RunSQL(
            """
            CREATE UNIQUE INDEX child_one_for_a_number
                ON registry_child (identity_index, (division / 1000000))
                WHERE identity_index IS NOT NULL AND withdrawn_at IS NULL
            """,
            "DROP INDEX child_one_for_a_number",
        ),
        migrations.RunSQL(
            """
            ALTER TABLE registry_residencespell ADD CONSTRAINT residence_no_overlap
                EXCLUDE USING gist (child_id WITH =, daterange(since, until) WITH &&)
                WHERE (withdrawn_at IS NULL)
            """,
            "ALTER TABLE registry_residencespell DROP CONSTRAINT residence_no_overlap",
        ),
        *[follows_the_child(table) for table in OF_A_CHILD],
        *[ScopedTable(table) for table in [*OF_A_CHILD, *OTHERS]],
        *[ScopedTable(table, delete=Reach.SCOPE) for table in REMADE],
    ]
