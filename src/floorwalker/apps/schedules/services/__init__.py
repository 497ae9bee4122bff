"""Writes of schedules: verbs, each with its permission, its lock, its rule, its record and its news."""

from floorwalker.apps.schedules.services.agreeing import agree, effect, look_at
from floorwalker.apps.schedules.services.drafts import begin_draft, discard_draft, reopen_draft, take_in, week_for
from floorwalker.apps.schedules.services.editing import (
    change_draft,
    change_published,
    check,
    in_words,
    new_identity,
    undo,
)
from floorwalker.apps.schedules.services.exporting import note_export
from floorwalker.apps.schedules.services.feeds import (
    Opened,
    looked,
    open_feed,
    read_feed,
    renew_feed,
    revoke_feed,
    switch_off_unused,
)
from floorwalker.apps.schedules.services.patterns import archive_pattern, keep_pattern
from floorwalker.apps.schedules.services.promised import HOURS_PROMISE, WEEK_PROMISE, owe_weeks, weigh_changes
from floorwalker.apps.schedules.services.publishing import PUBLISHED, publish, publish_again, tell_of_publication
from floorwalker.apps.schedules.services.requests import (
    ANSWERED,
    PROMISE,
    ask,
    counter,
    decline,
    propose,
    say,
    withdraw,
)
from floorwalker.apps.schedules.services.runs import JOB, RUN_ENDED, keep_solution, run_failed, start_run

__all__ = [
    "ANSWERED",
    "HOURS_PROMISE",
    "JOB",
    "PROMISE",
    "PUBLISHED",
    "RUN_ENDED",
    "WEEK_PROMISE",
    "Opened",
    "agree",
    "archive_pattern",
    "ask",
    "begin_draft",
    "change_draft",
    "change_published",
    "check",
    "counter",
    "decline",
    "discard_draft",
    "effect",
    "in_words",
    "keep_pattern",
    "keep_solution",
    "look_at",
    "looked",
    "new_identity",
    "note_export",
    "open_feed",
    "owe_weeks",
    "propose",
    "publish",
    "publish_again",
    "read_feed",
    "renew_feed",
    "reopen_draft",
    "revoke_feed",
    "run_failed",
    "say",
    "start_run",
    "switch_off_unused",
    "take_in",
    "tell_of_publication",
    "undo",
    "week_for",
    "weigh_changes",
    "withdraw",
]
