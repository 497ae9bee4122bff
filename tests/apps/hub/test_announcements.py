"""Announcements: who gets one, who has read it, and whose names are told to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from floorwalker.apps.hub import services
from floorwalker.apps.hub.models import Announcement, Receipt
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models import Job, Notice
from tests.factories import demand as make_demand
from tests.people import Cast, Person

Work = Callable[..., None]


def announced(cast: Cast, work: Work, **more: Any) -> Announcement:
    values = {
        "title": "New refund form",
        "text": "From Monday on. See https://help.example/refunds",
        "audience": "team",
        "place_id": cast.world.north_one.pk,
    } | more
    by = values.pop("by", cast.supervisor)
    found = services.announce(**values, by=by.actor, at=timezone.now())
    work(inline=True)
    found.refresh_from_db()
    return found


def readers(found: Announcement) -> set[str]:
    return set(Receipt.objects.filter(announcement=found).values_list("user__name", flat=True))


def shown(cast: Cast, who: Person, found: Announcement) -> str:
    answer = cast.client(who).get(reverse("hub:announcement", args=[found.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def names(cast: Cast, *keys: str) -> set[str]:
    return {getattr(cast, key).user.name for key in keys}


def test_an_announcement_reaches_everybody_of_its_audience_and_no_client(cast: Cast, work: Work) -> None:
    """Team with contractors, site with its staff, queue by skill, all who work here; each told once."""
    team = announced(cast, work)
    assert readers(team) == names(cast, "agent", "colleague", "contractor", "quality_analyst")
    assert (team.state, team.readers) == ("out", 4)
    site = announced(cast, work, audience="site", place_id=cast.world.north.pk, by=cast.manager)
    assert names(cast, "agent", "other_team_agent", "supervisor", "trainer", "site_planner") < readers(site)
    assert not names(cast, "stranger", "left", "hr") & readers(site)
    queue = make_demand.a_queue(cast.world.aurora, cast.world.north, "Billing", skill=cast.world.service)
    cast.agent.agent.agent_skills.create(skill=cast.world.service)  # type: ignore[union-attr]
    line = announced(cast, work, audience="queue", place_id=queue.pk, by=cast.manager)
    assert readers(line) == names(cast, "agent")
    everybody = announced(cast, work, audience="all", place_id=None, by=cast.manager)
    assert names(cast, "stranger", "hr", "auditor", "administrator") < readers(everybody)
    assert not names(cast, "client_viewer", "other_client_viewer", "manager", "left") & readers(everybody)
    assert Notice.objects.filter(to_user=cast.agent.user.pk, kind=services.NEWS).count() == 4


def test_nobody_announces_beyond_where_they_lead(cast: Cast) -> None:
    """Another team, the site, all: as if they did not exist; an agent announces nothing."""
    values: dict[str, Any] = {"title": "x", "text": "y", "at": timezone.now()}
    for who, audience, place in (
        (cast.supervisor, "team", cast.world.north_two.pk),
        (cast.supervisor, "site", cast.world.north.pk),
        (cast.supervisor, "all", None),
        (cast.agent, "team", cast.world.north_one.pk),
    ):
        with pytest.raises(NotFound):
            services.announce(**values, audience=audience, place_id=place, by=who.actor)
    assert not Announcement.objects.exists()


def test_begun_anew_after_a_fall_the_job_tells_nobody_twice(cast: Cast, work: Work) -> None:
    """The second run finds what the first has left and adds the rest."""
    found = services.announce(
        title="x",
        text="y",
        audience="team",
        place_id=cast.world.north_one.pk,
        by=cast.supervisor.actor,
        at=timezone.now(),
    )
    Receipt.objects.create(announcement=found, user=cast.agent.user)
    once = f"hub:announcement:{found.pk}"
    Notice.objects.create(
        to_user=cast.agent.user.pk,
        kind=services.NEWS,
        ref_kind="hub.announcement",
        ref_id=found.pk,
        once=once,
        at=timezone.now(),
    )
    work(inline=True)
    assert Receipt.objects.filter(announcement=found).count() == 4
    assert Notice.objects.filter(once=once).count() == 4
    assert Job.objects.get().state == Job.State.DONE


def test_opening_counts_as_read_and_only_counts_are_shown_where_nobody_was_asked(cast: Cast, work: Work) -> None:
    """“1 of 4 have read it” without a name; readers see no count at all."""
    found = announced(cast, work)
    text = shown(cast, cast.agent, found)
    assert 'href="https://help.example/refunds"' in text
    assert "have read it" not in text
    own = shown(cast, cast.supervisor, found)
    assert "1 of 4 have read it." in own
    assert cast.colleague.user.name not in own
    assert cast.client(cast.stranger).get(reverse("hub:announcement", args=[found.pk])).status_code == 404
    api = cast.client(cast.supervisor).get(f"/api/v1/announcements/{found.pk}/receipts").json()
    assert api["items"] == []


def test_names_are_told_to_who_announced_alone_and_only_where_it_is_to_be_confirmed(
    cast: Cast, work: Work
) -> None:
    """Who is missing: on the page and in the API of the supervisor; not for the manager, not for a reader."""
    day = timezone.now().date() + timedelta(days=3)
    found = announced(cast, work, confirm_by=day)
    home = cast.client(cast.agent).get("/").content.decode()
    assert "Please read and confirm" in home
    cast.client(cast.agent).post(reverse("hub:confirm", args=[found.pk]))
    own = shown(cast, cast.supervisor, found)
    assert "1 of 4 have read it. 1 have confirmed." in own
    assert cast.contractor.user.name in own
    for who in (cast.manager, cast.colleague):
        assert cast.contractor.user.name not in shown(cast, who, found)
    url = f"/api/v1/announcements/{found.pk}/receipts"
    assert len(cast.client(cast.supervisor).get(url).json()["items"]) == 4
    assert len(cast.client(cast.colleague).get(url).json()["items"]) == 1


def test_who_has_not_confirmed_is_reminded_once_and_who_announced_is_told_the_end(cast: Cast, work: Work) -> None:
    """The day before, whoever is missing; after the day, one sentence to its author."""
    now = timezone.now()
    found = announced(cast, work, confirm_by=now.date() + timedelta(days=3))
    services.confirm(announcement_id=found.pk, by=cast.agent.actor, at=now)
    assert services.remind(now + timedelta(days=1)) == 0
    assert services.remind(now + timedelta(days=2)) == 1
    assert services.remind(now + timedelta(days=3)) == 0
    reminded = set(Notice.objects.filter(kind=services.REMIND).values_list("to_user", flat=True))
    missing = {cast.colleague, cast.contractor, cast.quality_analyst}
    assert reminded == {each.user.pk for each in missing}
    assert services.report(now + timedelta(days=3)) == 0
    assert services.report(now + timedelta(days=4)) == 1
    assert Notice.objects.filter(kind=services.REPORT, to_user=cast.supervisor.user.pk).count() == 1


def test_withdrawn_it_is_seen_by_nobody_but_its_author(cast: Cast, work: Work) -> None:
    """With the reason; its notice says nothing any more."""
    found = announced(cast, work)
    browser = cast.client(cast.supervisor)
    url = reverse("hub:withdraw", args=[found.pk])
    assert cast.client(cast.agent).post(url, {"why": "x"}).status_code == 404
    assert browser.post(url, {"why": ""}).status_code == 422
    assert browser.post(url, {"why": "The date was wrong."}).status_code == 302
    assert cast.client(cast.agent).get(reverse("hub:announcement", args=[found.pk])).status_code == 404
    assert "New refund form" not in cast.client(cast.agent).get("/notices/").content.decode()
    assert "The date was wrong." in shown(cast, cast.supervisor, found)


def test_the_form_says_what_is_missing(cast: Cast) -> None:
    """A team that was not chosen, a day that is over, no words."""
    browser, url = cast.client(cast.supervisor), reverse("hub:announce")
    assert browser.get(url).status_code == 200
    answer = browser.post(url, {"title": "x", "text": "y", "audience": "team"})
    assert answer.status_code == 422
    assert "Choose which." in answer.content.decode()
    full = {"title": "x", "text": "y", "audience": "team", "team": cast.world.north_one.pk}
    late = browser.post(url, full | {"confirm_by": "2020-01-01"})
    assert late.status_code == 422
    assert "must lie ahead" in late.content.decode()
    assert browser.post(url, full).status_code == 302
