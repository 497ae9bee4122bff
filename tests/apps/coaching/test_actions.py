"""The one action of a talk: agreed by both, promised both ways, looked at again; and when people change."""

from datetime import timedelta

import pytest

from floorwalker.apps.coaching import queries, services
from floorwalker.apps.coaching.models import AgendaItem, OneToOne
from floorwalker.apps.offphone.models import Session
from floorwalker.apps.performance.models import AgentDay, Goal
from floorwalker.apps.promises.models import Promise
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.models import Notice
from floorwalker.kernel.notices import reading
from tests.apps.coaching import talking
from tests.apps.coaching.talking import DAY, DUE, SECRET
from tests.people import NOW

LATER = NOW + timedelta(days=21)


def promises(kind):
    return [(each.owner.name, each.state) for each in Promise.objects.filter(kind=kind).order_by("pk")]


def test_both_agree_before_it_counts(cast):
    """Who writes it agrees; the other does by a tap; then it is promised both ways, without its words."""
    talk = talking.held(cast)
    found = talking.action(cast, talk)
    with pytest.raises(services.NotAgreedYet):
        services.say_done(action_id=found.pk, by=cast.agent.actor, at=NOW)
    assert not Promise.objects.filter(kind__in=[services.ACTION_KIND, services.FOLLOW_UP_KIND]).exists()
    answer = cast.client(cast.agent).post(f"/coaching/actions/{found.pk}/agree/", {"version": found.version})
    assert answer.status_code == 302
    assert promises(services.ACTION_KIND) == [("Agent", "open")]
    assert promises(services.FOLLOW_UP_KIND) == [("Supervisor", "open")]
    assert not Promise.objects.filter(what__contains="zqtalksecretqz").exists()


def test_nobody_agrees_to_what_was_rewritten(cast):
    """The agent writes it anew; the lead's tap on the old words is refused, and nothing is promised."""
    talk = talking.held(cast)
    first = talking.action(cast, talk)
    talking.action(cast, talk, by=cast.agent, what="Greet everybody")
    with pytest.raises(Stale):
        services.agree_action(action_id=first.pk, version=first.version, by=cast.supervisor.actor, at=NOW)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"measure": ""}, services.AboutNothing),
        ({"measure": "height"}, services.UnknownMeasure),
        ({"due": DAY}, services.DaysWillNotDo),
        ({"follow_up_on": DAY + timedelta(days=2)}, services.DaysWillNotDo),
        ({"follow_up_on": DAY + timedelta(days=200)}, services.DaysWillNotDo),
        ({"what": " "}, services.WordsMissing),
        ({"what": "Mind your pregnancy"}, services.DelicateWords),
    ],
)
def test_an_action_is_about_something_and_has_days(cast, more, refusal):
    """Each refusal says what to do."""
    with pytest.raises(refusal):
        talking.action(cast, talking.held(cast), **more)


def test_done_is_kept_both_ways(cast):
    """At the day the agent said so, whenever the lead looks."""
    _talk, found = talking.closed(cast)
    services.say_done(action_id=found.pk, by=cast.agent.actor, at=NOW + timedelta(days=10))
    answer = cast.client(cast.supervisor).post(f"/coaching/actions/{found.pk}/follow-up/", {"state": "done"})
    assert answer.status_code == 302, answer.content
    assert promises(services.ACTION_KIND) == [("Agent", "kept")]
    found.refresh_from_db()
    assert found.state == "done"


def test_not_reached_is_visibly_broken_with_words(cast):
    """The words are needed, and stay between the two; the ledger says that it was not kept."""
    _talk, found = talking.closed(cast)
    browser = cast.client(cast.supervisor)
    assert browser.post(f"/coaching/actions/{found.pk}/follow-up/", {"state": "missed"}).status_code == 422
    typed = {"state": "missed", "words": SECRET}
    assert browser.post(f"/coaching/actions/{found.pk}/follow-up/", typed).status_code == 302
    assert promises(services.ACTION_KIND) == [("Agent", "broken")]
    assert SECRET in cast.client(cast.agent).get(f"/coaching/actions/{found.pk}/").content.decode()
    assert not Promise.objects.filter(why__contains="zqtalksecretqz").exists()


def test_dropped_counts_against_nobody(cast):
    """By either of the two, with why."""
    _talk, found = talking.closed(cast)
    services.drop_action(action_id=found.pk, why="The product is gone.", by=cast.agent.actor, at=NOW)
    assert promises(services.ACTION_KIND) == [("Agent", "withdrawn")]
    assert promises(services.FOLLOW_UP_KIND) == [("Supervisor", "withdrawn")]


def scores(agent, first, last, value):
    """A figure a day, a little up and down."""
    AgentDay.objects.bulk_create(
        AgentDay(
            agent=agent,
            day=DAY + timedelta(days=n),
            measure="quality_score",
            value=value + n % 3,
            weight=1.0,
            source="test",
            key=f"{n}",
            told_at=NOW,
        )
        for n in range(first, last)
    )


def test_its_measure_is_held_against_the_days_before(cast):
    """With the range of the change, and a word of caution; met, the goal can be raised."""
    _talk, found = talking.closed(cast)
    scores(cast.agent.agent, -20, 1, 70.0)
    scores(cast.agent.agent, 1, 20, 82.0)
    rests = {
        "baseline_mean": 70,
        "baseline_low": 69,
        "baseline_high": 71,
        "baseline_days": 20,
        "baseline_span": 28,
    }
    met = {"state": "met", "first_day": DAY, "ended_at": NOW, "agreed_by_agent_at": NOW, "agreed_by_lead_at": NOW}
    goal = Goal.objects.create(
        agent=cast.agent.agent,
        measure="quality_score",
        target=75,
        last_day=DAY,
        probability=0.3,
        proposed_by="agent",
        proposed_at=NOW,
        **rests,
        **met,
    )
    services.follow_up(action_id=found.pk, state="done", words="", by=cast.supervisor.actor, at=LATER)
    found.refresh_from_db()
    assert found.before == pytest.approx(71, abs=0.2) and found.after == pytest.approx(83, abs=0.2)
    assert 10 < found.change_low < 12 < found.change_high < 14
    page = cast.client(cast.agent).get(f"/coaching/actions/{found.pk}/").content.decode()
    assert "Other things may have changed too." in page
    assert f"?raises={goal.pk}" in page


def test_too_few_days_say_nothing(cast):
    """No figure is shown that rests on four days."""
    _talk, found = talking.closed(cast)
    scores(cast.agent.agent, -20, 1, 70.0)
    scores(cast.agent.agent, 1, 5, 82.0)
    services.follow_up(action_id=found.pk, state="done", words="", by=cast.supervisor.actor, at=LATER)
    found.refresh_from_db()
    assert found.after is None


def test_the_day_comes_and_who_leads_is_told_then_the_agents_word_counts(cast):
    """A lead who never looks breaks their own promise, not the agent's."""
    _talk, found = talking.closed(cast)
    services.say_done(action_id=found.pk, by=cast.agent.actor, at=NOW + timedelta(days=10))
    assert services.look_at_actions(LATER) == 0
    told = Notice.objects.filter(to_user=cast.supervisor.user.pk, kind=services.ACTION_KIND, once__contains=":due")
    assert told.count() == 1 and "zqtalksecretqz" not in reading.in_words(told.get(), cast.supervisor.actor).text
    assert services.look_at_actions(LATER + timedelta(days=9)) == 1
    found.refresh_from_db()
    assert (found.state, promises(services.ACTION_KIND)) == ("done", [("Agent", "kept")])
    assert promises(services.FOLLOW_UP_KIND) == [("Supervisor", "open")]


def test_without_a_word_it_was_not_reached(cast):
    """A week after its day."""
    _talk, found = talking.closed(cast)
    services.look_at_actions(LATER + timedelta(days=9))
    found.refresh_from_db()
    assert (found.state, promises(services.ACTION_KIND)) == ("missed", [("Agent", "broken")])


def moved(cast):
    """Into the team of the other supervisor."""
    cast.agent.agent.team = cast.world.north_two
    cast.agent.agent.save()


def test_when_somebody_else_leads_the_minutes_are_owed_anew_and_no_word_goes_over(cast):
    """The open talk ends with its reason; the new lead owes one of their own, and reads nothing of the old."""
    talk = talking.planned(cast)
    services.add_item(talk_id=talk.pk, words=SECRET, by=cast.agent.actor, at=NOW)
    moved(cast)
    services.follow_leads(agent_id=cast.agent.agent.pk, at=NOW)
    talk.refresh_from_db()
    assert (talk.state, Session.objects.get(pk=talk.session).state) == ("ended", "fell_away")
    new = OneToOne.objects.get(lead=cast.other_supervisor.user)
    assert (new.state, new.items.count(), Session.objects.get(pk=new.session).state) == ("planned", 0, "owed")
    with pytest.raises(NotFound):
        queries.the_talk(cast.other_supervisor.actor, talk.pk)
    page = cast.client(cast.other_supervisor).get("/coaching/talks/").content.decode()
    assert "zqtalksecretqz" not in page
    assert services.follow_leads(at=NOW) == 0


def test_an_open_action_moves_with_its_promise(cast):
    """The new lead follows up what was agreed and reads no word of the talk; the old promise is withdrawn."""
    talk, found = talking.closed(cast)
    moved(cast)
    services.follow_leads(agent_id=cast.agent.agent.pk, at=NOW)
    assert promises(services.FOLLOW_UP_KIND) == [("Supervisor", "withdrawn"), ("Other Supervisor", "open")]
    new = cast.other_supervisor
    page = cast.client(new).get(f"/coaching/actions/{found.pk}/").content.decode()
    assert "Look at it again" in page and SECRET not in page
    assert cast.client(new).get(f"/coaching/talks/{talk.pk}/").status_code == 404
    services.follow_up(action_id=found.pk, state="done", words="", by=new.actor, at=LATER)
    assert promises(services.ACTION_KIND) == [("Agent", "withdrawn"), ("Agent", "kept")]
    assert Promise.objects.get(kind=services.ACTION_KIND, state="kept").to_user == new.user


def test_while_nobody_leads_everything_stays(cast):
    """A debt does not vanish because a lead did."""
    talk = talking.planned(cast)
    cast.supervisor.user.roles_held.all().delete()
    assert services.follow_leads(at=NOW) == 0
    talk.refresh_from_db()
    assert talk.state == "planned"


def test_an_agent_who_leaves_mid_cycle_leaves_nothing_open(cast):
    """Talk, minutes, claim and action end with the reason; no promise is broken by it."""
    _talk, found = talking.closed(cast)
    fresh = talking.planned(cast)
    services.park_claim(
        talk_id=fresh.pk, words="A colleague says so.", until=DUE, by=cast.supervisor.actor, at=NOW
    )
    cast.agent.agent.left_on, cast.agent.agent.leaving_reason = DAY, cast.world.reason
    cast.agent.agent.save()
    assert services.end_of_leavers(NOW) == 1
    fresh.refresh_from_db()
    found.refresh_from_db()
    assert (fresh.state, fresh.answer) == ("ended", "the agent has left")
    assert (found.state, Session.objects.get(pk=fresh.session).state) == ("dropped", "fell_away")
    assert AgendaItem.objects.get(kind="parked").outcome == "dropped"
    assert set(Promise.objects.exclude(state="kept").values_list("state", flat=True)) == {"withdrawn"}
    assert services.end_of_leavers(NOW) == 0
