"""What was said stays as it was said; a visit tapped by mistake is taken back, not wiped out."""

from django.db import migrations

GUARD = """
CREATE FUNCTION coaching_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said is never changed: say something more instead'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER coaching_words_stay BEFORE UPDATE OR DELETE ON coaching_feedback
FOR EACH ROW EXECUTE FUNCTION coaching_words_stay();
CREATE TRIGGER coaching_words_stay BEFORE UPDATE OR DELETE ON coaching_feedbackreply
FOR EACH ROW EXECUTE FUNCTION coaching_words_stay();
CREATE TRIGGER coaching_words_stay BEFORE UPDATE OR DELETE ON coaching_opening
FOR EACH ROW EXECUTE FUNCTION coaching_words_stay();

CREATE FUNCTION coaching_touches_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.kind = 'visit' AND OLD.taken_back_at IS NULL
       AND NEW.taken_back_at <= OLD.at + interval '1 minute' THEN
        OLD.taken_back_at := NEW.taken_back_at;
        IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'that somebody was spoken to is never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER coaching_touches_stay BEFORE UPDATE OR DELETE ON coaching_touch
FOR EACH ROW EXECUTE FUNCTION coaching_touches_stay();
"""
UNDO = "DROP FUNCTION coaching_words_stay() CASCADE; DROP FUNCTION coaching_touches_stay() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("coaching", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
