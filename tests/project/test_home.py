"""The first page: what strangers see, what each role finds, and that it asks no more however much there is."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from floorwalker.apps.accounts.models import RoleHeld
from floorwalker.apps.offphone.services import PROMISE_KIND
from floorwalker.apps.performance.models import Goal
from floorwalker.apps.promises import services as promises
from floorwalker.kernel.access import SYSTEM
from floorwalker.kernel.roles import Role, Scope
from floorwalker.project.home.item import MOST, Item, ranked
from floorwalker.project.home.items.shifts import weeks_that_matter
from tests.people import NOW, Cast


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_strangers_are_told_what_this_is_and_where_to_sign_in(cast: Cast) -> None:
    """200 without a session, and not a name of anybody on it."""
    answer = Browser().get("/")
    assert answer.status_code == 200
    assert "Sign in" in text_of(answer) and "/sign-in/" in text_of(answer)
    assert not [each.user.name for each in cast.everybody if each.user.email in text_of(answer)]


@pytest.mark.django_db
def test_an_empty_suite_says_how_the_first_user_comes_in() -> None:
    """Nobody can sign in yet, so nobody is told to."""
    assert "/sign-in/first-user/" in text_of(Browser().get("/"))


def test_the_first_page_follows_the_making_of_a_sample(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """The stages done, the one under way, and that the page looks again by itself."""
    from floorwalker.project.sample import progress

    settings.HOME = tmp_path
    progress.write("harbour", "forecasts")
    page = text_of(Browser().get("/"))
    assert "harbour" in page and 'hx-trigger="every 3s"' in page
    assert page.count("ui-step-state") == len(progress.STAGES)
    assert page.index("History is read") < page.index('aria-current="step"') < page.index("Required staff is")


def test_a_sample_whose_making_died_is_said_to_have_stopped(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """The process is gone, so the page does not go on saying that it works."""
    from floorwalker.project.sample import progress

    settings.HOME = tmp_path
    progress.write("corner", "people")
    path = tmp_path / "sample" / "progress.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"process": 2**22 + 1}))
    page = text_of(Browser().get("/"))
    assert "stopped at the marked step" in page and "every 3s" not in page


@pytest.mark.parametrize(
    "said", ["", "{", '{"name": "x"}', '{"name":"x","stage":"no","state":"making","process":1}']
)
def test_a_half_written_progress_hides_no_page(cast: Cast, settings: Any, tmp_path: Path, said: str) -> None:
    """Whatever lies there, the first page answers."""
    settings.HOME = tmp_path
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "progress.json").write_text(said)
    assert Browser().get("/").status_code == 200


def test_a_finished_sample_is_not_mentioned(cast: Cast, settings: Any, tmp_path: Path) -> None:
    """It is the centre now."""
    from floorwalker.project.sample import progress

    settings.HOME = tmp_path
    progress.write("corner", "publication", progress.DONE)
    assert "sample" not in text_of(Browser().get("/"))


TITLES = {
    "agent": "My day",
    "supervisor": "My floor",
    "planner": "The week",
    "client_viewer": "My queues",
    "manager": "The loop",
    "administrator": "Today",
    "auditor": "Today",
    "trainer": "Today",
    "stranger": "My day",
}


@pytest.mark.parametrize("who", TITLES)
def test_each_role_has_a_first_page_of_its_own(cast: Cast, who: str) -> None:
    """Named after the work, in whatever state the suite is."""
    answer = cast.client(getattr(cast, who)).get("/")
    assert answer.status_code == 200
    assert f"<h1>{TITLES[who]}</h1>" in text_of(answer)


def test_who_lacks_a_second_factor_is_named_to_the_administrator(cast: Cast) -> None:
    """Agents need none; everybody else of the cast does."""
    page = text_of(cast.client(cast.administrator).get("/"))
    needing = [each for each in cast.everybody if each.agent is None]
    assert f"{len({each.user.pk for each in needing})} people who see other people’s data" in page
    assert "Audit" in page


def test_a_person_of_several_roles_has_one_page(cast: Cast) -> None:
    """The corner's manager: planner's and administrator's things together, none twice, never more than seven."""
    user = cast.manager.user
    for role in (Role.ADMINISTRATOR, Role.PLANNER, Role.SUPERVISOR):
        RoleHeld.objects.create(user=user, role=role, scope=Scope.ALL, given_at=NOW, given_by="the cast")
    page = text_of(cast.client(cast.manager).get("/"))
    assert "<h1>The week</h1>" in page and "second factor" in page
    items = page.count('class="ui-panel"') - page.count('id="start"')
    assert 1 <= items <= MOST


def owe(cast: Cast, number: int, first: int = 0) -> None:
    owner, to = cast.supervisor.user.pk, cast.agent.user.pk
    for n in range(first, first + number):
        promises.register(
            kind=PROMISE_KIND, ref=("offphone.session", n + 1), owner=owner, to=to,
            what=f"Talk number {n}", due=timezone.now() + timedelta(days=n + 1), by=SYSTEM, at=timezone.now(),
            once=f"test:{n}",
        )  # fmt: skip


def test_promises_stand_on_both_first_pages(cast: Cast) -> None:
    """Who owes it is reminded, whom it is owed to knows."""
    owe(cast, 2)
    assert "You owe 2 things." in text_of(cast.client(cast.supervisor).get("/"))
    assert "2 things are promised to you." in text_of(cast.client(cast.agent).get("/"))
    assert "Talk number" not in text_of(cast.client(cast.stranger).get("/"))


@pytest.mark.usefixtures("asked_once")
@pytest.mark.parametrize("who", ["agent", "supervisor", "manager"])
def test_the_first_page_asks_no_more_for_thirty_than_for_three(cast: Cast, who: str) -> None:
    """The same number of queries."""
    owe(cast, 3)
    browser = cast.client(getattr(cast, who))
    browser.get("/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/")
    owe(cast, 27, first=3)
    with CaptureQueriesContext(connection) as many:
        browser.get("/")
    assert len(many) == len(few)


def item(key: str, tone: str, first: bool = False) -> Item:
    return Item(key, key, "", "", "", "/", tone, first=first)


def test_what_presses_comes_first_and_seven_are_enough() -> None:
    """What stays on top, the pressing, the to-do, then the rest in the order it came; a key only once."""
    found = ranked(
        [
            item("a", "info"),
            item("b", "attention"),
            item("c", "bad"),
            item("d", "info", first=True),
            item("a", "bad"),
        ]
        + [item(f"e{n}", "neutral") for n in range(9)]
    )
    assert [each.key for each in found] == ["d", "c", "b", "a", "e0", "e1", "e2"]
    assert len(found) == MOST


def test_what_is_over_within_the_hour_comes_before_its_like() -> None:
    """A duel at the same time waits a quarter of an hour; what is bad still comes first."""
    soon = replace(item("duel", "attention"), soon=True)
    found = ranked([item("talk", "attention"), item("bad", "bad"), soon, item("rest", "info")])
    assert [each.key for each in found] == ["bad", "duel", "talk", "rest"]


def test_who_still_owes_a_second_factor_is_sent_there(cast: Cast) -> None:
    """The first page is open to all, but shows nothing before the factor is given."""
    from tests.apps.accounts.sign_in import sign_in_by_password

    user = cast.planner.user
    user.set_password("a few words with spaces")
    user.save()
    browser = Browser()
    sign_in_by_password(browser, user.email, "a few words with spaces")
    answer = browser.get("/")
    assert answer.status_code == 302 and "second-factor" in answer["Location"]


SUNDAY, NEXT = date(2026, 11, 22), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("today", "published", "named"),
    [
        (date(2026, 11, 18), {date(2026, 11, 16)}, [date(2026, 11, 16), NEXT]),
        (date(2026, 11, 18), {date(2026, 11, 9)}, [date(2026, 11, 16), NEXT]),
        (date(2026, 11, 18), {NEXT}, [NEXT]),
        (date(2026, 11, 18), set(), [NEXT]),
        (SUNDAY, {date(2026, 11, 16), NEXT}, [NEXT, NEXT + timedelta(days=7)]),
    ],
)
def test_planners_are_asked_for_weeks_that_can_still_be_made(
    today: date, published: set[date], named: list[date]
) -> None:
    """Not for the one that ends today, nor for one before the first a site has ever published."""
    assert weeks_that_matter(today, published) == named


def test_a_proposed_goal_waits_on_the_first_page(cast: Cast) -> None:
    """Of whoever has to answer; of nobody else, and no more once it is answered."""
    goal = Goal.objects.create(
        agent=cast.agent.agent,
        lead=cast.supervisor.user,
        measure="quality_score",
        target=85.0,
        last_day=date(2026, 12, 31),
        baseline_mean=80.0,
        baseline_low=78.0,
        baseline_high=82.0,
        baseline_days=20,
        baseline_span=28,
        probability=0.3,
        proposed_by="lead",
        proposed_at=NOW,
        state="proposed",
    )
    said = "1 proposal waits for your answer"
    assert said in cast.client(cast.agent).get("/").content.decode()
    assert said not in cast.client(cast.supervisor).get("/").content.decode()
    assert said not in cast.client(cast.colleague).get("/").content.decode()
    Goal.objects.filter(pk=goal.pk).update(state="declined", answer="Later", ended_at=NOW)
    assert said not in cast.client(cast.agent).get("/").content.decode()


def test_an_agents_page_leads_to_their_other_rooms(cast: Cast) -> None:
    """As far as the reader may enter: the lead to feedback and figures, a planner to none, oneself to own ones."""
    assert cast.agent.agent is not None
    page = f"/people/agents/{cast.agent.agent.pk}/"
    lead = cast.client(cast.supervisor).get(page).content.decode()
    assert f"/coaching/agents/{cast.agent.agent.pk}/" in lead
    assert f"/numbers/agents/{cast.agent.agent.pk}/" in lead
    assert f"/quality/reviews/?agent={cast.agent.agent.pk}" in lead
    planner = cast.client(cast.planner).get(page).content.decode()
    assert "More about them" not in planner
    own = cast.client(cast.agent).get(page).content.decode()
    assert 'href="/coaching/"' in own and "More about you" in own
    for address in re.findall(r'href="(/(?:coaching|numbers|quality)/[^"]*)"', lead):
        assert cast.client(cast.supervisor).get(html.unescape(address)).status_code in (200, 302), address
