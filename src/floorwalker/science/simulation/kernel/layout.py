"""What the event loop works on: a few arrays of records, so that what belongs together lies together in memory.

Indexes are -1 for none. Times are seconds since the start of the run. A *row* is the period a contact is counted
in; the row after the last collects what is not counted (before the warm-up is over, after the end).
"""

from __future__ import annotations

from typing import Any

import numpy as np


def record(**fields: str) -> np.dtype[Any]:
    return np.dtype(list(fields.items()))


def numbered(count: int) -> tuple[Any, ...]:
    """Numbers of one fixed type: Numba would compile a function anew for every plain constant it is given."""
    return tuple(np.int64(number) for number in range(count))


# --- what a contact is doing ------------------------------------------------------------------------------------
FREE, WAITING, HANDLING, AFTER, RINGING, REDIALLING, LATER = range(7)
# --- how contacts come ------------------------------------------------------------------------------------------
NEVER, POISSON, COUNTS, MOMENTS = range(4)
# --- durations --------------------------------------------------------------------------------------------------
FIXED, EXPONENTIAL, LOGNORMAL, GAMMA, WEIBULL, UNIFORM, EMPIRICAL, INFINITE = range(8)
# --- channels ---------------------------------------------------------------------------------------------------
CALL, CHAT, DEFERRED, OUTBOUND = range(4)
# --- choices ----------------------------------------------------------------------------------------------------
LONGEST_IDLE, FEWEST_SKILLS, BY_PRIORITY, RANDOM, PROPORTIONAL = range(5)
FIRST_COME, PRIORITY, LONGEST_WAIT, AGAINST_TARGET, SCORE = range(5)
# --- the agenda: what happens at moments known beforehand, at one moment in this order --------------------------
BORDER, WARM, GOES, STAFF, COMES, CLOSES, OPENS = range(7)
# --- what a draw is for; each purpose has PLACES numbers of every contact ---------------------------------------
PLACES = 64
(
    ARRIVE,
    PATIENCE,
    HANDLE,
    FINISH,
    BALK,
    REDIAL,
    DELAY,
    MESSAGE,
    ACCEPT,
    REACH,
    PASS_ON,
    CHOICE,
) = numbered(12)
# --- what a contact that looks for an agent is: newly offered, or known already, or handed back -----------------
NOTHING, NEW, KNOWN, BACK = range(4)
# --- how the loop ends ------------------------------------------------------------------------------------------
DONE, GROW, PAUSE = range(3)
# --- callbacks --------------------------------------------------------------------------------------------------
NO_CALLBACK, KEEP_PLACE, WINDOW = range(3)

NOBODY: Any = np.int64(-1)
ONE_MORE: Any = np.int64(1)
ONE_LESS: Any = np.int64(-1)
AT_END, AT_HEAD = numbered(2)
MOST_HOPS = 50  # a contact passed on so often stays where it is
LAST_ANSWERS = 20  # between which the expected wait is judged
EXACT_BINS, FINE = 121, 0.015  # waits: 0, then a second each up to 120 s, then 1.5 % wider each
BINS = EXACT_BINS + 500  # up to 57 hours

TYPES = record(
    handling="i8",
    after="i8",
    patience="i8",
    channel="i8",
    arrivals="i8",
    first_moment="i8",
    moments="i8",
    first_taker="i8",
    takers="i8",
    first_transfer="i8",
    transfers="i8",
    first_span="i8",
    spans="i8",
    always_open="i8",
    overflows="i8",
    shuffled="i8",  # who came first may not be who has waited longest here
    balking="f8",
    short="f8",
    target="f8",
    capacity="i8",
    due="f8",
    drops="i8",
    base_score="f8",
    score_rate="f8",
    value="f8",
    value_within="f8",
    lost_cost="f8",
    redial="f8",
    redial_blocked="f8",
    redial_later="f8",  # after a redial that failed as well
    redial_delay="i8",
    redial_most="i8",
    keep_patience="i8",
    keep_handling="i8",
    message_after="f8",
    message_share="f8",
    message_to="i8",
    callback="i8",
    callback_accepted="f8",
    callback_length="i8",
    callback_wait="f8",
    window_from="f8",
    window_to="f8",
    attempts="i8",
    unanswered="f8",
    ring="f8",
    again="f8",
    priority_change="i8",
)
SKILLS = record(
    type="i8",
    group="i8",
    priority="i8",
    factor="f8",
    handling="i8",
    after="f8",
    keep_idle="i8",
    value_factor="f8",
    offer_worth="f8",  # of one answered contact, on average
)
GROUPS = record(
    first_skill="i8",
    skills="i8",
    first_agent="i8",
    agents="i8",
    named="i8",
    first_list="i8",
    chats="i8",
    slowdown="f8",
    hands_back="i8",
)
TRANSFERS = record(to="i8", upto="f8", keep_place="i8")
DURATIONS = record(kind="i8", a="f8", b="f8", first="i8", count="i8")
AGENDA = record(time="f8", kind="i8", which="i8", value="i8")

ARRIVING = record(
    key="u8",
    next="f8",
    mark="f8",
    period="i8",
    number="i8",
    left="i8",
    cursor="i8",
    open="i8",
    waiting="i8",
    answers="i8",
)
QUEUES = record(head="i8", tail="i8", length="i8")
DESKS = record(staffed="i8", busy="i8", surplus="i8", places="i8", off="i8")
LISTS = record(head="i8", tail="i8", length="i8")
AGENTS = record(
    pace="f8",
    since="f8",  # idle since
    busy_from="f8",
    staffed_from="f8",
    staffed="f8",
    busy="f8",
    ring="f8",
    value="f8",
    answered="f8",
    callbacks="f8",
    callers="f8",
    waited="f8",  # seconds, these callers
    within="f8",
    group="i8",
    next="i8",
    prev="i8",
    list="i8",
    in_hand="i8",
    first="i8",  # of the contacts in hand
    at_work="i8",
    leaving="i8",
    whole="i8",  # taken wholly by something else than a chat
)
CONTACTS = record(
    came="f8",  # its place in the line
    queued="f8",  # since when it waits here
    born="f8",  # when it was offered to this type
    gives_up="f8",
    message_at="f8",
    since="f8",  # when this stretch of handling began
    work="f8",  # seconds of handling still needed at full speed
    updated="f8",
    rest="f8",  # share of the handling still needed after a hand-back
    promised="f8",
    luck="u8",
    next="i8",
    prev="i8",
    mate_next="i8",
    mate_prev="i8",
    place="i8",  # in the heap
    state="i8",
    type="i8",
    row="i8",
    agent="i8",
    edge="i8",
    tries="i8",
    hops="i8",
    attempts="i8",
    callback="i8",
    line="i8",
    answered="i8",
)
HEAP = record(time="f8", order="i8", slot="i8")


TABLES = (
    "types",
    "groups",
    "skills",
    "takers",  # skills in the order of their types
    "transfers",
    "durations",
    "values",  # of empirical durations
    "moments",  # (moment, contacts) of traces and lists
    "spans",  # (opens, closes)
    "factors",  # handling, by type and period, the last one again for what is after the end
    "borders",
    "wait_row_of",  # each period
    "agenda",
    "expected",  # contacts by type and period in this run
    "arriving",
    "queues",
    "desks",
    "lists",
    "agents",
    "contacts",
    "heap",
    "answers",  # the last moments of answer by type
    "by_type",  # measures by type, row and measure
    "by_group",
    "taken",  # contacts by type and group
    "waits",  # by type, row of waits, answered or lost, and bin
    "group_waits",  # of calls and chats by group and bin; empty unless in detail
)
COUNTS_OF = ("kinds", "periods", "wait_rows", "group_count", "list_count", "agent_count", "agenda_length", "slots")
SETTINGS = ("agent_choice", "queue_choice", "most_lines", "in_detail")
CENTRE = record(
    **dict.fromkeys(TABLES, "i8"),  # where each begins in memory
    **dict.fromkeys(COUNTS_OF, "i8"),
    **dict.fromkeys(SETTINGS, "i8"),
    end="f8",
    now="f8",
    begun="f8",  # the period
    next_arrival="f8",
    next_type="i8",
    period="i8",
    row="i8",
    counting="i8",
    turn="i8",  # the next entry of the agenda
    pending="i8",  # events in the heap
    order="i8",  # events ever made
    free="i8",  # head of the list of free slots
    in_use="i8",
    waiting="i8",
    lines="i8",
    picked="i8",
    events="i8",
)
Centre = Any  # one record of CENTRE: the tables of a model, which nobody changes, and the state of one run
