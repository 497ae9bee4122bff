"""Two verbs of a talk at one moment: one of them, or a refusal in words – and the naive way loses one."""

from __future__ import annotations

import time

import pytest
from django.db import transaction

from floorwalker.apps.coaching import services
from floorwalker.apps.coaching.models import Action, OneToOne
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.promises.models import Promise
from tests.apps.coaching import talking
from tests.people import NOW, Cast, make_cast
from tests.racing import at_once, clean

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_held_and_let_go_at_once(cast: Cast) -> None:
    """One wins, the other hears how it stands; the minutes and the talk tell the same."""
    talk = talking.placed(cast)
    lead, agent = cast.supervisor.actor, cast.agent.actor
    done, refused = clean(
        at_once(
            lambda: services.hold_talk(talk_id=talk.pk, by=lead, at=NOW),
            lambda: services.let_go_talk(talk_id=talk.pk, why="", by=agent, at=NOW),
        )
    )
    assert (len(done), len(refused)) == (1, 1)
    talk.refresh_from_db()
    pairs = {"held": "delivered", "let_go": "let_go"}
    assert Session.objects.get(pk=talk.session).state == pairs[talk.state]


def test_closed_and_cancelled_at_once(cast: Cast) -> None:
    """While the lead closes it, the day's round finds that the agent has left: closed once, or ended."""
    talk = talking.held(cast)
    talking.spoken(cast, talk)
    talking.agreed(cast, talk)
    lead = cast.supervisor.actor
    results = at_once(
        lambda: services.close_talk(talk_id=talk.pk, by=lead, at=NOW),
        lambda: services.end_of_leaver(agent_id=talk.agent_id, at=NOW),
    )
    clean(results)
    talk.refresh_from_db()
    assert talk.state in ("closed", "ended")
    assert Action.objects.get().state == "dropped"
    assert not Promise.objects.filter(state="open").exists()


def test_planned_twice_at_once_is_one_talk(cast: Cast) -> None:
    """And one debt."""
    done, refused = clean(at_once(*(lambda: talking.planned(cast) for _ in range(4))))
    assert (len(done), len(refused)) == (1, 3)
    assert OneToOne.objects.count() == Session.objects.count() == 1


def test_agreed_at_once_by_both_is_promised_once(cast: Cast) -> None:
    """Both taps on the same words."""
    talk = talking.held(cast)
    found = talking.action(cast, talk)
    agent = cast.agent.actor
    twins = [lambda: services.agree_action(action_id=found.pk, version=found.version, by=agent, at=NOW)] * 2
    done, refused = clean(at_once(*twins))
    assert (len(done), len(refused)) == (1, 1)
    assert Promise.objects.filter(kind=services.ACTION_KIND).count() == 1


def test_the_naive_way_lets_both_win(cast: Cast) -> None:
    """Look at the state, then write it, without a lock: held and let go, and the later word hides the other."""
    talk = talking.placed(cast)
    won = []

    def naive(to: str) -> None:
        with transaction.atomic():
            found = OneToOne.objects.get(pk=talk.pk)
            time.sleep(0.1)  # somebody thinks
            if found.state == "planned":
                ended = {"ended_at": NOW} if to == "let_go" else {"held_at": NOW, "ended_at": None}
                OneToOne.objects.filter(pk=talk.pk).update(state=to, **ended)
                won.append(to)

    at_once(lambda: naive("held"), lambda: naive("let_go"))
    assert sorted(won) == ["held", "let_go"]
