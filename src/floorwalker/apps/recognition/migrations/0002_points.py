"""Entries of points stay as they were written, and every entry moves the balances it names.

The one change there is: the name on an entry may be emptied to a dash, and its sentence with it, so that words about
a person can be forgotten while the sums stay. Balances change by entries and by nothing else.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION recognition_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.by_name = '–' AND NEW.why IN ('–', OLD.why) THEN
        OLD.why := NEW.why; OLD.by_name := '–';
        IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'an entry of points is never changed: reverse it'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER recognition_entries_stay BEFORE UPDATE OR DELETE ON recognition_entry
FOR EACH ROW EXECUTE FUNCTION recognition_entries_stay();

CREATE FUNCTION recognition_entry_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    side bigint;
    whose bigint;
BEGIN
    SELECT COALESCE(MAX(a.agent_id) FILTER (WHERE a.id = NEW.taker_id), MAX(a.agent_id)) INTO whose
    FROM recognition_account a WHERE a.id IN (NEW.giver_id, NEW.taker_id);
    IF whose IS NOT NULL AND NEW.agent_id IS DISTINCT FROM whose THEN
        RAISE EXCEPTION 'an entry names the agent whose balance it changes'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- In the order of ids, whoever gives: two entries between the same accounts wait for each other, never in a ring.
    FOR side IN SELECT unnest(ARRAY[LEAST(NEW.giver_id, NEW.taker_id), GREATEST(NEW.giver_id, NEW.taker_id)]) LOOP
        UPDATE recognition_account
        SET balance = balance + CASE WHEN id = NEW.taker_id THEN NEW.points::bigint ELSE -NEW.points::bigint END
        WHERE id = side AND balance IS NOT NULL;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER recognition_entry_moves AFTER INSERT ON recognition_entry
FOR EACH ROW EXECUTE FUNCTION recognition_entry_moves();

CREATE FUNCTION recognition_balances_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.balance = 0 OR NEW.balance IS NULL THEN RETURN NEW; END IF;
    ELSIF NEW.kind = OLD.kind AND NEW.agent_id IS NOT DISTINCT FROM OLD.agent_id AND (
        NEW.balance IS NOT DISTINCT FROM OLD.balance
        OR pg_trigger_depth() > 1  -- an entry moves it
    ) THEN RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a balance changes by an entry of points and by nothing else'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER recognition_balances_follow BEFORE INSERT OR UPDATE ON recognition_account
FOR EACH ROW EXECUTE FUNCTION recognition_balances_follow();
"""
UNDO = """
DROP FUNCTION recognition_entries_stay() CASCADE;
DROP FUNCTION recognition_entry_moves() CASCADE;
DROP FUNCTION recognition_balances_follow() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("recognition", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
