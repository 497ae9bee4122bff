"""Sentences of notices about one-to-ones: how something stands, and no word of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import OneToOne
from floorwalker.apps.coaching.queries.talk_sight import visible_actions, visible_talks
from floorwalker.apps.coaching.rules import one_to_ones as rules
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, when_words


def talk_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """The sentence of a notice: how the talk stands, and no word of it."""
    talk = visible_talks(actor).select_related("agent__user", "lead").filter(pk=ref[1]).first()
    if talk is None:
        return None
    mine = talk.agent.user_id == actor.user_id
    if not mine and talk.lead_id != actor.user_id:
        return _("%(name)s lets you read a one-to-one.") % {"name": talk.agent.name}
    said = {"other": talk.lead.name if mine else talk.agent.name, "how": _how(talk)}
    return _("One-to-one with %(other)s: %(how)s.") % said


def _how(talk: OneToOne) -> str:
    if talk.begins_at is not None and talk.state in rules.TO_HOLD:
        return f"{talk.get_state_display()}, {when_words(talk.begins_at)}"
    if talk.offered and talk.session is None and talk.state in rules.TO_HOLD:
        return _("offered")
    return talk.get_state_display()


def note_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """That something was said, not what."""
    talk = visible_talks(actor).select_related("agent__user", "lead").filter(pk=ref[1]).first()
    if talk is None:
        return None
    other = talk.lead.name if talk.agent.user_id == actor.user_id else talk.agent.name
    return _("%(name)s wrote in your one-to-one.") % {"name": other}


def action_in_words(actor: Actor, ref: tuple[str, int]) -> str | None:
    """How an action stands, and not what it is."""
    action = visible_actions(actor).select_related("agent__user", "lead").filter(pk=ref[1]).first()
    if action is None:
        return None
    other = action.lead.name if action.agent.user_id == actor.user_id else action.agent.name
    if action.state != "open":
        return _("The action agreed with %(name)s is %(state)s.") % {
            "name": other,
            "state": action.get_state_display(),
        }
    if not (action.agreed_by_agent_at and action.agreed_by_lead_at):
        return _("%(name)s wrote an action down; it counts when you both agree.") % {"name": other}
    day = day_words(action.follow_up_on)
    if action.said_done_at and action.lead_id == actor.user_id:
        return _("%(name)s has done the action you look at again on %(day)s.") % {"name": other, "day": day}
    return _("The action agreed with %(name)s is looked at again on %(day)s.") % {"name": other, "day": day}
