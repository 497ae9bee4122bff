"""A version of a scenario that was in force keeps its words: what was played with it stays readable."""

from django.db import migrations

GUARD = """
CREATE FUNCTION learning_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.content IS DISTINCT FROM OLD.content
       OR NEW.number <> OLD.number OR NEW.scenario_id <> OLD.scenario_id OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'a version of a scenario that was in force never changes: write the next one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER learning_words_stay BEFORE UPDATE OR DELETE ON learning_scenarioversion
FOR EACH ROW EXECUTE FUNCTION learning_words_stay();

CREATE FUNCTION learning_answers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at IS NOT NULL AND (NEW.option IS DISTINCT FROM OLD.option OR NEW.words <> OLD.words
       OR NEW.node <> OLD.node OR NEW.at IS DISTINCT FROM OLD.at OR NEW.shown_at <> OLD.shown_at) THEN
        RAISE EXCEPTION 'what was answered never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER learning_answers_stay BEFORE UPDATE ON learning_turn
FOR EACH ROW EXECUTE FUNCTION learning_answers_stay();

CREATE FUNCTION learning_exercise_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.content IS DISTINCT FROM OLD.content
       OR NEW.title <> OLD.title OR NEW.kind <> OLD.kind OR NEW.number <> OLD.number OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'an exercise that was in force never changes: write the next one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER learning_exercise_stays BEFORE UPDATE OR DELETE ON learning_exercise
FOR EACH ROW EXECUTE FUNCTION learning_exercise_stays();

CREATE FUNCTION learning_activity_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.content IS DISTINCT FROM OLD.content OR NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'what a group was given never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER learning_activity_keeps_its_words BEFORE UPDATE ON learning_activity
FOR EACH ROW EXECUTE FUNCTION learning_activity_keeps_its_words();
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD,
            "DROP FUNCTION learning_words_stay() CASCADE; DROP FUNCTION learning_answers_stay() CASCADE;"
            "DROP FUNCTION learning_exercise_stays() CASCADE; DROP FUNCTION learning_activity_keeps_its_words() CASCADE",
        )
    ]
