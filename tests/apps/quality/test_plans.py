"""Plans of drawing: everybody alike and spread, nothing twice, shared out fairly, and what filters leave out."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from floorwalker.apps.accounts.models import RoleHeld, User
from floorwalker.apps.offphone.services import tell_presence
from floorwalker.apps.promises.models import Promise
from floorwalker.apps.quality import queries, services
from floorwalker.apps.quality.models import Conversation, Review, SampleDraw, SamplePlan
from floorwalker.apps.quality.rules import plans as rules
from floorwalker.apps.quality.services import PlanFlaw, PlanValues
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.errors import NotFound, Stale
from floorwalker.kernel.periods import Period
from tests.apps.quality.cases import DAY, a_form
from tests.people import NOW, Cast, make_cast
from tests.racing import at_once, clean

TWO_WEEKS = 14


def talks(cast: Cast, *people: Any, days: int = 60, a_day: int = 2, **more: Any) -> None:
    """Some contacts a day of each, until the middle of the plan's second period."""
    chance = random.Random(3)
    Conversation.objects.bulk_create(
        Conversation(
            key=f"{person.key}:{day}:{n}:{more.get('reason', '')}", agent=person.agent, client=cast.world.aurora,
            started_at=NOW + (day - 30) * DAY + n * timedelta(hours=3), turns=[], imported_at=NOW,
            **({"channel": "phone", "reason": "late parcel", "seconds": chance.randint(60, 900)} | more),
        )
        for person in people
        for day in range(days)
        for n in range(a_day)
    )  # fmt: skip


def a_plan(cast: Cast, at: datetime = NOW, **more: Any) -> SamplePlan:
    values: dict[str, Any] = {"name": "Every fortnight", "cadence_days": TWO_WEEKS, "per_period": 2}
    values |= {"team_id": cast.world.north_one.pk} | more
    return services.make_plan(values=PlanValues(**values), by=cast.quality_analyst.actor, at=at, seed=11)


def nights(number: int, first: int = 1) -> int:
    return sum(services.draw_due(NOW + n * DAY) for n in range(first, first + number))


def test_agents_draws_are_spread_over_the_days_of_a_fortnight() -> None:
    """Each agent's parts begin at a chance of their own: seventy agents' draws fall on every day of the week."""
    days: Counter[Any] = Counter()
    for agent in range(70):
        part = rules.part_of(begins=NOW, cadence=TWO_WEEKS, per_period=2, seed=11, agent=agent, at=NOW + 21 * DAY)
        assert part is not None
        days[part.end.date()] += 1
    assert len(days) >= 7 and max(days.values()) < 25


def test_every_agent_of_a_team_is_drawn_alike_and_spread(cast: Cast) -> None:
    """Two a fortnight of each, one from each week, on days of their own; evaluator, day and promise with each."""
    a_form(cast)
    talks(cast, cast.agent, cast.colleague, cast.contractor)
    plan = a_plan(cast)
    assert nights(14) == 6
    drawn = Review.objects.select_related("conversation").order_by("conversation__started_at")
    assert Counter(each.agent_id for each in drawn) == {
        person.agent.pk: 2 for person in (cast.agent, cast.colleague, cast.contractor) if person.agent
    }
    for draw in SampleDraw.objects.select_related("review__conversation"):
        assert draw.review is not None
        inside = draw.wanted_at - draw.review.conversation.started_at
        assert timedelta(0) < inside <= timedelta(days=7)
        late = draw.review.drawn_at - draw.wanted_at
        assert timedelta(0) <= late < timedelta(days=7), "not after its part ended and before the next does"
    assert Promise.objects.filter(kind="quality.review", state="open").count() == 6
    assert {each.evaluator for each in drawn} == {cast.quality_analyst.user} and all(each.due for each in drawn)
    page = cast.client(cast.quality_analyst).get(f"/quality/plans/{plan.pk}/").content.decode()
    assert page.count("to evaluate") == 6 and "seed 11" in page
    assert queries.bias_of_plan(plan, NOW).sentences == ["Nothing is left out: each contact can be drawn."]


def test_the_same_seed_draws_the_same(cast: Cast) -> None:
    """What was drawn can be drawn again by whoever knows the seed, the contacts and the day."""
    a_form(cast)
    talks(cast, cast.agent)
    plan = a_plan(cast)
    nights(8)
    draw = SampleDraw.objects.select_related("review").filter(agent=cast.agent.agent).earliest("wanted_at")
    part = rules.Part(draw.part, draw.wanted_at - timedelta(days=7), draw.wanted_at, draw.wanted_at - 14 * DAY)
    rows = Conversation.objects.filter(agent=cast.agent.agent, started_at__range=(part.period_start, part.end))
    again = [(each.pk, rules.Contact(each.started_at, True, False)) for each in rows]
    assert cast.agent.agent is not None and draw.review is not None
    chosen = services.chosen_of(plan, cast.agent.agent.pk, part, again, 0)
    assert chosen == draw.review.conversation_id


def test_a_second_run_the_same_day_draws_nothing_twice(cast: Cast) -> None:
    """Not even of who could not be drawn the first time."""
    a_form(cast)
    talks(cast, cast.agent)
    a_plan(cast)
    first = [services.draw_due(NOW + 5 * DAY), services.draw_due(NOW + 5 * DAY + timedelta(hours=1))]
    assert first[1] == 0
    drawn = SampleDraw.objects.count(), Review.objects.count()
    services.draw_due(NOW + 5 * DAY + timedelta(hours=2))
    assert (SampleDraw.objects.count(), Review.objects.count()) == drawn


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_one_moment_draw_once() -> None:
    """The claimed row makes the second wait; a twin that looks before it draws gives the agent two reviews."""
    cast = make_cast()
    a_form(cast)
    talks(cast, cast.agent, cast.colleague, days=60)
    plan, at = a_plan(cast, per_period=1), NOW + 14 * DAY
    done, refused = clean(at_once(lambda: services.draw_due(at), lambda: services.draw_due(at)))
    each = Counter(Review.objects.values_list("agent", flat=True))
    assert not refused and set(each.values()) == {1} and sum(done) == len(each) == 2
    assert naive(plan, at + 14 * DAY) > 2


def naive(plan: SamplePlan, at: datetime) -> int:
    """Looks whether somebody was drawn for, and draws if not: right alone, wrong at once."""
    looked = Barrier(2)

    def run(half: int) -> int:
        number = 0
        wanted = [
            agent.pk
            for agent in queries.agents_of_plan(plan, at).filter(conversations__isnull=False).distinct()
            if not Review.objects.filter(agent=agent, drawn_at__gte=at).exists()
        ]
        looked.wait(timeout=30)
        for agent in wanted:
            talk = list(Conversation.objects.filter(agent=agent).order_by("pk"))[half - 2]
            with transaction.atomic():
                services.draw(conversation_id=talk.pk, by=SYSTEM, evaluator_id=User.objects.get(
                    email="quality_analyst@example.org").pk, at=at)  # fmt: skip
            number += 1
        return number

    return sum(at_once(lambda: run(0), lambda: run(1)))


def test_why_nothing_was_drawn_is_said(cast: Cast) -> None:
    """No contact, none that passes, away by the roster, new, left; in words, and tried again."""
    a_form(cast)
    talks(cast, cast.colleague, channel="chat")
    plan = a_plan(cast, channel="phone", per_period=1)
    agent, contractor = cast.agent.agent, cast.contractor.agent
    assert agent and contractor and cast.left.agent
    shift = Period(NOW + DAY, NOW + DAY + timedelta(hours=8))
    whole = Period(NOW - 30 * DAY, NOW + 60 * DAY)
    tell_presence(agents=[agent.pk], between=whole, windows=[(agent.pk, 1, shift)])
    contractor.started_on = (NOW + 2 * DAY).date()
    contractor.save()
    cast.left.agent.left_on = (NOW + 3 * DAY).date()
    cast.left.agent.save()
    nights(14)
    why = dict(SampleDraw.objects.values_list("agent__user__email", "why_not"))
    assert why["colleague@example.org"] == "filtered" and why["agent@example.org"] in ("no_contact", "away")
    assert why["left@example.org"] == "left" and why["contractor@example.org"] == "new"
    page = cast.client(cast.quality_analyst).get(f"/quality/plans/{plan.pk}/").content.decode()
    assert "no contact passes the filters" in page and "new, without a contact yet" in page
    draw = SampleDraw.objects.get(agent=cast.colleague.agent)
    Conversation.objects.filter(agent=cast.colleague.agent, started_at__lt=draw.wanted_at).update(channel="phone")
    services.draw_due(NOW + 14 * DAY + timedelta(hours=1))
    draw.refresh_from_db()
    assert draw.review is not None and draw.why_not == ""


def test_what_could_not_be_judged_is_drawn_anew(cast: Cast) -> None:
    """Another contact of the same part; the one dropped is not drawn again."""
    a_form(cast)
    talks(cast, cast.agent)
    a_plan(cast, per_period=1)
    nights(14)
    draw = SampleDraw.objects.get(agent=cast.agent.agent)
    assert draw.review is not None
    before = draw.review
    services.drop(review_id=before.pk, why="No sound.", by=cast.quality_analyst.actor, at=NOW + 14 * DAY)
    services.draw_due(NOW + 14 * DAY + timedelta(hours=2))
    draw.refresh_from_db()
    assert draw.review is not None and draw.review.conversation_id != before.conversation_id and draw.again == 1


def test_the_work_is_shared_out(cast: Cast) -> None:
    """Two analysts of one team get as much, whoever is quicker; leads get none while there is an analyst."""
    second = User.objects.create(email="second@example.org", name="Second Analyst", password="!")
    RoleHeld.objects.create(
        user=second, role="quality_analyst", scope="team", scope_id=cast.world.north_one.pk, given_at=NOW,
        given_by="x",
    )  # fmt: skip
    a_form(cast)
    talks(cast, cast.agent, cast.colleague, cast.contractor)
    a_plan(cast, per_period=4)
    nights(14)
    shares = Counter(Review.objects.values_list("evaluator__name", flat=True))
    assert set(shares) == {"Quality Analyst", "Second Analyst"} and abs(shares["Quality Analyst"] - 6) <= 1


def test_paused_plans_draw_nothing(cast: Cast) -> None:
    """By a click, and back; the page says so."""
    a_form(cast)
    talks(cast, cast.agent)
    plan = a_plan(cast)
    browser = cast.client(cast.quality_analyst)
    page = browser.post(f"/quality/plans/{plan.pk}/pause/", {"paused": "yes"}, follow=True).content.decode()
    assert "Nothing is drawn while it rests" in page and nights(14) == 0
    browser.post(f"/quality/plans/{plan.pk}/pause/", {"paused": "no"})
    assert nights(3, first=15) > 0


def test_a_plan_is_made_and_changed_on_a_page(cast: Cast) -> None:
    """Bad input is said at its place; an older reading is refused; another rhythm begins anew."""
    browser, place = cast.client(cast.quality_analyst), f"team:{cast.world.north_one.pk}"
    data = {"name": "Long ones", "place": place, "cadence": 14, "per_period": 1, "shortest": "10", "longest": "5"}
    wrong = browser.post("/quality/plans/new/", data)
    assert wrong.status_code == 422 and "the shortest contact is longer" in wrong.content.decode()
    more = {"longest": "", "from_hour": "22", "until_hour": "6", "reasons": "refund, late parcel"}
    page = browser.post("/quality/plans/new/", data | more, follow=True).content.decode()
    assert "at least 10 min long" in page and "begun between 22:00 and 06:00" in page and "“refund”" in page
    plan = SamplePlan.objects.get()
    assert plan.lets_through.hours() == (22, 23, 0, 1, 2, 3, 4, 5)
    at = f"/quality/plans/{plan.pk}/change/"
    assert 'value="10.0"' in browser.get(at).content.decode()
    assert browser.post(at, data | more | {"version": 1, "cadence": 30}).status_code == 302
    plan = SamplePlan.objects.get()
    assert plan.cadence_days == 30 and plan.version == 2
    with pytest.raises(Stale):
        services.change_plan(
            plan_id=plan.pk, values=PlanValues("x", team_id=1), version=1, by=cast.manager.actor, at=NOW
        )
    assert "Long ones" in browser.get("/quality/plans/").content.decode()


def test_filters_show_what_they_leave_out(cast: Cast) -> None:
    """Share, length, channel, hour and reason of what can be drawn beside all, in words and as a table."""
    talks(cast, cast.agent, days=30, seconds=600)
    talks(cast, cast.colleague, days=30, a_day=1, channel="chat", reason="password", seconds=60)
    plan = a_plan(cast, channel="phone", filters=rules.Filters(shortest=300))
    page = cast.client(cast.manager).get(f"/quality/plans/{plan.pk}/")
    found = queries.bias_of_plan(plan, NOW)
    assert found.bias.kept < found.bias.all and found.bias.mean_seconds == 600
    said = " ".join(found.sentences)
    assert "Left out wholly: reason password" in said and "They are longer" in said
    assert cast.colleague.user.name not in page.content.decode(), "a manager reads sums"
    nothing = a_plan(cast, name="None", filters=rules.Filters(reasons=("never",)))
    assert "Nothing passes" in queries.bias_of_plan(nothing, NOW).sentences[0]


def test_who_keeps_plans_where(cast: Cast) -> None:
    """Of one's own team; a whole site or a client everywhere is for who keeps that."""
    assert a_plan(cast).team == cast.world.north_one
    for values in (
        {"team_id": cast.world.north_two.pk},
        {"team_id": None, "site_id": cast.world.north.pk},
        {"team_id": None, "client_id": cast.world.aurora.pk},
    ):
        with pytest.raises(NotFound):
            a_plan(cast, **values)
        made = PlanValues(**({"name": "x", "cadence_days": 30} | values))
        services.make_plan(values=made, by=cast.manager.actor, at=NOW)
    with pytest.raises(PlanFlaw):
        a_plan(cast, team_id=None)
    with pytest.raises(NotFound):
        services.make_plan(values=made, by=cast.supervisor.actor, at=NOW)
    seen = set(queries.visible_plans(cast.supervisor.actor).values_list("team__name", "site__name"))
    assert seen == {("North One", None), (None, "North")}
    with pytest.raises(IntegrityError), transaction.atomic():
        SamplePlan.objects.update(per_period=11)


def test_overdue_knows_the_plans(cast: Cast) -> None:
    """The shortest active plan counts; of no plan thirty days, and that is said."""
    a_plan(cast)
    found = {each.agent.name: each for each in queries.overdue(cast.quality_analyst.actor, None, NOW)}
    assert found["Agent"].cadence == 14 and found["Agent"].planned
    other = queries.overdue(cast.other_supervisor.actor, None, NOW)
    assert {(each.cadence, each.planned) for each in other} == {(30, False)}
    page = cast.client(cast.quality_analyst).get("/quality/overdue/").content.decode()
    assert "within the days planned" in page and "14 days" in page


def test_programs_keep_plans(cast: Cast) -> None:
    """Made, read, changed and paused, with what was drawn and what the filters leave out."""
    a_form(cast)
    talks(cast, cast.agent)
    browser = cast.client(cast.quality_analyst)

    def send(path: str, body: Any, method: str = "post") -> Any:
        sent = {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(browser, method)(f"/api/v1/quality/{path}", **sent)

    body = {"name": "By program", "team_id": cast.world.north_one.pk, "cadence_days": 14, "per_period": 1,
            "filters": {"shortest": 120, "reasons": ["late parcel"]}}  # fmt: skip
    made = send("plans", body)
    assert made.status_code == 201 and made.json()["filters"] == {"shortest": 120, "reasons": ["late parcel"]}
    at = f"plans/{made.json()['id']}"
    assert send("plans", body | {"team_id": cast.world.south_one.pk}).status_code == 404
    assert send("plans", body | {"cadence_days": 15}).json()["code"] == "quality_plan_flaw"
    services.draw_due(NOW + 400 * DAY)
    assert browser.get(f"/api/v1/quality/{at}/draws").json()["items"][0]["why_not"]
    assert browser.get(f"/api/v1/quality/{at}/bias").json()["all"] == 0
    assert send(at, body | {"version": 1, "per_period": 2}, "put").json()["per_period"] == 2
    assert send(at, body | {"version": 1}, "put").status_code == 409
    assert send(f"{at}/pause", {"paused": True}).json()["state"] == "paused"
    assert browser.get("/api/v1/quality/plans").json()["items"][0]["name"] == "By program"
