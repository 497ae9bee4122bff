"""What may not be done with a review, and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused


class NoFormInForce(Refused):
    code = "quality_no_form_in_force"
    text = _("No form is in force for this client and channel. Put one in force, then draw the contact.")


class ReviewedAlready(Refused):
    code = "quality_reviewed_already"
    status = 409
    text = _("This contact has its review already.")


class OwnContact(Refused):
    code = "quality_own_contact"
    text = _("Nobody evaluates a contact of their own; somebody else has to.")


class AgentHasLeft(Refused):
    code = "quality_agent_has_left"
    text = _("{name} has left, so there is nobody to talk this contact over with.")


class NobodyEvaluates(Refused):
    code = "quality_nobody_evaluates"
    text = _("Nobody may evaluate contacts of {name}. Give somebody the role of a quality analyst or supervisor.")


class NotTheEvaluator(Refused):
    code = "quality_not_the_evaluator"
    status = 409
    text = _("{name} evaluates this contact. Take it over first if they cannot.")


class NotTheDecider(Refused):
    code = "quality_not_the_decider"
    status = 409
    text = _("{name} answers this dispute.")


class ReviewMoveNotAllowed(Refused):
    code = "quality_move_not_allowed"
    status = 409
    text = _("A review that is “{state}” cannot become “{to}”.")


class NotAnswered(Refused):
    code = "quality_not_answered"
    text = _("Still to be answered: {items}.")


class NotAnAnswer(Refused):
    code = "quality_not_an_answer"
    text = _("“{value}” is no answer of “{item}”.")


class StillBlind(Refused):
    code = "quality_still_blind"
    text = _("The agent may evaluate this contact themselves until {until}; it is shown then, or once they have.")


class SelfEvaluationOver(Refused):
    code = "quality_self_evaluation_over"
    status = 409
    text = _("The time for your own evaluation of this contact is over, or you have handed it in.")


class DisputeNotOpen(Refused):
    code = "quality_dispute_not_open"
    text = _("This score can be disputed no more: ten days after it was shown or decided, and twice at most.")


class SayWhy(Refused):
    code = "quality_say_why"
    text = _("Say why in a few words; the other side reads them.")


class BothHalves(Refused):
    code = "quality_both_halves"
    text = _("A review closes with both: what went well, and what to improve.")


class NotHeardYet(Refused):
    code = "quality_not_heard_yet"
    text = _("{name} has not read it yet, and may dispute it until {until}. It can be closed after that.")


class NothingChanged(Refused):
    code = "quality_nothing_changed"
    text = _("Change at least one answer, or let the score stand.")


class EnoughAsked(Refused):
    code = "quality_enough_asked"
    text = _("You wait for {most} answers already; ask again when one is there.")
