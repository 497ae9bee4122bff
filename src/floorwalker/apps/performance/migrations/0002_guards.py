"""A figure that was told stays as it was told; a correction is a new row, and the old one says that it is replaced."""

from django.db import migrations

GUARD = """
CREATE FUNCTION performance_figures_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.replaced AND NOT OLD.replaced THEN
        OLD.replaced := TRUE;
        IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'figures of days are append-only: tell a correction under the same key'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER performance_figures_stay BEFORE UPDATE OR DELETE ON performance_agentday
FOR EACH ROW EXECUTE FUNCTION performance_figures_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("performance", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION performance_figures_stay() CASCADE")]
