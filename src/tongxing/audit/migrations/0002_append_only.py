"""Nobody changes or removes a row of the trail, and nobody reads what is not theirs to read."""

from django.db import migrations

TABLES = ("audit_entry", "audit_seal", "audit_verification")

REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the trail is only ever added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
"""
# ALWAYS: the trigger fires for replication roles too, which skip ordinary triggers.
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only;
"""
CHANGEABLE = "DROP TRIGGER append_only ON {table};"

# A reader sees the entries of the area where he serves children, or of the area whose trail he
# answers for. An unset or emptied setting is no area: NULLIF turns it into NULL, which no row meets.
INSIDE = """(division >= NULLIF(current_setting('app.{area}_lo', true), '')::bigint
        AND division < NULLIF(current_setting('app.{area}_hi', true), '')::bigint)"""
READABLE = f"""
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_select ON audit_entry FOR SELECT USING (
    {INSIDE.format(area="scope")} OR {INSIDE.format(area="audit")}
);
CREATE POLICY audit_entry_insert ON audit_entry FOR INSERT WITH CHECK (true);
"""
OPEN = """
DROP POLICY audit_entry_insert ON audit_entry;
DROP POLICY audit_entry_select ON audit_entry;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION audit_refuse();"),
        *(
            migrations.RunSQL(APPEND_ONLY.format(table=table), CHANGEABLE.format(table=table))
            for table in TABLES
        ),
        migrations.RunSQL(READABLE, OPEN),
    ]
