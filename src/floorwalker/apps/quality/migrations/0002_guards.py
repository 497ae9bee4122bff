"""A version of a form that was in force keeps its words: what was scored with it stays readable."""

from django.db import migrations

GUARD = """
CREATE FUNCTION quality_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.content IS DISTINCT FROM OLD.content
       OR NEW.number <> OLD.number OR NEW.form_id <> OLD.form_id OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'a version of a form that was in force never changes: write the next one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER quality_words_stay BEFORE UPDATE OR DELETE ON quality_formversion
FOR EACH ROW EXECUTE FUNCTION quality_words_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION quality_words_stay() CASCADE")]
