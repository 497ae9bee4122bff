"""A note stays as it was written; a talk closes only with the agent's words, and an action or why there is none."""

from django.db import migrations

GUARD = """
CREATE FUNCTION coaching_notes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said is never changed: say something more instead'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER coaching_notes_stay BEFORE UPDATE OR DELETE ON coaching_note
FOR EACH ROW EXECUTE FUNCTION coaching_notes_stay();

CREATE FUNCTION coaching_talk_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'closed' AND (
        NOT EXISTS (SELECT 1 FROM coaching_note n WHERE n.talk_id = NEW.id AND n.side = 'agent')
        OR (NEW.why_no_action = '' AND NOT EXISTS (
            SELECT 1 FROM coaching_action a WHERE a.talk_id = NEW.id
            AND a.agreed_by_agent_at IS NOT NULL AND a.agreed_by_lead_at IS NOT NULL))
    ) THEN
        RAISE EXCEPTION 'a talk closes with the agent''s words, and one action or why there is none'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER coaching_talk_closes BEFORE INSERT OR UPDATE ON coaching_onetoone
FOR EACH ROW EXECUTE FUNCTION coaching_talk_closes();
"""
UNDO = "DROP FUNCTION coaching_notes_stay() CASCADE; DROP FUNCTION coaching_talk_closes() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("coaching", "0002_guards")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
