"""The sentences of notices: what happened, and how it stands now where it has gone on since.

Each kind says what it was sent for. Of one review somebody is told four times; said by its state alone, all four
read the same once it is closed.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.quality.models import Calibration, Review, WeightRound
from floorwalker.apps.quality.queries.calibration import calibrations_in
from floorwalker.apps.quality.queries.reviews import visible_reviews
from floorwalker.apps.quality.queries.weights import rounds_of
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import day_words, end_words

STATE, ROUND = Review.State, WeightRound.State
FRESH = (STATE.DRAWN, STATE.SCORED)

# What happened, and the states in which nothing has come of it since.
TO_AGENTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "quality.asked": (gettext_lazy("You were asked how you see your contact of %(day)s."), ()),
    "quality.offered": (gettext_lazy("Your contact of %(day)s was chosen to be reviewed."), FRESH),
    "quality.released": (
        gettext_lazy("You can read the evaluation of your contact of %(day)s."),
        (STATE.RELEASED,),
    ),
    "quality.decided": (gettext_lazy("Your dispute about the contact of %(day)s was answered."), (STATE.DECIDED,)),
    "quality.closed": (gettext_lazy("The review of your contact of %(day)s is closed."), (STATE.CLOSED,)),
    "quality.dropped": (gettext_lazy("The review of your contact of %(day)s was dropped."), (STATE.DROPPED,)),
}
TO_OTHERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "quality.to_evaluate": (gettext_lazy("A contact of %(name)s of %(day)s is to be evaluated."), (STATE.DRAWN,)),
    "quality.handed_in": (gettext_lazy("%(name)s has said how they see their contact of %(day)s."), FRESH),
    "quality.disputed": (gettext_lazy("%(name)s disputes the score of a contact of %(day)s."), (STATE.DISPUTED,)),
    "quality.doubter_left": (
        gettext_lazy("%(name)s doubted the score of their contact of %(day)s."), (STATE.DISPUTED,)
    ),
    "quality.decided": (
        gettext_lazy("What %(name)s disputed about their contact of %(day)s was answered."), (STATE.DECIDED,)
    ),
}  # fmt: skip
OF_ROUNDS: dict[str, Any] = {
    "quality.weigh": gettext_lazy("You were asked what each item of “%(form)s” is worth."),
    "quality.weighed": gettext_lazy("The items of “%(form)s” were weighed."),
    "quality.weights_proposed": gettext_lazy("Weights were proposed for “%(form)s”."),
    "quality.weights_answered": gettext_lazy("The weights you proposed for “%(form)s” were answered."),
}
ROUNDS_FRESH = {
    "quality.weigh": ROUND.OPEN,
    "quality.weighed": ROUND.CLOSED,
    "quality.weights_proposed": ROUND.PROPOSED,
    "quality.weights_answered": ROUND.PROPOSED,
}


def review_told(kind: str, actor: Actor, ref: tuple[str, int]) -> str | None:
    """For whoever still sees the review; it tells no score and no words."""
    review = visible_reviews(actor).select_related("agent", "conversation").filter(pk=ref[1]).first()
    if review is None:
        return None
    values = {"name": review.agent.name, "day": day_words(review.conversation.started_at)}
    mine = review.agent.user_id == actor.user_id
    waited_for = mine and review.state in FRESH and review.self_handed_in_at is None
    if waited_for and review.self_due is not None:
        values["until"] = end_words(review.self_due)
        return _("Your contact of %(day)s: evaluate it yourself first, until %(until)s.") % values
    said, fresh = (TO_AGENTS if mine else TO_OTHERS).get(kind, (gettext_lazy("%(name)s, contact of %(day)s."), ()))
    return _gone_on(str(said) % values, "" if review.state in fresh else _state(review, mine))


def calibration_told(kind: str, actor: Actor, ref: tuple[str, int]) -> str | None:
    """For whoever still sees it."""
    found = calibrations_in(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    values = {"form": found.form_version.form.name, "day": day_words(found.due), "owner": found.owner.name}
    over = "" if found.state == Calibration.State.OPEN else str(found.get_state_display())
    if kind == "quality.calibration_closed":
        return _("Calibration by “%(form)s”: closed, and open to read.") % values
    if kind == "quality.calibration_ready":
        return _gone_on(_("All have scored for your calibration by “%(form)s”.") % values, over)
    if kind == "quality.calibration_due":
        return _gone_on(_("Your calibration by “%(form)s” was due %(day)s.") % values, over)
    return _gone_on(_("Calibration by “%(form)s” of %(owner)s, due %(day)s.") % values, over)


def round_told(kind: str, actor: Actor, ref: tuple[str, int]) -> str | None:
    """For whoever still sees the round; it tells no weights."""
    found = rounds_of(actor).filter(pk=ref[1]).first()
    if found is None:
        return None
    form = found.form_version.form.name
    if kind in OF_ROUNDS and found.state != ROUNDS_FRESH[kind]:
        return _gone_on(str(OF_ROUNDS[kind]) % {"form": form}, str(found.get_state_display()))
    return _round(kind, found, form)


def _round(kind: str, found: WeightRound, form: str) -> str:
    """What is to be done about a round, or what came of it."""
    if kind == "quality.weigh":
        said = _("What is each item of “%(form)s” worth? Say it until %(due)s, before anybody sees the others’.")
        return said % {"form": form, "due": end_words(found.due)}
    if kind == "quality.weighed":
        return _("The items of “%(form)s” are weighed; how far apart you are can be seen.") % {"form": form}
    if kind == "quality.weights_answered":
        said = _("The weights you proposed for “%(form)s” are answered, or the days for it have passed.")
        return said % {"form": form}
    if kind == "quality.weights_proposed" and found.answer_until:
        said = _("Weights are proposed for “%(form)s”. Do you agree? Say it until %(due)s.")
        return said % {"form": form, "due": end_words(found.answer_until)}
    if found.state == ROUND.AGREED:
        return _("The weights of “%(form)s” are agreed and in force.") % {"form": form}
    return _("The weighing of “%(form)s” ended without an agreement.") % {"form": form}


def _state(review: Review, mine: bool) -> str:
    """How the review stands, for its agent without what an evaluator has done unseen."""
    if mine and review.state in FRESH:
        handed_in = review.self_handed_in_at is not None
        return _("your own evaluation is handed in") if handed_in else _("it is being reviewed")
    return str(review.get_state_display())


def _gone_on(said: str, now: str) -> str:
    return _("%(said)s Now: %(state)s.") % {"said": said, "state": now} if now else said
