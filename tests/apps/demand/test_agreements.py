"""Expectations of clients, where they clash, and new accounts from signature to go-live."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.demand import queries, services
from floorwalker.apps.demand.models import Expectation, ForecastVersion, Launch, Queue
from floorwalker.apps.people.models import AgentSkill
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import services as quality
from floorwalker.apps.quality.models import FormVersion
from floorwalker.kernel.errors import NotFound, Refused
from floorwalker.kernel.roles import Role, Scope
from tests.apps.demand.conftest import Queues
from tests.apps.quality.cases import CONTENT
from tests.people import NOW, Cast

TODAY = NOW.date()
GO_LIVE = TODAY + timedelta(days=40)


def test_what_holds_from_a_day_on_is_written_down_and_what_held_stays(cast: Cast, queues: Queues) -> None:
    """A change is a new version from its day on; both stay readable, also by the client."""
    address = f"/demand/expectations/{cast.world.aurora.pk}/"
    form = {
        "starts": "2026-01-01",
        "service_share": "80",
        "service_seconds": "20",
        "service_definition": "late-abandons",
        "forecast_tolerance": "10",
        "forecast_lead_days": "7",
        "levers": ["overtime"],
        "abandon_ceiling": "5",
    }
    assert cast.client(cast.manager).post(address, form).status_code == 302
    assert (
        cast.client(cast.manager).post(address, form | {"starts": "2026-04-01", "service_share": "90"}).status_code
        == 302
    )
    assert Expectation.objects.filter(client=cast.world.aurora).count() == 2
    lines = {each.client: each.agreed for each in queries.client_lines(cast.manager.actor, date(2026, 3, 1))}
    assert lines[cast.world.aurora].service_share == 0.8
    text = cast.client(cast.client_viewer).get(address).content.decode()
    assert "80" in text and "90" in text and "Write it down" not in text
    assert cast.client(cast.client_viewer).post(address, form).status_code == 404
    assert cast.client(cast.other_client_viewer).get(address).status_code == 404
    assert cast.client(cast.manager).post(address, form | {"service_share": "0"}).status_code == 422


def test_clients_on_the_same_agents_who_differ_are_named(cast: Cast, queues: Queues) -> None:
    """One site and one skill, two targets and two rules: said in words to planners, never to a client."""
    Queue.objects.filter(pk=queues.borealis.pk).update(site=cast.world.north, skill=cast.world.service)
    fields = services.ExpectationFields
    by = cast.planner.actor
    services.set_expectation(
        client=cast.world.aurora,
        fields=fields(TODAY, 0.8, 20, callback_allowed=True, levers=("overtime",)),
        by=by,
        at=NOW,
    )
    services.set_expectation(client=cast.world.borealis, fields=fields(TODAY, 0.9, 10), by=by, at=NOW)
    [found] = queries.conflicts_in_words(by, TODAY)
    assert found.head == "Aurora and Borealis share the agents with Service in North"
    said = " ".join(found.sentences)
    assert "80 % within 20 s" in said and "the stricter binds both" in said
    assert "Aurora allows callbacks, Borealis does not" in said and "Only Aurora allows: overtime" in said
    page = cast.client(cast.client_viewer).get("/demand/expectations/").content.decode()
    assert "Borealis" not in page


@pytest.fixture
def launch(cast: Cast) -> Launch:
    return services.open_launch(
        client=cast.world.aurora,
        name="Aurora chat",
        signed_on=TODAY,
        go_live=GO_LIVE,
        owner=cast.planner.user.pk,
        by=cast.manager.actor,
        at=NOW,
    )


def test_every_item_is_a_promise_with_an_owner_and_a_day(cast: Cast, launch: Launch) -> None:
    """Eight promises to the client; given to another owner the former is withdrawn and a new one made."""
    assert launch.items.count() == Promise.objects.filter(state="open", to_text="Aurora").count() == 8
    item = launch.items.get(kind="quality_form")
    form = {"owner": cast.manager.user.pk, "due": (TODAY + timedelta(days=9)).isoformat()}
    assert cast.client(cast.planner).post(f"/demand/accounts/items/{item.pk}/give/", form).status_code == 302
    states = (
        Promise.objects.filter(what__startswith="Quality form").order_by("pk").values_list("state", "owner_id")
    )
    assert list(states) == [("withdrawn", cast.planner.user.pk), ("open", cast.manager.user.pk)]
    back = form | {"owner": cast.planner.user.pk, "due": item.due.isoformat()}
    assert cast.client(cast.planner).post(f"/demand/accounts/items/{item.pk}/give/", back).status_code == 302
    assert [state for state, _owner in states.all()] == [
        "withdrawn",
        "withdrawn",
        "open",
    ]  # given back is promised anew


def test_an_owner_is_found_by_typing(cast: Cast, launch: Launch) -> None:
    """Offered with their roles; a part of a name that fits several comes back with those to choose from."""
    browser, item = cast.client(cast.planner), launch.items.get(kind="quality_form")
    page, give = f"/demand/accounts/{launch.pk}/", f"/demand/accounts/items/{item.pk}/give/"
    offered = browser.get(page, {"pick": "owner", "owner-text": "manag"}).content.decode()
    assert "Manager, Manager" in offered and "Supervisor" not in offered
    assert browser.get(page, {"pick": "due"}).status_code == 404
    answer = browser.post(give, {"owner-text": "visor", "due": item.due.isoformat()})
    assert answer.status_code == 422 and 'role="radiogroup"' in answer.content.decode()
    sent = {"owner-text": "Other Superv", "due": item.due.isoformat()}
    assert browser.post(give, sent).status_code == 302
    item.refresh_from_db()
    assert item.owner == cast.other_supervisor.user


def test_a_site_planner_gives_items_to_those_who_work_there_or_everywhere(cast: Cast, launch: Launch) -> None:
    """Names of another site's people are neither offered nor taken; who has an item already stays in its list."""
    by, item = cast.site_planner.actor, launch.items.get(kind="skills")
    offered = set(queries.possible_owners(by).values_list("pk", flat=True))
    assert {cast.site_planner.user.pk, cast.planner.user.pk, cast.supervisor.user.pk} <= offered
    far = User.objects.create(email="far@example.org", name="zq-far-owner")
    RoleHeld.objects.create(
        user=far, role=Role.PLANNER, scope=Scope.SITE, scope_id=cast.world.south.pk, given_at=NOW, given_by="t"
    )
    assert far.pk not in set(queries.possible_owners(by).values_list("pk", flat=True))
    assert "zq-far-owner" in cast.client(cast.planner).get(f"/demand/accounts/{launch.pk}/").content.decode()
    page = cast.client(cast.site_planner).get(f"/demand/accounts/{launch.pk}/")
    assert "zq-far-owner" not in page.content.decode()
    with pytest.raises(NotFound):
        services.give_item(item=item, owner=far.pk, due=item.due, by=by, at=NOW)
    services.give_item(item=item, owner=far.pk, due=item.due, by=cast.planner.actor, at=NOW)
    assert far.pk in set(queries.possible_owners(by, besides=far.pk).values_list("pk", flat=True))


def a_form_in_force(cast: Cast, client_id: int | None, name: str) -> FormVersion:
    by = cast.quality_analyst.actor
    draft = quality.make_form(name=name, client_id=client_id, channel="", content=CONTENT, by=by, at=NOW)
    return quality.publish_form(version_id=draft.pk, version=1, by=by, at=NOW)


def test_an_account_goes_live_when_everything_really_stands(cast: Cast, launch: Launch, work, deliver) -> None:
    """Ticked off by what is there: queue, hours, forecast, people enough, agreement, a quality form in force."""
    by = cast.planner.actor
    with pytest.raises(Refused, match="cannot go live"):
        services.go_live(launch=launch, by=by, at=NOW)
    services.set_expectation(
        client=launch.client, fields=services.ExpectationFields(TODAY, 0.8, 20), by=by, at=NOW
    )
    queue = services.set_up_queue(
        fields=services.QueueFields(
            "Aurora chat",
            launch.client_id,
            cast.world.north.pk,
            skill_id=cast.world.service.pk,
            hours=[[[480, 1200]]] * 5 + [[], []],
        ),
        by=by,
        at=NOW,
    )
    AgentSkill.objects.create(agent=cast.agent.agent, skill=cast.world.service, level=3)
    form = {
        "queue": queue.pk,
        "starts": GO_LIVE.isoformat(),
        "days": "28",
        "contacts_per_week": "1000",
        "ramp_days": "0",
        "uncertainty": "30",
        "aht_seconds": "240",
    }
    assert cast.client(cast.planner).post(f"/demand/accounts/{launch.pk}/first-forecast/", form).status_code == 302
    work()
    version = ForecastVersion.objects.get(queue=queue)
    days = version.forecast_days.all()
    assert version.source == "launch" and sum(day.total for day in days) == pytest.approx(4000, rel=0.001)
    assert all((value == 0) == (not 16 <= n < 40) for n, value in enumerate(days[0].mean)) or days[0].total == 0
    assert services.settle_launches(at=NOW) == 4  # of the people one is missing yet
    said = cast.client(cast.planner).get(f"/demand/accounts/{launch.pk}/").content.decode()
    assert "Aurora chat: 1 of at least 2 people" in said
    AgentSkill.objects.create(agent=cast.colleague.agent, skill=cast.world.service, level=3)
    assert services.settle_launches(at=NOW) == 1
    a_form_in_force(cast, cast.world.borealis.pk, "Theirs")
    deliver()
    assert launch.items.get(kind="quality_form").done_at is None  # another client's is not this one's
    a_form_in_force(cast, launch.client_id, "Aurora by chat")
    deliver()
    text = cast.client(cast.planner).get(f"/demand/accounts/{launch.pk}/").content.decode()
    assert "Aurora by chat" in text
    with pytest.raises(Refused, match="Training material and agenda still missing"):
        services.go_live(launch=launch, by=by, at=NOW)
    training = launch.items.get(kind="training").pk
    services.say_training(item=launch.items.get(pk=training), material="Handbook", by=by, at=NOW)
    assert Promise.objects.filter(state__in=["kept", "late"]).count() == 7
    assert cast.client(cast.manager).post(f"/demand/accounts/{launch.pk}/go-live/").status_code == 302
    assert (
        Promise.objects.filter(state__in=["kept", "late"]).count() == 8 and services.settle_launches(at=NOW) == 0
    )
    text = cast.client(cast.manager).get(f"/demand/accounts/{launch.pk}/").content.decode()
    assert "It went live on" in text


def test_a_form_for_all_clients_is_taken_by_a_person(cast: Cast, launch: Launch, deliver) -> None:
    """It does not stand for an account by itself; who brings the item takes it, and no draft and no other's."""
    item = launch.items.get(kind="quality_form")
    page, take = f"/demand/accounts/{launch.pk}/", f"/demand/accounts/items/{item.pk}/form/"
    browser = cast.client(cast.planner)
    assert "Take this form" not in browser.get(page).content.decode()
    house = a_form_in_force(cast, None, "Good service").form_id
    theirs = a_form_in_force(cast, cast.world.borealis.pk, "Theirs").form_id
    by = cast.quality_analyst.actor
    draft = quality.make_form(name="Draft", client_id=None, channel="", content=CONTENT, by=by, at=NOW).form_id
    deliver()
    for wrong in (theirs, draft):
        answer = browser.post(take, {"form": wrong}, follow=True)
        assert "Choose a form in force that is for all clients" in answer.content.decode()
    with pytest.raises(NotFound):
        services.take_form(item=launch.items.get(kind="skills"), form_id=house, by=cast.planner.actor, at=NOW)
    assert cast.client(cast.supervisor).post(take, {"form": house}).status_code == 404
    item.refresh_from_db()
    assert item.done_at is None
    assert browser.post(take, {"form": house}).status_code == 302
    assert Promise.objects.get(what__startswith="Quality form").state in ("kept", "late")
    assert "Good service" in browser.get(page).content.decode()


def test_training_material_stands_once_its_owner_says_where_it_is(cast: Cast, launch: Launch) -> None:
    """Not without words, not by whoever may not launch, not for another item; it is read on the page."""
    item = launch.items.get(kind="training")
    page, say = f"/demand/accounts/{launch.pk}/", f"/demand/accounts/items/{item.pk}/training/"
    words = {"material": "Product week: handbook, ten <b>calls</b>, the arena's scenarios. Drive: Aurora/training"}
    browser = cast.client(cast.planner)
    silent = browser.post(say, {"material": " "})
    assert silent.status_code == 422 and "This field is required" in silent.content.decode()
    assert cast.client(cast.supervisor).post(say, words).status_code == 404
    with pytest.raises(NotFound):
        services.say_training(item=launch.items.get(kind="skills"), material="x", by=cast.planner.actor, at=NOW)
    item.refresh_from_db()
    assert (item.chosen, item.done_at) == ("", None)
    assert browser.post(say, words).status_code == 302
    assert Promise.objects.get(what__startswith="Training material").state in ("kept", "late")
    text = browser.get(page).content.decode()
    assert "ten &lt;b&gt;calls&lt;/b&gt;, the arena" in text and say not in text
    assert browser.post(say, words).status_code == 404  # it stands: nothing to say any more


def test_late_items_come_first_and_are_counted_in_words(cast: Cast, launch: Launch) -> None:
    """What is past its day stands on top, said in the sentence of the page."""
    launch.items.filter(kind="skills").update(due=TODAY - timedelta(days=3))
    state = queries.launch_states([launch], TODAY)[0]
    assert state.items[0].item.kind == "skills" and state.items[0].late and state.late == 1
    text = cast.client(cast.manager).get(f"/demand/accounts/{launch.pk}/").content.decode()
    assert "late" in text


def test_a_called_off_account_withdraws_its_promises(cast: Cast, launch: Launch) -> None:
    """With the reason; and only who launches accounts reaches any of it."""
    for person in (cast.client_viewer, cast.supervisor, cast.agent):
        assert cast.client(person).get(f"/demand/accounts/{launch.pk}/").status_code == 404
        with pytest.raises(NotFound):
            services.call_off(launch=launch, why="x", by=person.actor, at=NOW)
    services.call_off(launch=launch, why="the client merged", by=cast.manager.actor, at=NOW)
    assert set(Promise.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_a_go_live_before_the_signature_is_refused(cast: Cast) -> None:
    """The form says which two days contradict each other."""
    form = {
        "client": cast.world.aurora.pk,
        "name": "x",
        "signed_on": "2026-03-01",
        "go_live": "2026-02-01",
        "owner": cast.planner.user.pk,
    }
    answer = cast.client(cast.planner).post("/demand/accounts/new/", form)
    assert answer.status_code == 422 and "before it was signed" in answer.content.decode()
