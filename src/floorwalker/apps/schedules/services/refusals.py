"""What schedules refuse, and how they say it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused, Stale


class ShiftChanged(Stale):
    code = "shift_changed"
    text = _("Somebody changed this shift while you were looking: {fresh}. Your change was not made.")


class BreaksRules(Refused):
    code = "shift_breaks_rules"
    text = _("This is against a rule: {sentences}")


class DoubleBooked(Refused):
    code = "shift_double_booked"
    status = 409
    text = _("{who} already works at that time ({when}). Nobody is in two places at once.")


class CannotBe(Refused):
    code = "shift_cannot_be"
    text = _("That cannot be done: {problem}.")


class WithoutReason(Refused):
    code = "shift_override_without_reason"
    text = _("Say in a few words why the rule gives way here; it is kept with the change.")


class DraftBehind(Stale):
    code = "draft_behind"
    text = _(
        "The published week has changed since this draft was begun (version {base}, now {current}). "
        "Take the changes in, look at them, and publish then."
    )


class DraftEnded(Refused):
    code = "draft_ended"
    status = 409
    text = _("The draft “{name}” is {state}; begin a new one from the published week.")


class NothingToPublish(Refused):
    code = "nothing_to_publish"
    status = 409
    text = _("The draft is the same as the published week: there is nothing to publish.")


class TooLateToUndo(Refused):
    code = "too_late_to_undo"
    status = 409
    text = _("This change is older than {minutes} minutes or undone already; make it the other way round by hand.")


class NothingNeeded(Refused):
    code = "nothing_needed"
    text = _(
        "Nobody has said how many people this week needs. "
        "Have the required staff computed first, then run the roster."
    )


class NobodyToRoster(Refused):
    code = "nobody_to_roster"
    text = _("Nobody here can be rostered that week: no agents, or all of them have left or are contractors.")


class RequestEnded(Refused):
    code = "change_request_ended"
    status = 409
    text = _("This request is {state}; there is nothing left to answer.")


class NotYourTurn(Refused):
    code = "change_request_turn"
    status = 409
    text = _("It is not your turn: {turn} answers next.")


class NotOpenForChange(Refused):
    code = "change_request_cannot_be"
    text = _("{problem}")


class TooManyFeeds(Refused):
    code = "too_many_feeds"
    text = _("You have {count} calendar addresses already; switch one off first.")


def sentences(found: list[Any]) -> str:
    return " ".join(each.text for each in found)
