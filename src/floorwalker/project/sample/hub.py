"""What the people of a sample write to each other: some weeks of posts, announcements, and two pulses."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.accounts.queries import actor_of
from floorwalker.apps.hub import queries, services
from floorwalker.apps.hub.directories import TAGS
from floorwalker.apps.hub.models import Announcement, Post, Pulse, Tag
from floorwalker.apps.people.models import Agent
from floorwalker.kernel.access import SYSTEM, Actor
from floorwalker.kernel.directory import verbs
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.sample.sayings import speakers

TAGGED = (("Refunds", "product"), ("Orders", "product"), ("Vouchers", "product"), ("Hard calls", "topic"))
# days ago, hours of the day, kind, words, replies; the first reply of a question with a day is accepted
WRITTEN = (
    (
        38,
        9,
        "question",
        "Refunds: where do I find the reference of a card payment that is older than 90 days?",
        ("In the archive tab, the third from the right. Pick the year first, else it finds nothing.",),
        True,
    ),
    (
        33,
        14,
        "practice",
        "Hard calls: when somebody shouts, I say their name once and wait two seconds. Most calm down.",
        ("I tried it all morning. Two of three.", "Works in chat too: one short line, then nothing."),
        True,
    ),
    (
        29,
        11,
        "message",
        "The coffee machine on the second floor is back. It now takes the small cups, too.",
        ("Best news of the week.",),
        False,
    ),
    (
        24,
        16,
        "question",
        "Can an order be split after it was packed?",
        (
            "No, but the second half can be sent on as a return without a label. Note it in the order.",
            "The warehouse says they see the note only until three.",
        ),
        True,
    ),
    (
        19,
        10,
        "practice",
        "Vouchers: I read the last four letters aloud before I press send. No wrong voucher since September.",
        ("Taken over, thank you.",),
        True,
    ),
    (
        13,
        13,
        "question",
        "Does anybody know a good short sentence for “your parcel is late and I do not know why”?",
        (
            "“I can see where it stopped, and I will tell you today what happens next.” And then really do it.",
            "I say what I know first, then when I know more.",
        ),
        True,
    ),
    (
        9,
        15,
        "practice",
        "Refunds over the limit: I call the lead while the customer spells the address. Nobody waits twice.",
        (),
        True,
    ),
    (
        6,
        12,
        "message",
        "Swap wanted: my late of Saturday for an early one. Ask me.",
        ("I may be able to. Look at the swaps tonight.",),
        False,
    ),
    (3, 9, "question", "Orders from the app show two totals. Which one do I read out?", (), False),
)
TIP = "Write the promise down while the customer still hears you type. They relax."
NEWS = (
    (
        16,
        "Winter opening hours",
        "From the first of December we open at eight. The rosters of these weeks have it already.",
        None,
    ),
    (
        2,
        "New wording for refunds",
        "The bank now shows refunds within three days, no longer five. Please use the new sentence from today on. "
        "It stands in the policy “Refunds”.",
        6,
    ),
)
# for the four questions in turn; the last one is the fourth
MOODS = ((4, 4, 3, 5), (5, 4, 2, 4), (3, 5, 4, 4), (4, 3, 2, 5), (5, 5, 4, 4), (2, 4, 3, 3), (4, 2, 2, 4))
FOLLOWS = (
    "You say that your word counts too little. From next month on the team talk begins with what you bring, "
    "and what we cannot do gets its reason here within a week."
)


def is_there() -> bool:
    return Pulse.objects.exists()


def bring(at: datetime) -> None:
    """Everything by the verbs people use, at the days on which they would have."""
    for name, kind in TAGGED:
        if not Tag.objects.filter(name=name).exists():
            verbs.keep(TAGS, values={"name": name, "kind": kind}, by=SYSTEM, at=at)
    people = of_one_team(speakers())
    if not Post.objects.exists():
        write(people, at)
    if not Announcement.objects.exists():
        announce(people, at)
    if not Pulse.objects.exists():
        ask(at)


def of_one_team(people: list[User]) -> list[User]:
    """The largest team among those who speak, so that they read each other."""
    teams = dict(Agent.objects.filter(user__in=people).values_list("user_id", "team_id"))
    sizes: dict[int, int] = {}
    for user in people:
        sizes[teams[user.pk]] = sizes.get(teams[user.pk], 0) + 1
    largest = max(sizes, key=lambda team: (sizes[team], -team))
    return [user for user in people if teams[user.pk] == largest]


def write(people: list[User], at: datetime) -> None:
    """Questions with answers, one of them open; what works, used by some; a tip written down for somebody."""
    actors = [actor_of(user) for user in people]
    for number, (ago, hour, kind, words, replies, good) in enumerate(WRITTEN):
        turn = list(islice(cycle(actors), number, number + 4))
        moment = _day(at, ago, hour)
        post = services.post(kind=kind, text=words, by=turn[0], at=moment)
        said = [
            services.reply(
                post_id=post.pk, text=text, by=turn[1 + place % 3], at=moment + timedelta(hours=1 + 3 * place)
            )
            for place, text in enumerate(replies)
        ]
        if good and kind == "question" and said and said[0].author_id != turn[0].user_id:
            services.accept(post_id=said[0].pk, by=turn[0], at=moment + timedelta(hours=5))
        if good and kind == "practice":
            for by in {each.user_id: each for each in turn[1:]}.values():
                if by.user_id != post.author_id:
                    services.use(post_id=post.pk, by=by, at=moment + timedelta(days=1))
    lead, owner = _lead(people), Agent.objects.get(user=people[-1])
    if lead is not None and lead.user_id != owner.user_id:
        services.credit_tip(agent_id=owner.pk, text=TIP, by=lead, at=_day(at, 11, 17), once="sample:tip")
    services.note_waiting(at)


def announce(people: list[User], at: datetime) -> None:
    """One that is read, and one that asks to be confirmed; the worker brings them to their readers."""
    by = _lead(people) or _manager()
    team = Agent.objects.get(user=people[0]).team_id
    for ago, title, text, days in NEWS:
        services.announce(
            title=title,
            text=text,
            audience="team",
            place_id=team,
            confirm_by=at.date() + timedelta(days=days) if days else None,
            by=by,
            at=_day(at, ago, 9),
        )


def ask(at: datetime) -> None:
    """One pulse that is over and answered with a day, where there are enough to answer."""
    by, begun = _manager(), _day(at, 35, 8)
    agents = list(queries.agents_asked(None, begun.date()).select_related("user").order_by("number"))
    if len(agents) < len(MOODS):
        return
    pulse = services.ask_pulse(
        closes_on=begun.date() + timedelta(days=7),
        answer_by=begun.date() + timedelta(days=20),
        fourth="effort",
        by=by,
        at=begun,
    )
    for agent, mood in zip(agents[:60], cycle(MOODS), strict=False):
        if agent.user is not None:
            given = dict(zip(("skill", "lead", "valued", "effort"), mood, strict=True))
            services.answer_pulse(
                pulse_id=pulse.pk, answers=given, by=actor_of(agent.user), at=begun + timedelta(days=2)
            )
    services.close_pulses(begun + timedelta(days=8))
    services.say_what_follows(
        pulse_id=pulse.pk,
        text=FOLLOWS,
        follows_by=at.date() + timedelta(days=14),
        by=by,
        at=begun + timedelta(days=15),
    )


def _day(at: datetime, ago: int, hour: int) -> datetime:
    return (at - timedelta(days=ago)).replace(hour=hour, minute=12, second=0, microsecond=0)


def _lead(people: list[User]) -> Actor | None:
    """Who leads their team."""
    team = Agent.objects.get(user=people[0]).team_id
    held = RoleHeld.objects.filter(role=Role.SUPERVISOR, scope=Scope.TEAM, scope_id=team, user__is_active=True)
    first = held.select_related("user").order_by("pk").first()
    return actor_of(first.user) if first else None


def _manager() -> Actor:
    held = RoleHeld.objects.filter(role=Role.MANAGER, scope=Scope.ALL, user__is_active=True).order_by("pk")
    return actor_of(held.select_related("user").earliest("pk").user)
