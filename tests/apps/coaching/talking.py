"""One-to-ones at each of their stages, for tests of coaching."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import Action, OneToOne
from floorwalker.apps.offphone.models import Presence
from floorwalker.kernel.periods import Period
from tests.people import NOW, Cast, Person

SECRET = "The headset zqtalksecretqz hurts."
DUE = NOW + timedelta(days=14)
DAY = NOW.date()


def searching(words: str) -> str:
    """Where the search of the suite looks for these words; whoever asks there asserts that it answered."""
    return f"{reverse('home:search')}?q={words}"


def without_echo(text: str, words: str) -> str:
    """A page without the words its reader searched for, which the search says back to them."""
    for echo in (f"q={words}", f'value="{words}"', f"“{words}”"):
        text = text.replace(echo, "")
    return text


def planned(cast: Cast, who: Person | None = None, by: Person | None = None) -> OneToOne:
    agent = (who or cast.agent).agent
    assert agent is not None
    lead = (by or cast.supervisor).actor
    return services.plan_talk(agent_id=agent.pk, talk_minutes=30, due=DUE, by=lead, at=NOW)


def on_shift(cast: Cast, who: Person | None = None, days: int = 1, hours: int = 8) -> None:
    """At work from nine tomorrow on, so that a session has room."""
    start = NOW.replace(hour=9, minute=0) + timedelta(days=days)
    agent = (who or cast.agent).agent
    Presence.objects.create(agent=agent, group=None, period=Period(start, start + timedelta(hours=hours)).range)


def placed(cast: Cast, hour: int = 10) -> OneToOne:
    talk = planned(cast)
    on_shift(cast)
    start = NOW.replace(hour=hour, minute=0) + timedelta(days=1)
    return services.place_talk(
        talk_id=talk.pk, start=start, version=talk.version, by=cast.supervisor.actor, at=NOW
    )


def held(cast: Cast, who: Person | None = None) -> OneToOne:
    return services.hold_talk(talk_id=planned(cast, who).pk, by=cast.supervisor.actor, at=NOW)


def spoken(cast: Cast, talk: OneToOne, words: str = SECRET, who: Person | None = None) -> None:
    services.add_note(talk_id=talk.pk, words=words, by=(who or cast.agent).actor, at=NOW)


def action(cast: Cast, talk: OneToOne, by: Person | None = None, **more: Any) -> Action:
    values: dict[str, Any] = {
        "what": "Greet by name zqtalksecretqz",
        "target": "In three contacts of five",
        "measure": "quality_score",
        "due": DAY + timedelta(days=14),
        "follow_up_on": DAY + timedelta(days=21),
    }
    return services.set_action(talk_id=talk.pk, **values | more, by=(by or cast.supervisor).actor, at=NOW)


def agreed(cast: Cast, talk: OneToOne, **more: Any) -> Action:
    found = action(cast, talk, **more)
    return services.agree_action(action_id=found.pk, version=found.version, by=cast.agent.actor, at=NOW)


def closed(cast: Cast) -> tuple[OneToOne, Action]:
    talk = held(cast)
    spoken(cast, talk)
    found = agreed(cast, talk)
    services.close_talk(talk_id=talk.pk, by=cast.supervisor.actor, at=NOW)
    talk.refresh_from_db()
    return talk, found
