"""From quality: what an agent is asked and shown, and what waits for an evaluator."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.quality import queries as quality
from floorwalker.apps.quality.permissions import QualityPermission as P
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, end_words
from floorwalker.project.home.item import Item, Line

NAMED = 5


def my_reviews(actor: Actor, at: datetime) -> Item | None:
    """An agent's contacts they may say their view of, and reviews to read."""
    if not actor.may(P.ANSWER):
        return None
    asked, to_read = quality.asked_of(actor, at), quality.unread_of(actor)
    if not asked and not to_read:
        return None
    if asked:
        words = ngettext(
            "You may say how you see %(n)d contact before its score is shown.",
            "You may say how you see %(n)d contacts before their scores are shown.",
            len(asked),
        ) % {"n": len(asked)}
    else:
        words = ngettext("%(n)d review is there to read.", "%(n)d reviews are there to read.", len(to_read)) % {
            "n": len(to_read)
        }
    waited = any(each.self_due for each in asked)
    return Item(
        key="my_reviews",
        title=_("My reviews"),
        words=words,
        why=_("Contacts of yours are evaluated, and you are heard first."),
        action=_("See your reviews"),
        url=reverse("quality:mine"),
        tone="attention" if waited or to_read else "info",
        lines=[
            Line(
                _("Your contact of %(day)s") % {"day": day_words(each.conversation.started_at)},
                reverse("quality:review", args=[each.pk]),
                _("until %(when)s") % {"when": end_words(each.self_due)} if each.self_due else "",
            )
            for each in [*asked, *to_read][:NAMED]
        ],
    )


def to_review(actor: Actor, at: datetime) -> Item | None:
    """What waits for an evaluator."""
    if not actor.may(P.EVALUATE):
        return None
    desk = quality.desk_of(actor, at)
    number = len(desk.first) + desk.more
    if not number:
        return None
    words = ngettext("%(n)d thing waits", "%(n)d things wait", number) % {"n": number}
    if desk.late:
        late = ngettext("%(n)d is overdue", "%(n)d are overdue", desk.late) % {"n": desk.late}
        words = f"{words}; {late}"
    return Item(
        key="to_review",
        title=_("To review"),
        words=f"{words}.",
        why=_("Contacts, disputes and talks that were promised to agents."),
        action=_("Begin with the first"),
        url=reverse("quality:to_review"),
        tone="bad" if desk.late else "attention",
        lines=[Line(each.why, each.url, end_words(each.due)) for each in desk.first[:NAMED]],
    )


def weights(actor: Actor, at: datetime) -> Item | None:
    """A form whose items one is asked to weigh, weights one is asked to agree to, or has to propose."""
    if not actor.may(P.WEIGH) or not quality.in_a_round(actor):
        return None
    asked, proposed = list(quality.to_weigh(actor)[:NAMED]), list(quality.to_answer(actor)[:NAMED])
    mine = list(quality.to_agree(actor, at)[:NAMED])
    if not asked and not proposed and not mine:
        return None
    if asked:
        words = ngettext(
            "You are asked what the items of %(n)d form are worth.",
            "You are asked what the items of %(n)d forms are worth.",
            len(asked),
        ) % {"n": len(asked)}
        why = _("Everybody who leads has a picture of a good contact; nobody sees yours before all are there.")
        action = _("Weigh them")
    elif proposed:
        words = ngettext(
            "Weights are proposed for %(n)d form: do you agree?",
            "Weights are proposed for %(n)d forms: do you agree?",
            len(proposed),
        ) % {"n": len(proposed)}
        why = _("You weighed its items; the form says who agreed and who did not.")
        action = _("Say yes or no")
    else:
        words = ngettext(
            "The weights of %(n)d form want an agreement.",
            "The weights of %(n)d forms want an agreement.",
            len(mine),
        ) % {"n": len(mine)}
        why = _("You had them weighed, and promised the others an agreement.")
        action = _("Agree the weights")
    until = [(each, each.due) for each in asked] + [(each, each.answer_until) for each in proposed]
    lines = [*until, *((each, None) for each in mine)][:NAMED]
    return Item(
        key="weights",
        title=_("What items are worth"),
        words=words,
        why=why,
        action=action,
        url=reverse("quality:round", args=[lines[0][0].pk]),
        tone="attention",
        lines=[
            Line(
                each.form_version.form.name,
                reverse("quality:round", args=[each.pk]),
                _("until %(when)s") % {"when": end_words(due)} if due else each.get_state_display(),
            )
            for each, due in lines
        ],
    )
