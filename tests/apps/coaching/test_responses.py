"""Same behaviour, same response: a planted difference becomes a question, chance does not, no agent is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from floorwalker.apps.coaching.models import Behaviour, Touch
from floorwalker.apps.coaching.rules.responses import Answer, apart, difference, given, together, wilson
from floorwalker.apps.people.models import Agent
from tests.people import STARTED


def answered(cast, people, *, number=36, firm=None):
    """Everybody answers the first time with the first step; `firm` with the third every other time."""
    behaviour = Behaviour.objects.create(name="Late to the desk", side="corrective", first="A word", third="HR")
    agents = Agent.objects.bulk_create(
        Agent(name=f"Zqagent {n}", number=f"R{n:03}", team=cast.world.north_one, started_on=STARTED)
        for n in range(number)
    )
    now = datetime.now(UTC)
    Touch.objects.bulk_create(
        Touch(
            agent=agent,
            by=people[n % len(people)].user,
            kind="feedback",
            tone="corrective",
            behaviour=behaviour,
            rung=3 if people[n % len(people)] is firm and n % 2 else 1,
            at=now - timedelta(days=n),
            once=f"late{n}",
        )
        for n, agent in enumerate(agents)
    )


def page(cast, who):
    return cast.client(who).get("/coaching/responses/").content.decode()


def test_a_planted_difference_is_asked_about_and_no_agent_is_named(cast):
    """Managers and HR read whose answers differ, as a question with its range, on page and API."""
    answered(cast, (cast.supervisor, cast.other_supervisor, cast.quality_analyst), firm=cast.supervisor)
    for who in (cast.manager, cast.hr):
        shown = page(cast, who)
        assert "1 difference is larger than chance" in shown
        assert "answers of Supervisor were firmer" in shown
        assert "What is different there?" in shown
        assert "Zqagent" not in shown
    told = {each["name"]: each for each in cast.client(cast.manager).get("/api/v1/responses").json()}
    assert (told["Supervisor"]["answers"], told["Supervisor"]["firmer"]) == (12, 6)
    assert [told[name]["differs"] for name in ("Supervisor", "Other Supervisor")] == ["firmer", ""]


def test_a_supervisor_sees_their_own_beside_the_rest(cast):
    """No name but their own."""
    answered(cast, (cast.supervisor, cast.other_supervisor, cast.quality_analyst), firm=cast.other_supervisor)
    shown = page(cast, cast.supervisor)
    assert "all others" in shown
    assert "Other Supervisor" not in shown
    assert cast.client(cast.agent).get("/coaching/responses/").status_code == 404


def test_one_other_person_is_no_rest(cast):
    """Whose answers the others' are would be plain."""
    answered(cast, (cast.supervisor, cast.other_supervisor))
    shown = page(cast, cast.supervisor)
    assert "all others" not in shown.split("How this is told")[0]
    assert "Nothing can be set beside each other yet" in shown


def test_few_answers_are_not_shown(cast):
    """Nine answers, or ten to four people: the page says that somebody has too few, not how many."""
    answered(cast, (cast.supervisor,), number=9)
    shown = page(cast, cast.manager)
    assert "1 person has too few answers to be shown" in shown
    assert "Nothing can be set beside each other yet" in shown
    assert cast.client(cast.manager).get("/api/v1/responses").json() == []


def test_an_answer_is_set_beside_the_step_its_number_asks_for():
    """The second time asks for the second step; what lies before the days looked at makes later ones a second."""
    lines = given(
        [
            Answer(1, 7, 1, 1, counts=False),
            Answer(1, 7, 1, 2),
            Answer(1, 7, 2, 2),
            Answer(1, 8, 2, 1),
            Answer(1, 9, 2, 2),
        ]
    )[1]
    assert lines[1].steps == {"milder": 0, "usual": 1, "firmer": 0}
    assert lines[2].steps == {"milder": 1, "usual": 1, "firmer": 1}
    assert together(lines.values()).answers == 4


def test_an_answer_that_has_expired_makes_the_next_no_second():
    """S84: set beside the first step again, whoever gives it; without expiry the same answer would be milder."""
    day, month = date(2026, 1, 5), timedelta(days=30)
    answers = [
        Answer(1, 7, 1, 1, day=day, expires_on=day + 6 * month),
        Answer(1, 7, 2, 1, day=day + 7 * month, expires_on=day + 13 * month),
        Answer(1, 7, 2, 2, day=day + 8 * month, expires_on=day + 14 * month),
    ]
    assert given(answers)[1][2].steps == {"milder": 0, "usual": 2, "firmer": 0}
    for_ever = [replace(each, expires_on=date.max) for each in answers]
    assert given(for_ever)[1][2].steps == {"milder": 2, "usual": 0, "firmer": 0}


def test_chance_is_no_difference():
    """Six of twelve beside four of twelve is nothing; six of twelve beside none of forty is something."""
    assert apart(6, 12, 4, 12)[0] < 0
    low, high = apart(6, 12, 0, 40)
    assert 0.2 < low < 0.5 < high
    assert wilson(0, 10)[0] < 1e-9
    assert round(wilson(5, 10)[1], 3) == 0.763
    few, many = (
        given(Answer(1, by * 100 + n, by, 1 + 2 * (n % 2)) for by in (1,) for n in range(number))[1][1]
        for number in (9, 20)
    )
    assert not few.told
    assert difference(few, many) is None
