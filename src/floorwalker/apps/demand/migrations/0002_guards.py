"""What was said before the fact stays said: versions, submissions and statements refuse every change."""

from django.db import migrations

TABLES = (
    "demand_forecastversion",
    "demand_forecastday",
    "demand_clientforecast",
    "demand_clientforecastday",
    "demand_clientevent",
    "demand_statement",
)

REFUSE = """
CREATE FUNCTION demand_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes: a correction is a new row', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
GUARD = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION demand_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("demand", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION demand_refuse_change() CASCADE"),
        *(migrations.RunSQL(GUARD.format(table=table), migrations.RunSQL.noop) for table in TABLES),
    ]
