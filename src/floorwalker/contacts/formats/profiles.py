"""Layouts as data: what columns are called, and the files whose meaning no name gives away.

Names are compared without case, spaces and marks ("Call Started" is ``callstarted``); of several names of one
field that are present, the first listed wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


TIME_FIELDS = _words("start date time")

MOMENT_NAMES = _words(
    "start startdatetime datetime timestamp starttime callstarted callstarttime callstart started "
    "intervalstart intervalstarttime arrival arrivaltime arrivedat calldatetime datetimestart "
    "enqueuetimestamp initiationtimestamp receivedat received createdts createdat created datesubmitted "
    "submitted date calldate day ds dates interval slot period time calltime timeofday hour halfhour quarterhour"
)
"""Columns that may say when: which of them holds a moment, a date or a clock time, their cells tell."""

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "queue": _words(
        "queue queuename skill skillname skillgroup splitskill split vdn campaign service lob lineofbusiness"
    ),
    "channel": _words("channel channeltype media mediatype"),
    "reason": _words("reason contactreason callreason type calltype topic category subject contacttype"),
    "outcome": _words("outcome calloutcome status callstatus result disposition answeredyn calldisposition"),
    "answered_at": _words(
        "callanswered timeanswered answeredat answertime answeredtime connectedtoagenttimestamp"
    ),
    "ended_at": _words("callended endtime endedat ended end callend disconnecttimestamp"),
    "wait_seconds": _words(
        "waitseconds waittime waitingtime waitlength wait queuetime qtime speedofanswer speedofanswerinseconds "
        "timeinqueue"
    ),
    "handling_seconds": _words(
        "handlingseconds handlingtime handletime handleseconds totalhandletime servicelength servicetime sertime "
        "duration callduration durationseconds"
    ),
    "talk_seconds": _words("talkseconds talktime talkduration billsec talk"),
    "hold_seconds": _words("holdseconds holdtime hold"),
    "acw_seconds": _words("acwseconds acw acwtime aftercallwork aftercontactwork wrapup wrapuptime wrap"),
    "agent": _words("agent agentid agentname server answeredby user userid operator advisor"),
    "customer": _words("customer customerid caller callerid ani customernumber callernumber accountid"),
    "id": _words("id callid contactid conversationid sessionid requestid interactionid uniqueid"),
    "offered": _words(
        "offered callsoffered contactsoffered offeredcalls offeredcontacts incomingcalls incomingcontacts inbound "
        "inboundcalls incomingcontactvolume contacts calls callvolume volume count arrivals received contactcount "
        "numberofcalls totalcalls y"
    ),
    "answered": _words(
        "answered callsanswered answeredcalls answeredcontacts contactsanswered handled "
        "callshandled handledcalls contactshandled"
    ),
    "abandoned": _words(
        "abandoned callsabandoned abandonedcalls abandons contactsabandoned abandonedcontacts aband"
    ),
    "aht_seconds": _words(
        "aht averagehandletime avghandletime averagehandlingtime avghandlingtime "
        "talkdurationavg avgtalkduration avgtalktime averagetalktime"
    ),
    "answered_within": _words("answeredwithin answeredinthreshold answeredwithinthreshold answeredwithinsl"),
}

LOG_EVIDENCE = _words(
    "outcome answered_at ended_at wait_seconds handling_seconds talk_seconds agent customer id reason"
)
"""Fields that, without a count, make a file a log of contacts."""

LOG_FIELDS = _words(
    "queue channel reason outcome answered_at ended_at wait_seconds handling_seconds talk_seconds hold_seconds "
    "acw_seconds aht_seconds agent customer id"
)
INTERVAL_FIELDS = _words("queue offered answered abandoned handling_seconds aht_seconds answered_within")
ALIASES: Mapping[str, str] = {
    "wait": "wait_seconds",
    "handling": "handling_seconds",
    "talk": "talk_seconds",
    "hold": "hold_seconds",
    "acw": "acw_seconds",
    "aht": "aht_seconds",
    "calls": "offered",
    "contacts": "offered",
}
"""Short names accepted in ``mapping``."""

ANSWERED = frozenset(
    _phrases(
        "answered, answer, agent, handled, completed, complete, connected, connect, y, yes, true, 1, ok, "
        "completeagent, completecaller, booking completed, no availability"
    )
)
ABANDONED = frozenset(
    _phrases(
        "abandoned, abandon, hang, hangup, hung up, unanswered, call unanswered, not answered, missed, lost, "
        "n, no, false, 0, noanswer, no_answer, no answer, cancelled, canceled, exitwithtimeout"
    )
)
BLOCKED = frozenset(_phrases("blocked, busy, congestion, failed, rejected"))
"""What a column of outcomes says, in small letters."""


EVENT_WORDS = frozenset(
    _words(
        "QUEUESTART CONFIGRELOAD ENTERQUEUE CONNECT "
        "COMPLETEAGENT COMPLETECALLER ABANDON EXITEMPTY JOINEMPTY FULL CLOSED "
        "EXITWITHTIMEOUT EXITWITHKEY RINGNOANSWER RINGCANCELED "
        "ADDMEMBER REMOVEMEMBER PAUSE UNPAUSE PAUSEALL UNPAUSEALL AGENTLOGIN "
        "AGENTLOGOFF AGENTCALLBACKLOGIN AGENTCALLBACKLOGOFF TRANSFER "
        "BLINDTRANSFER ATTENDEDTRANSFER AGENTDUMP DID INFO"
    )
)
"""Events of Asterisk's queue_log (its documentation, "Queue Logs")."""


@dataclass(frozen=True)
class LeaveOut:
    """Lines that are no contacts although nothing is wrong with them: every named column has its value."""

    when: Mapping[str, str]
    reason: str


@dataclass(frozen=True)
class Profile:
    """A layout recognised by its header (normalised names, all present).

    ``columns`` maps fields to column names; "a|b" means b where a is unknown. ``unknown`` lists the values by
    which a column says that it does not know. ``clock_after`` names the column whose time the others follow: a
    clock time far before it belongs to the next day.
    """

    name: str
    header: frozenset[str]
    columns: Mapping[str, str]
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: tuple[LeaveOut, ...] = ()
    clock_after: str | None = None

    def unknown_in(self, title: str) -> tuple[str, ...]:
        """The values by which the column of that title says that it does not know."""
        return next((values for name, values in self.unknown.items() if name.lower() == title.lower()), ())


TECHNION = Profile(
    name="technion",
    header=frozenset(
        _words("vruline callid customerid type date vruentry vruexit qstart qexit qtime outcome sertime server")
    ),
    columns={
        "date": "date",
        "time": "q_start|vru_exit",
        "reason": "type",
        "outcome": "outcome",
        "wait_seconds": "q_time",
        "handling_seconds": "ser_time",
        "agent": "server",
        "customer": "customer_id",
    },
    # A q_start of midnight sharp means "never queued"; the caller then arrived when the menu let go.
    unknown={"q_start": ("0:00:00", "00:00:00"), "server": ("NO_SERVER",), "customer_id": ("0",)},
    leave_out=(
        LeaveOut({"outcome": "PHANTOM"}, "phantom call, to be ignored as its source says"),
        LeaveOut({"outcome": "HANG", "q_start": "0:00:00", "q_exit": "0:00:00"}, "left in the menu, never queued"),
    ),
    clock_after="vru_entry",
)

PROFILES = (TECHNION,)
