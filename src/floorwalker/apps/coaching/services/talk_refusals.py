"""What the verbs of one-to-ones refuse, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from floorwalker.kernel.errors import Refused


class TalkNotThatWay(Refused):
    code = "coaching_talk_move_not_allowed"
    status = 409
    text = _("A one-to-one that is {state} cannot become {to} like this.")


class TalkOver(Refused):
    code = "coaching_talk_over"
    status = 409
    text = _("This one-to-one is {state}; write it on the agenda of the next one.")


class TalkOpenAlready(Refused):
    code = "coaching_talk_open_already"
    status = 409
    text = _("There is an open one-to-one of you two; add to its agenda, or close it first.")


class OneOfTheTwo(Refused):
    code = "coaching_one_of_the_two"
    status = 409
    text = _("Only the {who} of this one-to-one does that.")


class NobodyLeads(Refused):
    code = "coaching_nobody_leads"
    text = _("Nobody leads your team at the moment; ask whoever plans your shifts.")


class NoTimeAsked(Refused):
    code = "coaching_no_time_to_answer"
    status = 409
    text = _("Nothing was asked for here, or it was answered already.")


class NoOffer(Refused):
    code = "coaching_no_offer"
    status = 409
    text = _("There is no offer to take here, or it was taken already.")


class LeadTalksThen(Refused):
    code = "coaching_lead_talks_then"
    status = 409
    text = _("You have another one-to-one at that time; pick another of the times shown.")


class NotPlacedYet(Refused):
    code = "coaching_not_placed"
    status = 409
    text = _("There are no minutes to place: they are not owed yet, or have been taken.")


class AgentFirst(Refused):
    code = "coaching_agent_first"
    status = 409
    text = _("The agent's words come first: ask, and write down what they say. Then yours.")


class TalkIncomplete(Refused):
    code = "coaching_talk_incomplete"
    text = _("Before it is closed: {missing}")


class DaysWillNotDo(Refused):
    code = "coaching_follow_up_day"
    text = _("It is done by a day after today, and looked at again from then on, within three months.")


class AboutNothing(Refused):
    code = "coaching_action_about_nothing"
    text = _("Name what it is about: a behaviour, a point of the agenda, or a measure.")


class ClaimIsNoGround(Refused):
    code = "coaching_claim_is_no_ground"
    text = _("That is what somebody else claims. Nothing rests on it until it was looked up and became evidence.")


class UnknownMeasure(Refused):
    code = "coaching_unknown_measure"
    text = _("There is no measure called “{measure}”.")


class ContractorSetsOwn(Refused):
    code = "coaching_contractor_sets_own"
    text = _("{name} is an independent contractor and sets their own actions; nobody else does.")


class ActionNotThatWay(Refused):
    code = "coaching_action_move_not_allowed"
    status = 409
    text = _("This action cannot be changed like that any more: it is {state}.")


class NotAgreedYet(Refused):
    code = "coaching_action_not_agreed"
    status = 409
    text = _("Both agree on an action before it counts.")


class ClaimSettled(Refused):
    code = "coaching_claim_settled"
    status = 409
    text = _("This claim was settled already, or is not yours to look up.")
