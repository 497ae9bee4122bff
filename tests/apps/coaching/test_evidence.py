"""Evidence for a one-to-one at the door: its sentence, its time, where it is found, and only what both may see."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape

from django.utils import timezone

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import OneToOne
from floorwalker.apps.offphone import services as offphone
from floorwalker.apps.promises import services as promises
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality.models import Review
from floorwalker.kernel.look import day_words
from tests.apps.performance.test_goals import agreed as goal_agreed
from tests.apps.performance.test_goals import proposed, with_past
from tests.apps.quality.cases import RUDE, WELL, drawn, evaluated, own_view, released
from tests.people import Cast, Person

DAY = timedelta(days=1)


def planned(cast: Cast) -> OneToOne:
    assert cast.agent.agent is not None
    at = timezone.now()
    return services.plan_talk(
        agent_id=cast.agent.agent.pk, talk_minutes=30, due=at + 14 * DAY, by=cast.supervisor.actor, at=at
    )


def offered(cast: Cast, talk: OneToOne) -> str:
    return unescape(cast.client(cast.supervisor).get(f"/coaching/talks/{talk.pk}/prepare/").content.decode())


def on_the_agenda(cast: Cast, talk: OneToOne, key: str, words: str, url: str = "") -> None:
    """Chosen by the lead, it stands with its link on the page of both, and both can follow it."""
    path = f"/coaching/talks/{talk.pk}/"
    assert cast.client(cast.supervisor).post(f"{path}prepare/", {"evidence": [key]}).status_code == 302
    for person in (cast.agent, cast.supervisor):
        page = unescape(cast.client(person).get(path).content.decode())
        assert words in page, person.key
        if url:
            assert f'href="{url}"' in page, person.key
            assert cast.client(person).get(url).status_code == 200, person.key


def judged(cast: Cast, key: str, at: datetime, person: Person | None = None) -> Review:
    """Shown to its agent, who had seen it otherwise."""
    review = drawn(cast, person, key=key, at=at)
    own_view(cast, review, WELL, person, at=at)
    return evaluated(cast, review, RUDE, at)


def test_an_evaluation_that_was_shown(cast: Cast) -> None:
    """With the day of its contact and the points lost; not one still blind, of somebody else, or of long ago."""
    now = timezone.now()
    shown = released(cast, RUDE, now)
    long_ago = judged(cast, "K2", now - 61 * DAY)
    blind = evaluated(cast, drawn(cast, key="K3", at=now), RUDE, now)
    others = judged(cast, "K4", now, cast.colleague)
    assert (shown.state, blind.state, others.state) == ("released", "scored", "released")
    talk = planned(cast)
    page = offered(cast, talk)
    day = day_words(shown.conversation.started_at)
    # Both are of what the agent controls, 3 of 4 and 1 of 4: together they make 100.
    words = f"Contact of {day}: 75 of 100 points; lost at Greets by name (25)"
    assert words in page and f'href="/quality/reviews/{shown.pk}/"' in page
    for each in (long_ago, blind, others):
        assert f"/quality/reviews/{each.pk}/" not in page
    on_the_agenda(cast, talk, f"review:{shown.pk}", words, f"/quality/reviews/{shown.pk}/")


def test_a_goal_under_way(cast: Cast) -> None:
    """One agreed by both, with its last day; a proposal is not under way."""
    with_past(cast.agent)
    goal = goal_agreed(cast)
    proposal = proposed(cast.agent, cast.agent, measure="contacts_per_hour", target=6.5, pair="quality_score")
    talk = planned(cast)
    page = offered(cast, talk)
    words = f"Goal under way – Quality score: 82.0 points or better, until {day_words(goal.last_day)}"
    assert words in page and f"/numbers/goals/{proposal.pk}/" not in page
    on_the_agenda(cast, talk, f"goal:{goal.pk}", words, f"/numbers/goals/{goal.pk}/")


def test_a_promise_of_one_of_the_two_that_is_late_or_broken(cast: Cast) -> None:
    """Either way round; not one that is kept, still has its day ahead, or is between other people."""
    now = timezone.now()
    late = owed(cast, cast.supervisor, cast.agent, now - 2 * DAY)
    mine = owed(cast, cast.agent, cast.supervisor, now - 3 * DAY)
    promises.miss(once=mine.once, why="no time was left", by=cast.agent.actor, at=now - DAY)
    ahead = owed(cast, cast.supervisor, cast.agent, now + DAY)
    others = owed(cast, cast.quality_analyst, cast.agent, now - 2 * DAY)
    kept = owed(cast, cast.supervisor, cast.agent, now - DAY)
    promises.keep(once=kept.once, by=cast.supervisor.actor, at=now - 2 * DAY)
    talk = planned(cast)
    page = offered(cast, talk)
    words = f"Promised by Supervisor until {day_words(late.due)}: Word {late.pk}"
    assert words in page and f"Promised by Agent until {day_words(mine.due)}" in page
    for each in (ahead, others, kept):
        assert f"/promises/one/{each.pk}/" not in page
    on_the_agenda(cast, talk, f"promise:{late.pk}", words, f"/promises/one/{late.pk}/")


def owed(cast: Cast, owner: Person, to: Person, due: datetime) -> Promise:
    made = promises.register(
        kind=offphone.PROMISE_KIND, ref=("offphone.session", 0), owner=owner.user.pk, to=to.user.pk, what="Word",
        due=due, by=owner.actor, at=due - 9 * DAY, once=f"test:{Promise.objects.count()}",
    )  # fmt: skip
    made.what = f"Word {made.pk}"
    made.save(update_fields=["what"])
    return made


def test_a_gap_between_own_view_and_evaluation(cast: Cast) -> None:
    """From three contacts both have scored on, how far apart they are; two say nothing."""
    now = timezone.now()
    for n in (1, 2):
        judged(cast, f"K{n}", now - n * DAY)
    talk = planned(cast)
    words = "Greets by name: own view 100, evaluated 0 of 100 in 3 contacts"
    assert "own view" not in offered(cast, talk)
    judged(cast, "K3", now)
    page = offered(cast, talk)
    assert words in page
    key = page.split('value="gap:')[1].split('"')[0]
    on_the_agenda(cast, talk, f"gap:{key}", words)


def test_what_was_talked_over_does_not_come_again(cast: Cast) -> None:
    """A closed one-to-one has settled its evidence; a goal under way is looked at each time."""
    now = timezone.now()
    with_past(cast.agent)
    goal, review, talk = goal_agreed(cast), released(cast, RUDE, now), planned(cast)
    keys = [f"review:{review.pk}", f"goal:{goal.pk}"]
    lead = cast.supervisor.actor
    services.prepare_talk(talk_id=talk.pk, evidence=keys, by=lead, at=now)
    services.hold_talk(talk_id=talk.pk, by=lead, at=now)
    services.add_note(talk_id=talk.pk, words="I greet by name from now on.", by=cast.agent.actor, at=now)
    day = (now + 14 * DAY).date()
    services.close_talk(talk_id=talk.pk, why_no_action="It is done.", follow_up_on=day, by=lead, at=now)
    page = offered(cast, planned(cast))
    assert f'value="goal:{goal.pk}"' in page and f'value="review:{review.pk}"' not in page
