"""A published week put to a question: asked, computed, stored, shown, taken along as a model."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.queries.studied import lines_of
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.capacity.rules import Staffing
from floorwalker.apps.demand import services as demand
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry, Job
from floorwalker.science.simulation import model_from_json, simulate
from floorwalker.science.timegrid import TimeGrid
from tests.factories import capacity as make
from tests.people import NOW

WEEK = make.MONDAY.isoformat()


pytestmark = pytest.mark.usefixtures("few_replications")


def test_a_planner_asks_from_the_week_and_reads_one_sentence_first(cast, queues, roster, work):
    """From the form to the ranked lessons: the short queue's skill taught to the other's people is the best."""
    client = cast.client(cast.planner)
    site = queues[0].site_id
    week = client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    assert "Version 3 of the roster is published: 2 queues whose people could help each other." in week
    form = {"site": site, "week": WEEK, "taught": "", "slower": "20", "training_hours": "30"}
    answer = client.post("/staff/skills/ask/", form)
    assert answer.status_code == 302
    assert "The week is being played through" in client.get(answer.url).content.decode()
    work(inline=True)
    study = WeekStudy.objects.get()
    assert (study.slower, study.training_hours, study.roster_number, study.publication) == (0.2, 30, 3, 70)
    text = client.get(answer.url).content.decode()
    assert "Teaching Cards to 2 of Loans would save about" in text
    for words in ("Lessons, the best first", "Specialists, generalists and the mix", "Generalists: everybody"):
        assert words in text
    for words in ("What went in", "20 %", "30 hours", "version 3", "seed 1"):
        assert words in text
    first = study.found["lines"][0]
    assert (first["training_hours"], set(study.made_of["queues"][0])) == (
        30,
        {"id", "name", "forecast", "expected", "target", "policy", "off_phone", "patience"},
    )
    assert "Every skill" in client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    assert [each.verb for each in Entry.objects.order_by("pk") if "study" in each.verb] == [
        "capacity.ask_study",
        "capacity.keep_study",
    ]


def test_lessons_of_one_skill_alone(asked, queues):
    """Chosen in the form: nobody is taught anything else."""
    study = asked(taught_id=queues[0].pk)
    assert {(line["skill"], line["group"]) for line in study.found["lines"]} == {("Cards", "Loans")}


def test_more_people_taught_save_more_and_generalists_most(asked):
    """The bands lie round their means; the ways to divide the work are told against the roster as it is."""
    found = asked().found
    lines = {(line["group"], line["agents"]): line["contacts_saved"] for line in found["lines"]}
    assert 0 < lines["Loans", 1][0] < lines["Loans", 2][0]
    assert all(low <= mean <= high for mean, low, high in lines.values())
    ways = {each["name"]: each for each in found["arrangements"]}
    assert list(ways) == ["own", "mix", "generalists"]
    assert ways["own"]["contacts_saved"][0] == 0
    assert ways["generalists"]["contacts_saved"][0] > lines["Loans", 2][0]
    assert (ways["mix"]["training_hours"], ways["generalists"]["training_hours"]) == (40 * 5, 40 * 18)


def test_money_stands_beside_callers_where_it_is_known(asked, cast, queues):
    """Ranked by it, said in the sentence, and older once the settings change."""
    policy = Staffing(value_in_time=8, cost_lost=12)
    for queue in queues:
        services.decide_policy(queue_id=queue.pk, policy=policy, version=1, by=cast.planner.actor, at=NOW)
    study = asked()
    page = queries.study_page(cast.planner.actor, study.pk)
    assert ", worth about " in page.sentence and "EUR" in page.sentence
    assert page.currency == "EUR" and not page.stale
    services.decide_policy(queue_id=queues[0].pk, policy=Staffing(), version=2, by=cast.planner.actor, at=NOW)
    assert queries.study_page(cast.planner.actor, study.pk).stale == [
        "how the queues are staffed has changed since"
    ]


def test_a_later_version_or_forecast_makes_the_answer_older(asked, cast, queues, roster):
    study = asked()
    roster({queue.pk: 9 for queue in queues}, version=(71, 4))
    assert queries.study_page(cast.planner.actor, study.pk).stale == ["the roster has changed since"]
    make.a_forecast(queues[0], times=1.2)
    assert queries.study_page(cast.planner.actor, study.pk).stale[1:] == ["the forecast has changed since"]
    text = cast.client(cast.planner).get(f"/staff/skills/{study.pk}/").content.decode()
    assert "This answer is not the newest: the roster has changed since" in text


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("factor", 2.0, "the forecast has changed since"),
        ("handling", 400.0, "the handling time has changed since"),
    ],
)
def test_an_answer_is_older_once_a_planner_changes_what_is_expected(asked, cast, queues, kind, value, why):
    """Under the same version of the forecast; a day after the week changes nothing."""
    make.a_forecast(queues[0], days=14)
    study, monday = asked(purpose="model"), datetime(2026, 3, 9, tzinfo=UTC)
    change = {"queue": queues[0], "kind": kind, "value": value, "reason": "A letter went out", "at": NOW}
    change["by"] = cast.planner.actor
    demand.override(start=monday + timedelta(days=7), end=monday + timedelta(days=8), **change)
    assert queries.study_page(cast.planner.actor, study.pk).stale == []
    demand.override(start=monday + timedelta(hours=9), end=monday + timedelta(hours=12), **change)
    assert queries.study_page(cast.planner.actor, study.pk).stale == [why]


def test_an_answer_is_older_once_the_hours_or_the_target_change(asked, cast, queues):
    """Both are set on the queue's page."""
    study = asked(purpose="model")
    queues[0].hours = [[[9 * 60, 18 * 60]]] * 5 + [[]] * 2
    queues[0].service_seconds += 10
    queues[0].save()
    assert queries.study_page(cast.planner.actor, study.pk).stale == [
        "the opening hours have changed since",
        "within which time a contact counts as answered has changed since",
    ]


@pytest.mark.parametrize("purpose", WeekStudy.Purpose.values)
def test_while_it_waits_and_when_nothing_came_of_it_the_page_says_so(cast, queues, roster, purpose):
    """A model teaches nobody; work that failed is not being played through."""
    values = {"site_id": queues[0].site_id, "first_day": make.MONDAY, "by": cast.planner.actor, "at": NOW}
    study = services.ask_study(purpose=purpose, **values)
    waiting = queries.study_page(cast.planner.actor, study.pk).sentence
    assert waiting.endswith("; you can leave this page.")
    assert ("taught" in waiting) == (purpose == "skills")
    Job.objects.update(state=Job.State.FAILED, failure="There was no memory left.", ended_at=NOW)
    assert queries.study_page(cast.planner.actor, study.pk).sentence.startswith("Nothing came of this question")


def test_stopped_behind_the_last_lesson_the_page_says_what_is_missing(asked, cast):
    """Every lesson is there, and no way to divide the work."""
    study = asked()
    study.found["arrangements"] = []
    study.save()
    assert queries.study_page(cast.planner.actor, study.pk).notes == [
        "It was stopped: every lesson was finished, the ways to divide the work were not compared."
    ]
    study.found |= {"lessons": 20, "looked_at": 3, "finished": 0, "lines": []}
    study.save()
    told = queries.study_page(cast.planner.actor, study.pk).notes
    assert [each.partition(":")[0] for each in told] == ["It was stopped"]


def test_who_has_the_skill_needs_no_lesson(asked, cast, queues, roster):
    """Where the queue does not let others help, they are told apart, and what a tick would bring is computed."""
    queues[0].skill = cast.world.sales
    queues[0].save()
    roster({queues[0].pk: 8, queues[1].pk: 10}, skills={n: frozenset({cast.world.sales.pk}) for n in range(3)})
    study = asked()
    assert study.found["people"]["Loans (able in Cards)"] == 3
    assert ("Cards", "Loans (able in Cards)") not in {(x["skill"], x["group"]) for x in study.found["lines"]}
    able = next(each for each in study.found["arrangements"] if each["name"] == "able")
    assert able["contacts_saved"][1] > 0 and able["training_hours"] == 0
    text = cast.client(cast.planner).get(f"/staff/skills/{study.pk}/").content.decode()
    assert "3 people have the skill of another queue already" in text
    policy = Staffing(overflow=True)
    services.decide_policy(queue_id=queues[0].pk, policy=policy, version=1, by=cast.planner.actor, at=NOW)
    found = asked().found
    assert found["people"]["Loans (helping Cards)"] == 3
    assert [each["name"] for each in found["arrangements"]][:2] == ["rostered", "specialists"]


def test_without_patience_callers_answered_in_time_count(asked, cast, queues):
    """Nobody gives up, so nobody can be saved; the page says so and ranks by what is left to gain."""
    for queue in queues:
        queue.patience_seconds = None
        queue.save()
    page = queries.study_page(cast.planner.actor, asked().pk)
    assert "callers a week more" in page.sentence and "answered in time" in page.sentence
    assert any("Nobody has said how patient the callers of Cards, Loans are" in each for each in page.notes)


def test_the_week_as_a_model_is_what_the_command_reads_and_names_nobody(asked, cast, queues):
    """One click, a job, a download; the simulator runs it as it stands."""
    client = cast.client(cast.planner)
    answer = client.post("/staff/skills/model/", {"site": queues[0].site_id, "week": WEEK})
    study = asked(purpose="model")
    assert answer.status_code == 302
    assert study.found is None
    page = client.get(f"/staff/skills/{study.pk}/").content.decode()
    assert "floorwalker simulate WEEK.json" in page
    download = client.get(f"/staff/skills/{study.pk}.json")
    assert download.headers["Content-Type"] == "application/json"
    assert "attachment" in download.headers["Content-Disposition"]
    model = model_from_json(download.content)
    assert model.type_names == ("Cards", "Loans")
    people = [agent.name for group in model.groups for agent in group.agents or ()]
    assert sorted(people) == sorted(
        f"{q.pk}/{n}" for q, count in zip(queues, (8, 10), strict=True) for n in range(count)
    )
    lost = simulate(model, replications=2, seed=1).metrics()
    assert lost
    assert client.get(f"/api/v1/week-studies/{study.pk}/model").json() == json.loads(download.content)


def test_the_lessons_as_a_file(asked, cast):
    """A row a line, with both ends of each band."""
    study = asked()
    rows = cast.client(cast.planner).get(f"/staff/skills/{study.pk}.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"skill","group","agents","contacts_saved","contacts_saved_low"')
    assert len(rows) == 1 + len(study.found["lines"])


def test_what_cannot_be_asked_is_refused_in_words(asked, cast, queues, roster, monkeypatch):
    """No published roster, one queue alone, somebody else's queue; the page says what to do instead."""
    client, site = cast.client(cast.planner), queues[0].site_id
    queues[1].archived = True
    queues[1].save()
    new = make.a_queue(cast.world, name="Claims", zone="Europe/Lisbon")
    with pytest.raises(services.NobodyToTeach, match="this week has one: Cards"):
        asked()
    assert asked(purpose="model").left_out == [[new.pk, "Claims", "It has no forecast for these days."]]
    assert (
        "Nobody could learn from anybody" in client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    )
    form = {"site": site, "week": WEEK, "taught": "", "slower": "15", "training_hours": "40"}
    answer = client.post("/staff/skills/ask/", form)
    assert answer.status_code == 422
    monkeypatch.setattr(RESOLVER, "version", None)
    with pytest.raises(services.NotPublished):
        asked()
    text = client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    assert "No roster is published for this week" in text and "Go to the week" in text
    with pytest.raises(NotFound):
        asked(site_id=cast.world.south.pk, by=cast.site_planner.actor)


def test_forms_say_what_is_wrong(cast, queues, roster):
    client, site = cast.client(cast.planner), queues[0].site_id
    form = {"site": site, "week": WEEK, "taught": "", "slower": "900", "training_hours": "0"}
    answer = client.post("/staff/skills/ask/", form)
    assert answer.status_code == 422 and not WeekStudy.objects.exists()
    assert client.post("/staff/skills/ask/", {"site": "x"}).status_code == 404


def test_managers_read_and_only_planners_ask(asked, cast, queues):
    """A supervisor gets no hint that it is there; an agent neither."""
    study = asked()
    manager = cast.client(cast.manager)
    text = manager.get(f"/staff/skills/{study.pk}/").content.decode()
    assert "Teaching Cards" in text and "Ask otherwise" not in text
    week = manager.get(f"/staff/skills/?site={queues[0].site_id}&week={WEEK}").content.decode()
    assert "Ask it of this week" not in week and "Every skill" in week
    form = {"site": queues[0].site_id, "week": WEEK, "taught": "", "slower": "15", "training_hours": "40"}
    assert manager.post("/staff/skills/ask/", form).status_code == 404
    for who in (cast.supervisor, cast.agent, cast.client_viewer):
        assert cast.client(who).get(f"/staff/skills/{study.pk}/").status_code == 404
    with pytest.raises(NotFound):
        asked(by=cast.manager.actor)


def test_programs_ask_and_read(cast, queues, roster, work):
    """The same in JSON."""
    client = cast.client(cast.planner)
    body = {
        "site_id": queues[0].site_id,
        "first_day": (make.MONDAY + timedelta(days=2)).isoformat(),
        "slower": 0.1,
    }
    made = client.post("/api/v1/week-studies", json.dumps(body), content_type="application/json")
    assert made.status_code == 201 and made.json()["first_day"] == WEEK
    work(inline=True)
    found = client.get(f"/api/v1/week-studies/{made.json()['id']}").json()
    assert found["roster_number"] == 3 and found["found"]["lines"]
    listed = client.get(f"/api/v1/week-studies?site_id={queues[0].site_id}").json()
    assert [each["id"] for each in listed["items"]] == [made.json()["id"]]


def test_the_published_week_leads_to_it(cast, queues, roster, monkeypatch, computed):
    """From required staff of a published week, for those who may see it."""
    computed(queues[0])
    slots = len(TimeGrid(make.MONDAY, 7, 1800, "Europe/Lisbon"))
    monkeypatch.setattr(RESOLVER, "counts", lambda _queue, _first, days: [1] * (slots * days // 7))
    url = f"/staff/?queue={queues[0].pk}&week={WEEK}"
    assert "What would a skill be worth?" in cast.client(cast.planner).get(url).content.decode()
    assert "What would a skill be worth?" not in cast.client(cast.supervisor).get(url).content.decode()


def test_a_lesson_that_displaces_dearer_callers_is_said_to_lose():
    """Told from chance and below nothing: it comes last, and is never advised."""
    figures = {name: [5.0, 4.0, 6.0] for name in ("contacts_saved", "in_time_gained", "hours_replaced")}
    lines = [
        {
            "skill": skill,
            "group": "Loans",
            "agents": 1,
            "value_gained": value,
            "hours_at_least": True,
            "training_hours": 40.0,
            **figures,
        }
        for skill, value in (("Cards", [-200.0, -300.0, -100.0]), ("Claims", [90.0, 80.0, 100.0]))
    ]
    found = lines_of({"lines": lines, "by_value": True, "measure": "contacts_saved"}, "EUR")
    assert [(line.skill, line.loses, line.advised) for line in found] == [
        ("Claims", False, True),
        ("Cards", True, False),
    ]
    assert (found[0].value, found[0].replaced) == ("90 EUR (80 to 100)", "more than 5.0")
