"""What the people of a sample say: topics with their owners, one saying in each state, policies, thanks."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count

from floorwalker.apps.accounts.models import User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.directories import TOPICS
from floorwalker.apps.hub.models import Policy, Saying, Topic
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recognition import services as thanks
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.directory import verbs
from floorwalker.kernel.roles import Role

# name, what belongs there, who answers, working days
ABOUT = (
    ("Schedules and breaks", "shifts, wishes, pauses", Role.PLANNER, 3),
    ("Tools and systems", "screens, headsets, what hangs", Role.MANAGER, 5),
    ("Pay and contracts", "slips, hours, contracts", Role.HR, 5),
    ("Training", "what you would like to learn", Role.QUALITY_ANALYST, 10),
)
POLICIES = (
    ("Breaks", "Fifteen minutes for every two hours on the phones, taken when the calls allow, never owed later."),
    ("Refunds", "Agents refund up to 50 without asking. Above that the lead decides while the customer waits."),
)
# days ago, kind, topic, for all, without a name, words
SAID = (
    (
        24,
        "idea",
        1,
        True,
        False,
        "A second screen for the refund queue: I copy order numbers by hand forty times a day.",
    ),
    (
        20,
        "obstacle",
        1,
        True,
        False,
        "The knowledge base logs me out after five minutes, in the middle of a call.",
    ),
    (18, "question", 2, False, False, "Does the bank holiday count towards my hours of that week?"),
    (16, "policy", 0, True, False, "Could the last break be kept out of the closing hour?"),
    (13, "concern", 0, True, True, "The Friday evenings always fall on the same people of our team."),
    (12, "idea", 3, True, False, "Let new colleagues listen in on a chat shift before their first one."),
    (9, "concern", 2, False, False, "My pay slip of last month lists one training day too few."),
    (4, "idea", 1, True, False, "More screens for refunds, please; I lose the customer while I look things up."),
    (1, "question", 0, False, False, "Until when can I send a wish for the week after next?"),
)

# days ago, kind, to whom, words
THANKED = (
    (8, "thanks", 0, "You took my last call so that I could catch the bus."),
    (
        5,
        "extra_mile",
        1,
        "Stayed on a call for fifty minutes until the refund of a whole family had gone through.",
    ),
    (3, "consistency", 2, "Three months, and every hand-over note is complete."),
    (1, "thanks", 3, ""),
)


def is_there() -> bool:
    return Saying.objects.exists()


def bring(at: datetime) -> None:
    """Everything by the verbs people use, at the days on which they would have."""
    owners = {role: _holder(role) for _name, _about, role, _days in ABOUT}
    second = _holder(Role.MANAGER)
    topics = [_topic(name, about, owners[role], second, days, at) for name, about, role, days in ABOUT]
    for name, text in POLICIES:
        if not Policy.objects.filter(name=name).exists():
            services.keep_policy(
                name=name,
                text=text,
                owner_id=owners[Role.HR].pk,
                since=date(at.year - 1, 3, 1),
                by=SYSTEM,
                at=at,
            )
    people = speakers()
    hidden = next((user for user in reversed(people) if queries.hiding_place(actor_of(user))), people[0])
    sayings = [
        _said(number, hidden if SAID[number][4] else people[number % len(people)], topics, at)
        for number in range(len(SAID))
    ]
    services.deliver(at - timedelta(days=12))
    _move_on(sayings, at)
    services.note_late(at)
    thank(people, at)


def thank(people: list[User], at: datetime) -> None:
    """Colleagues of one team thank each other, as far as each wishes it shown."""
    numbers = dict(Agent.objects.filter(user__in=people).values_list("user_id", "number"))
    teams = dict(Agent.objects.filter(user__in=people).values_list("user_id", "team_id"))
    for number, widest in enumerate(("site", "team", "site")):
        thanks.wish(widest=widest, by=actor_of(people[number]), at=at - timedelta(days=9))
    for ago, kind, to, words in THANKED:
        thanked = people[to]
        beside = [each for each in people if each != thanked and teams[each.pk] == teams[thanked.pk]]
        if beside:
            by, day = actor_of(beside[ago % len(beside)]), at - timedelta(days=ago)
            thanks.thank(number=numbers[thanked.pk], kind=kind, words=words, by=by, at=day)


def _holder(role: Role) -> User:
    """Who holds a role everywhere; a small centre has one person for all of them."""
    found = User.objects.filter(roles_held__role=role, is_active=True).order_by("roles_held__scope", "pk")
    return found.first() or User.objects.filter(roles_held__role=Role.MANAGER).earliest("pk")


def _topic(name: str, about: str, owner: User, second: User, days: int, at: datetime) -> Topic:
    known = Topic.objects.filter(name=name).first()
    values = {"name": name, "about": about, "owner": owner, "second": second, "days": days}
    return known or verbs.keep(TOPICS, values=values, by=SYSTEM, at=at)


def speakers() -> list[User]:
    """Agents who can sign in, in the order of their numbers; not those who lead as well."""
    rows = Agent.objects.filter(left_on=None, user__isnull=False).annotate(roles=Count("user__roles_held"))
    found = rows.filter(roles=1).select_related("user").order_by("number")[:40]
    return [each.user for each in found if each.user is not None]


def _said(number: int, user: User, topics: list[Topic], at: datetime) -> Saying:
    ago, kind, topic, public, nameless, words = SAID[number]
    by = actor_of(user)
    policy = Policy.objects.get(name=POLICIES[0][0]).pk if kind == "policy" else None
    return services.say(
        kind=kind,
        topic_id=topics[topic].pk,
        policy_id=policy,
        text=words,
        public=public,
        anonymous=nameless and bool(queries.hiding_place(by)),
        by=by,
        at=at - timedelta(days=ago),
    )


def _answers(saying: Saying) -> Actor:
    return actor_of(saying.owner)


def _move_on(sayings: list[Saying], at: datetime) -> None:
    """One in each state; the pay slip waits past its day, the last two are fresh."""
    screen, logout, holiday, breaks, fridays, listen, _slip, screens, _wish = sayings
    day = at.date()

    def ago(days: int) -> datetime:
        return at - timedelta(days=days)

    services.answer(
        saying_id=screen.pk,
        words="Good idea. Two desks try it before we buy for all.",
        due=day - timedelta(days=15),
        by=_answers(screen),
        at=ago(22),
    )
    services.try_out(
        saying_id=screen.pk,
        words="The two desks by the window have one now. We look at handling time and at what you say.",
        due=day + timedelta(days=12),
        by=_answers(screen),
        at=ago(18),
    )
    services.join(saying_id=screens.pk, to_saying_id=screen.pk, by=_answers(screens), at=ago(3))
    services.answer(
        saying_id=logout.pk,
        words="It is a setting of the vendor; the change is ordered.",
        due=day + timedelta(days=4),
        by=_answers(logout),
        at=ago(17),
    )
    services.answer(
        saying_id=holiday.pk, words="Yes, with the hours of your usual day.", by=_answers(holiday), at=ago(16)
    )
    services.decline(
        saying_id=breaks.pk,
        words="Not the whole hour: the late desk would have nobody. We keep its last half hour free instead.",
        by=_answers(breaks),
        at=ago(14),
    )
    services.answer(
        saying_id=fridays.pk,
        words="You are right: four people had three of the last four. From next month they rotate.",
        due=day + timedelta(days=20),
        by=_answers(fridays),
        at=ago(8),
    )
    services.finish(
        saying_id=listen.pk,
        words="The last class did, for one shift each. All of them want to keep it, and so do we.",
        by=_answers(listen),
        at=ago(6),
    )
