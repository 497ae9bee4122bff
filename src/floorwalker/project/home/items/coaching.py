"""From the room of coaching: whom to see first, who heard nothing, and group sessions that wait for somebody."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.coaching import queries as coaching
from floorwalker.apps.coaching.models import Agreement
from floorwalker.apps.coaching.permissions import CoachingPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, end_words
from floorwalker.project.home.item import Item, Line

NAMED = 3


def see_first(actor: Actor, at: datetime) -> Item | None:
    """The first people of the round of today."""
    if not actor.may(P.WALK):
        return None
    found = coaching.my_floor(actor, at)
    if not found.lines:
        return None
    words = _("See %(name)s first.") % {"name": found.lines[0].agent.name}
    if found.over:
        over = ngettext("%(n)d person heard nothing", "%(n)d people heard nothing", found.over) % {"n": found.over}
        words = _("%(people)s for more than %(days)d days. %(first)s") % {
            "people": over,
            "days": found.limit_days,
            "first": words,
        }
    return Item(
        key="see_first",
        title=_("My floor"),
        words=words,
        why=_("Not hearing anything is worse than any feedback."),
        action=_("Walk the floor"),
        url=reverse("coaching:floor"),
        tone="attention" if found.over else "info",
        lines=[
            Line(line.agent.name, reverse("coaching:agent", args=[line.agent.pk]), capfirst("; ".join(line.why)))
            for line in found.lines[:NAMED]
        ],
    )


def next_talk(actor: Actor, at: datetime) -> Item | None:
    """An agent's next one-to-one, and the actions they have agreed on."""
    if not actor.may(P.TALK):
        return None
    line = coaching.next_talk(actor, at)
    actions = [each for each in coaching.my_actions(actor) if each.agent.user_id == actor.user_id]
    asked = [each for each in actions if each.agreed_by_agent_at is None]
    if line is None and not actions:
        return None
    if line is not None:
        words = _("With %(name)s: %(step)s.") % {"name": line.other, "step": line.next_step}
    else:
        words = ngettext("You agreed on %(n)d action.", "You agreed on %(n)d actions.", len(actions)) % {
            "n": len(actions)
        }
    wanted = bool(asked) or (line is not None and line.talk.state == "held")
    return Item(
        key="next_talk",
        title=_("One-to-one"),
        words=words,
        why=_("What you want to talk about comes first; put it on the agenda."),
        action=_("Open it") if line else _("See your actions"),
        url=reverse("coaching:talk", args=[line.talk.pk]) if line else reverse("coaching:talks"),
        tone="attention" if wanted else "info",
        lines=[
            Line(each.what, reverse("coaching:action", args=[each.pk]), day_words(each.follow_up_on))
            for each in actions[:NAMED]
        ],
    )


def agreements(actor: Actor, at: datetime) -> Item | None:
    """Working agreements to agree to or to say how they were held, and pairs one is asked to join."""
    if not actor.may(P.TALK):
        return None
    waiting, pairs = coaching.agreements_waiting(actor, at), coaching.pairs_waiting(actor)
    number = len(waiting.drafts) + len(waiting.reviews) + len(pairs)
    if not number:
        return None
    lines = [
        *(
            Line(
                _("Say how it was held: %(name)s")
                % {"name": each.agreement.lead.name if mine(each.agreement, actor) else each.agreement.agent.name},
                reverse("coaching:agreement_review", args=[each.pk]),
                end_words(each.due),
            )
            for each in waiting.reviews
        ),
        *(
            Line(
                _("To agree to: %(name)s") % {"name": each.lead.name if mine(each, actor) else each.agent.name},
                reverse("coaching:agreement", args=[each.pk]),
            )
            for each in waiting.drafts
        ),
        *(
            Line(
                _("%(helper)s may help %(learner)s") % {"helper": each.helper.name, "learner": each.learner.name},
                reverse("coaching:pair", args=[each.pk]),
            )
            for each in pairs
        ),
    ]
    words = ngettext("%(n)d thing waits for your word", "%(n)d things wait for your word", number) % {"n": number}
    if waiting.late:
        late = ngettext("%(n)d is overdue", "%(n)d are overdue", waiting.late) % {"n": waiting.late}
        words = f"{words}; {late}"
    return Item(
        key="agreements",
        title=_("Agreed between two"),
        words=f"{words}.",
        why=_("What both named is worth as much as both hold it."),
        action=_("Open the first"),
        url=lines[0].url,
        tone="bad" if waiting.late else "attention",
        lines=lines[:NAMED],
    )


def mine(agreement: Agreement, actor: Actor) -> bool:
    return agreement.agent.user_id == actor.user_id


def to_hold(actor: Actor, at: datetime) -> Item | None:
    """What waits for who holds one-to-ones: talks, actions whose day has come, claims to look up."""
    if not actor.may(P.HOLD):
        return None
    waiting = coaching.waiting_for_lead(actor, at)
    if not waiting.number:
        return None
    words = ngettext("%(n)d thing waits for you", "%(n)d things wait for you", waiting.number) % {
        "n": waiting.number
    }
    if waiting.late:
        late = ngettext("%(n)d talk is overdue", "%(n)d talks are overdue", waiting.late) % {"n": waiting.late}
        words = f"{words}; {late}"
    lines = [
        *(
            Line(each.agent.name, reverse("coaching:action", args=[each.pk]), _("look at the action again"))
            for each in waiting.actions
        ),
        *(
            Line(each.other, reverse("coaching:talk", args=[each.talk.pk]), capfirst(each.next_step))
            for each in waiting.talks
        ),
        *(
            Line(each.talk.agent.name, reverse("coaching:talk", args=[each.talk_id]), _("look a claim up"))
            for each in waiting.claims
        ),
    ]
    return Item(
        key="to_hold",
        title=_("One-to-ones"),
        words=f"{words}.",
        why=_("Their minutes are owed; what follows was promised both ways."),
        action=_("See what comes next"),
        url=reverse("coaching:talks"),
        tone="bad" if waiting.late else "attention" if waiting.actions or waiting.claims else "info",
        lines=lines[:NAMED],
    )


def silence(actor: Actor, at: datetime) -> Item | None:
    """By team, how many heard nothing for longer than the limit."""
    if not actor.may(P.KEEP_LIMITS):
        return None
    over = [line for line in coaching.silence_by_team(actor, at) if line.over]
    if not over:
        return None
    number = sum(line.over for line in over)
    words = ngettext(
        "%(n)d person heard nothing from anybody for too long.",
        "%(n)d people heard nothing from anybody for too long.",
        number,
    )
    return Item(
        key="silence",
        title=_("Silence"),
        words=words % {"n": number},
        why=_("Feedback drives results; silence does harm."),
        action=_("See the teams"),
        url=reverse("coaching:attention"),
        tone="attention",
        lines=[
            Line(line.name, "", _("%(n)d of %(people)d") % {"n": line.over, "people": line.people})
            for line in over[:NAMED]
        ],
    )


def my_sheets(actor: Actor, at: datetime) -> Item | None:
    """Group sessions an agent may say something of without a name."""
    found = coaching.sheets_to_return(actor, at)
    if not found:
        return None
    return Item(
        key="sheets",
        title=_("What you thought of it"),
        words=ngettext(
            "Say without your name what you thought of a group session.",
            "Say without your name what you thought of %(n)d group sessions.",
            len(found),
        )
        % {"n": len(found)},
        why=_("What will change is promised to all who were there."),
        action=_("Fill in the sheet"),
        url=reverse("coaching:sheet", args=[found[0].pk]),
        tone="attention",
        lines=[
            Line(
                each.title,
                reverse("coaching:sheet", args=[each.pk]),
                _("until %(when)s") % {"when": end_words(each.sheets_until)} if each.sheets_until else "",
            )
            for each in found[:NAMED]
        ],
    )


def my_groups(actor: Actor, at: datetime) -> Item | None:
    """Group sessions one leads that wait: to be held, or for what will change."""
    if not actor.may(P.LEAD_GROUPS):
        return None
    found = coaching.groups_waiting(actor, at)
    if not found:
        return None
    return Item(
        key="groups",
        title=_("Group sessions"),
        words=ngettext("%(n)d group session waits for you.", "%(n)d group sessions wait for you.", len(found))
        % {"n": len(found)},
        why=_("What people said without a name is answered with what will change."),
        action=_("Open the first"),
        url=reverse("coaching:group", args=[found[0].pk]),
        tone="attention",
        lines=[
            Line(
                each.title,
                reverse("coaching:group", args=[each.pk]),
                _("say what will change") if each.held_at else _("its time is over: did it take place?"),
            )
            for each in found[:NAMED]
        ],
    )
