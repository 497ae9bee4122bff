"""A published week asked what callbacks would bring: by client, step by step, in words, for programs."""

import json
from datetime import timedelta

import pytest

from floorwalker.apps.capacity import queries, services
from floorwalker.apps.capacity.models import WeekStudy
from floorwalker.apps.capacity.queries.lever_words import levers_sentence
from floorwalker.apps.capacity.rostered import RESOLVER
from floorwalker.apps.demand.models import Expectation
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Entry
from tests.factories import capacity as make
from tests.factories.demand import agreed
from tests.people import NOW

WEEK = make.MONDAY.isoformat()
pytestmark = pytest.mark.usefixtures("few_replications")


@pytest.fixture
def allows(cast):
    """The client of both queues allows callbacks."""
    return agreed(cast.world.aurora, make.MONDAY - timedelta(days=30), callback_allowed=True)


@pytest.fixture
def skilled(cast, queues, roster):
    """Three of Loans have the skill of Cards, whose settings do not let others help."""
    queues[0].skill = cast.world.sales
    queues[0].save()
    roster({queues[0].pk: 8, queues[1].pk: 10}, skills={n: frozenset({cast.world.sales.pk}) for n in range(3)})


def rungs(study):
    return {each["name"]: each for each in study.found["rungs"]}


def test_a_planner_asks_from_the_week_and_reads_what_callbacks_bring(cast, queues, roster, work, allows, skilled):
    """From the form to the ladder: as rostered, help first, callbacks last, and callbacks alone beside it."""
    client, site = cast.client(cast.planner), queues[0].site_id
    week = client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    assert "What would callbacks bring?" in week and "What would a skill be worth?" in week
    form = {"site": site, "week": WEEK, "from_minutes": "1", "accepted": "60", "within_hours": "2"}
    answer = client.post("/staff/skills/callbacks/", form)
    assert answer.status_code == 302
    assert "played through with each step of the ladder" in client.get(answer.url).content.decode()
    work(inline=True)
    study = WeekStudy.objects.get()
    asked = (study.callback_from_minutes, study.callback_accepted, study.callback_within_hours)
    assert (study.purpose, asked) == ("levers", (1, 0.6, 2))
    assert list(rungs(study)) == ["rostered", "able", "last_resort", "callbacks"]
    text = client.get(answer.url).content.decode()
    assert "Callbacks from 1 minutes on would save about" not in text
    for words in (
        "Callbacks from 1 minute on would save about ",
        "letting those help who have the skill would save",
    ):
        assert words in text
    for words in ("Step by step, callbacks last", "… and then callbacks, from 1 minute on", "to the step before"):
        assert words in text
    for words in ("within 2 hours", "60 %", "version 3", "seed 1"):
        assert words in text
    assert "What clients do not allow" not in text
    assert "from 1 minutes on" not in client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    facts = [each.facts for each in Entry.objects.order_by("pk") if "study" in each.verb]
    assert (facts[0]["purpose"], facts[0]["callback_accepted"], facts[1]["lines"]) == ("levers", 0.6, 4)


def test_help_comes_first_and_the_last_resort_adds_what_is_left(asked, allows, skilled):
    """Everything is told against the roster, on the same callers; each promise is kept, late or broken."""
    found = rungs(asked(purpose="levers", callback_from_minutes=1.0))
    assert found["rostered"]["saved"] == [0, 0, 0] and found["rostered"]["taken"] == [0, 0, 0]
    assert found["able"]["saved"][0] > 0 and found["able"]["offered"] == [0, 0, 0]
    assert found["last_resort"]["saved"][0] > found["able"]["saved"][0]
    assert found["last_resort"]["taken"][0] < found["callbacks"]["taken"][0]
    added = found["last_resort"]["saved"][0] - found["able"]["saved"][0]
    assert found["last_resort"]["added"][0] == pytest.approx(added, rel=1e-4)
    for name in ("last_resort", "callbacks"):
        line = found[name]
        kept, late, broken = (line[each][0] for each in ("kept", "late", "broken"))
        assert 0 < line["taken"][0] <= line["offered"][0]
        assert kept + late + broken == pytest.approx(line["taken"][0], rel=1e-4)
        assert all(low <= mean <= high for mean, low, high in (line["saved"], line["kept"], line["lost"]))


def test_a_queue_whose_client_does_not_allow_callbacks_gets_none(asked, cast, queues, allows):
    """The other still offers them; the page names it, and is older once the client allows them."""
    queues[0].client = cast.world.borealis
    queues[0].save()
    study = asked(purpose="levers", callback_from_minutes=60.0)
    assert (study.made_of["callbacks"], study.made_of["refused"]) == (
        [queues[1].pk],
        [[queues[0].pk, "nothing-agreed"]],
    )
    assert rungs(study)["callbacks"]["offered"] == [0, 0, 0]  # Loans has people enough
    text = cast.client(cast.planner).get(f"/staff/skills/{study.pk}/").content.decode()
    assert "What clients do not allow" in text and "No callbacks: nothing is agreed with its client" in text
    assert "Hardly anybody expects to wait 60 minutes in this week" in text
    agreed(cast.world.borealis, make.MONDAY, callback_allowed=True)
    page = queries.study_page(cast.planner.actor, study.pk)
    assert page.stale == ["what clients allow has changed since"]


def test_where_no_client_allows_them_nobody_is_offered_one(asked, cast, queues, skilled):
    """Help alone is played through; an agreement that lists what may be done without it rules that out, too."""
    agreement = agreed(cast.world.aurora, make.MONDAY)
    study = asked(purpose="levers")
    assert list(rungs(study)) == ["rostered", "able"]
    page = queries.study_page(cast.planner.actor, study.pk)
    assert page.sentence.startswith(
        "No client of these queues allows callbacks this week, so nobody is offered one; "
    )
    assert "letting those help who have the skill would save about" in page.sentence
    assert {why for _name, why in page.refused} == {"No callbacks: its client does not allow them."}
    Expectation.objects.filter(pk=agreement.pk).update(levers=["overtime"])
    study = asked(purpose="levers")
    assert list(rungs(study)) == ["rostered"]
    page = queries.study_page(cast.planner.actor, study.pk)
    assert page.sentence == "No client of these queues allows callbacks this week, so nobody is offered one."
    assert len(page.refused) == 4 and any("Nobody here has the skill" in note for note in page.notes)


def test_an_agreement_that_begins_or_ends_within_the_week_allows_none(cast, queues):
    """A promise counts on every day of the week."""
    agreed(cast.world.aurora, make.MONDAY + timedelta(days=2), callback_allowed=True)
    assert queries.levers_allowed(queues, make.MONDAY).callbacks == []
    agreed(cast.world.aurora, make.MONDAY - timedelta(days=2), callback_allowed=True)
    assert queries.levers_allowed(queues, make.MONDAY).callbacks == [queue.pk for queue in queues]
    agreed(cast.world.aurora, make.MONDAY + timedelta(days=4), callback_allowed=False)
    assert queries.levers_allowed(queues, make.MONDAY).callbacks == []


def test_without_patience_nobody_can_be_saved_and_the_page_says_so(asked, cast, queues, allows):
    for queue in queues:
        queue.patience_seconds = None
        queue.save()
    study = asked(purpose="levers", callback_from_minutes=1.0)
    page = queries.study_page(cast.planner.actor, study.pk)
    assert page.sentence.startswith("Nobody has said how patient these callers are")
    assert any("they never give up" in note for note in page.notes)
    queues[0].patience_seconds = 90
    queues[0].save()
    assert queries.study_page(cast.planner.actor, study.pk).stale == [
        "what is known of callers’ patience has changed since"
    ]


@pytest.mark.parametrize(
    ("saved", "late", "broken", "words"),
    [
        ([31, 18, 44], 0, 2, "would save about 31 callers a week (18 to 44) and break about 2 promises."),
        ([31, 18, 44], 3, 0, "and be late with about 3 promises."),
        ([31, 18, 44], 3, 2, "and break about 2 promises and be late with about 3."),
        ([31, 18, 44], 0, 0, "and keep every promise."),
        ([1, -4, 6], 0, 1, "would save nobody that can be told from chance, and break about 1 promise."),
        (
            [-12, -15, -9],
            0,
            0,
            "would lose about 12 callers a week (9 to 15) more than they save, and keep every promise.",
        ),
    ],
)
def test_one_sentence_is_right_whatever_was_found(saved, late, broken, words):
    """Saved, lost, not told from chance; promises kept, late, broken."""
    line = {"name": "callbacks", "saved": saved, "offered": [80, 70, 90], "taken": [40, 30, 50]}
    line |= {"late": [late, late, late], "broken": [broken, broken, broken]}
    made_of = {"callbacks": [1], "queues": [{"id": 1, "patience": 120.0}]}
    study = WeekStudy(done_at=NOW, made_of=made_of, callback_from_minutes=5.0)
    found = {"rungs": [{"name": "rostered"}, line], "looked_at": 2, "finished": 2}
    assert levers_sentence(study, found).startswith("Callbacks from 5 minutes on would ")
    assert levers_sentence(study, found).endswith(words)
    stopped = {"rungs": found["rungs"][:1], "looked_at": 2, "finished": 1}
    assert levers_sentence(study, stopped) == "It was stopped before anything was finished: ask again."


def test_one_queue_alone_may_ask_and_the_place_may_be_kept(asked, cast, queues, allows, work):
    """No window: the call comes when the place comes up."""
    queues[1].archived = True
    queues[1].save()
    client, site = cast.client(cast.planner), queues[0].site_id
    text = client.get(f"/staff/skills/?site={site}&week={WEEK}").content.decode()
    assert "Nobody could learn from anybody" in text and "What would callbacks bring?" in text
    form = {"site": site, "week": WEEK, "from_minutes": "2.5", "accepted": "50", "within_hours": ""}
    answer = client.post("/staff/skills/callbacks/", form)
    work(inline=True)
    study = WeekStudy.objects.get()
    assert study.callback_within_hours is None and study.found["finished"] == 2
    text = client.get(answer.url).content.decode()
    assert "before the line closes" in text and "from 2.5 minutes on" in text


def test_forms_and_programs_refuse_what_makes_no_sense(cast, queues, roster, monkeypatch):
    """In words, and nothing is made."""
    client, site = cast.client(cast.planner), queues[0].site_id
    form = {"site": site, "week": WEEK, "from_minutes": "0", "accepted": "0", "within_hours": "48"}
    answer = client.post("/staff/skills/callbacks/", form)
    assert answer.status_code == 422
    assert answer.content.decode().count("Ensure this value is") >= 3
    assert client.post("/staff/skills/callbacks/", {"site": "x"}).status_code == 404
    body = {"site_id": site, "first_day": WEEK, "purpose": "levers"}
    for wrong in ({"callback_from_minutes": 0}, {"callback_accepted": 1.5}, {"callback_within_hours": 100}):
        answer = client.post(
            "/api/v1/week-studies", json.dumps({**body, **wrong}), content_type="application/json"
        )
        assert answer.status_code == 400
    monkeypatch.setattr(RESOLVER, "version", None)
    form |= {"from_minutes": "5", "accepted": "50", "within_hours": "2"}
    answer = client.post("/staff/skills/callbacks/", form)
    assert answer.status_code == 422 and "No roster is published" in answer.content.decode()
    assert not WeekStudy.objects.exists()


def test_managers_read_and_only_planners_ask(asked, cast, queues, allows):
    study = asked(purpose="levers")
    manager = cast.client(cast.manager)
    assert "Step by step, callbacks last" in manager.get(f"/staff/skills/{study.pk}/").content.decode()
    form = {"site": queues[0].site_id, "week": WEEK, "from_minutes": "5", "accepted": "50", "within_hours": "2"}
    assert manager.post("/staff/skills/callbacks/", form).status_code == 404
    for who in (cast.supervisor, cast.agent, cast.client_viewer):
        assert cast.client(who).get(f"/staff/skills/{study.pk}/").status_code == 404
    with pytest.raises(NotFound):
        services.ask_study(
            site_id=queues[0].site_id, first_day=make.MONDAY, purpose="levers", by=cast.manager.actor, at=NOW
        )


def test_programs_ask_and_read_and_the_steps_come_as_a_file(cast, queues, roster, allows, work):
    client = cast.client(cast.planner)
    body = {"site_id": queues[0].site_id, "first_day": WEEK, "purpose": "levers", "callback_within_hours": None}
    made = client.post("/api/v1/week-studies", json.dumps(body), content_type="application/json").json()
    assert (made["callback_from_minutes"], made["callback_within_hours"]) == (5, None)
    work(inline=True)
    found = client.get(f"/api/v1/week-studies/{made['id']}").json()
    assert [each["name"] for each in found["found"]["rungs"]] == ["rostered", "callbacks"]
    assert found["made_of"]["rule"] == {"from_minutes": 5, "accepted": 0.5, "within_hours": None}
    rows = client.get(f"/staff/skills/{made['id']}.csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"step","lost","lost_low","lost_high","saved"') and len(rows) == 3
