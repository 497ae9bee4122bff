"""Would you sell to yourself? Each step is kept as it is written; showing it is its author's alone.

None of it is written into the audit: what somebody thinks of their own pitch is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.learning import queries
from floorwalker.apps.learning.models import Pitch
from floorwalker.apps.learning.permissions import LearningPermission as P
from floorwalker.apps.learning.rules import own_pitch as rules
from floorwalker.apps.learning.services.activities import NotInThisActivity, taking_part, tell_group
from floorwalker.kernel.access import Actor, require
from floorwalker.kernel.errors import NotFound, Refused


class PitchStepNotOpen(Refused):
    code = "learning_pitch_step_not_open"
    status = 409
    text = _("This step comes later; write the one before first, and wait until the group has come to it.")


class PitchStepIncomplete(Refused):
    code = "learning_pitch_step_incomplete"
    text = _("Something is missing or too long: {what}.")


class PitchNotToShow(Refused):
    code = "learning_pitch_not_to_show"
    status = 409
    text = _("A pitch is shown when the group has come to it; without a name only where at least {n} take part.")


LABELS = {
    "product": _("what you sell"),
    "words": _("your pitch"),
    "would_buy": _("whether you would buy, 1 to 5"),
    "why": _("why"),
    "objection": _("the objection"),
    "change": _("what you change"),
    "anew": _("the pitch anew"),
    "would_buy_anew": _("whether you would buy now, 1 to 5"),
}


@transaction.atomic
def write_pitch_step(
    *,
    activity_id: int,
    step: str,
    answers: Mapping[str, Any],
    by: Actor,
    at: datetime,  # noqa: ARG001  (no time is kept)
) -> Pitch:
    """Keep one step of one's own; the earlier ones may be written anew until the group shows what it wrote."""
    activity, part = taking_part(activity_id, by, *rules.STEPS)
    if not rules.may_write(step, activity.state, activity.stage):
        raise PitchStepNotOpen
    given = {name: _clean(answers.get(name)) for name in rules.asked(step)}
    wrong = [
        *rules.missing(step, given),
        *(n for n, most in rules.WORDS[step].items() if len(given[n] or "") > most),
    ]
    if wrong:
        raise PitchStepIncomplete(what=", ".join(str(LABELS[name]) for name in wrong))
    before = Pitch.objects.select_for_update().filter(activity=activity, author=part.agent_id).first()
    pitch = before or Pitch(activity=activity, author_id=part.agent_id)
    earlier = rules.STEPS[: rules.STEPS.index(step)]
    if any(rules.missing(each, vars(pitch)) for each in earlier):
        raise PitchStepNotOpen
    for name, value in given.items():
        setattr(pitch, name, value)
    pitch.save()
    return pitch


@transaction.atomic
def show_pitch(*, activity_id: int, how: str, by: Actor, at: datetime) -> Pitch:  # noqa: ARG001  (no time is kept)
    """The author shows pitch and answers to the group, with or without the name, or to nobody after all."""
    require(by, P.TAKE_PART)
    activity = queries.the_activity(by, activity_id)
    part = queries.part_of(by, activity)
    if part is None:
        raise NotInThisActivity
    pitch = Pitch.objects.select_for_update().filter(activity=activity, author=part.agent_id).first()
    if pitch is None or how not in (rules.KEPT, rules.NAMED, rules.UNNAMED):
        raise NotFound
    if not rules.may_show(activity.state, activity.stage, how, queries.people_in(activity).count()):
        raise PitchNotToShow(n=rules.SMALLEST)
    named = rules.NAMED in (pitch.shown, how)
    pitch.shown = how
    pitch.save(update_fields=["shown"])
    if named:  # of one without a name nobody is told: the moment would say whose it is
        tell_group(activity)
    return pitch


def _clean(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
