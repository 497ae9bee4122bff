"""The database itself keeps the audit: it numbers and chains entries at commit, and refuses every change.

Sealing waits until the very end of the transaction, after all foreign keys have been checked, because the chain is
written under one lock: held any earlier, two actions that wait for each other's rows would wait for ever. The
first trigger only puts the row at the end of the queue; the second takes the lock, numbers it and chains it.
"""

from django.db import migrations

SEALED = """
CREATE FUNCTION kernel_entry_text(entry kernel_entry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_array(
        entry.seq, entry.id, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        entry.actor_kind, entry.actor_id, entry.actor_name, entry.actor_user,
        entry.verb, entry.about_kind, entry.about_id, entry.person, entry.facts
    )::text
$$;

CREATE FUNCTION kernel_entry_queue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE kernel_entry SET previous = '' WHERE id = NEW.id;
    RETURN NULL;
END
$$;

CREATE FUNCTION kernel_entry_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sealed kernel_entry;
    head_seq bigint;
    head_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock(7065001);
    SELECT seq, hash INTO head_seq, head_hash FROM kernel_entry WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1;
    SELECT * INTO sealed FROM kernel_entry WHERE id = NEW.id;
    sealed.seq := coalesce(head_seq, 0) + 1;
    sealed.previous := coalesce(head_hash, repeat('0', 64));
    sealed.hash := encode(sha256(convert_to(sealed.previous || kernel_entry_text(sealed), 'UTF8')), 'hex');
    UPDATE kernel_entry SET seq = sealed.seq, previous = sealed.previous, hash = sealed.hash WHERE id = NEW.id;
    RETURN NULL;
END
$$;

CREATE FUNCTION kernel_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.seq IS NULL AND NEW.previous IS NULL AND NEW.hash IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.hash IS NULL
       AND to_jsonb(NEW) - '{seq,previous,hash}'::text[] = to_jsonb(OLD) - '{seq,previous,hash}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER kernel_entry_guard BEFORE INSERT OR UPDATE OR DELETE ON kernel_entry
    FOR EACH ROW EXECUTE FUNCTION kernel_entry_guard();
CREATE TRIGGER kernel_entry_no_truncate BEFORE TRUNCATE ON kernel_entry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_entry_guard();
CREATE CONSTRAINT TRIGGER kernel_entry_queue AFTER INSERT ON kernel_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kernel_entry_queue();
CREATE CONSTRAINT TRIGGER kernel_entry_seal AFTER UPDATE ON kernel_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.previous = '') EXECUTE FUNCTION kernel_entry_seal();
"""

# The role that serves may add and read. Where the same role migrates (a test's database), triggers alone must do.
PRIVILEGES = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'floorwalker_app') AND current_user <> 'floorwalker_app' THEN
        REVOKE UPDATE, DELETE, TRUNCATE ON kernel_entry FROM floorwalker_app;
    END IF;
END
$$;
"""

UNDO = """
DROP TRIGGER kernel_entry_seal ON kernel_entry;
DROP TRIGGER kernel_entry_queue ON kernel_entry;
DROP TRIGGER kernel_entry_no_truncate ON kernel_entry;
DROP TRIGGER kernel_entry_guard ON kernel_entry;
DROP FUNCTION kernel_entry_guard();
DROP FUNCTION kernel_entry_seal();
DROP FUNCTION kernel_entry_queue();
DROP FUNCTION kernel_entry_text(kernel_entry);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(SEALED, UNDO),
        migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop),
    ]
