"""Clients, sites, teams, skills, reasons for leaving."""

from __future__ import annotations

from typing import Any, ClassVar

from floorwalker.apps.people import directories
from floorwalker.apps.people.models import Site, Team
from tests.kernel.directory_cases import DirectoryCases
from tests.people import Cast


class TestClients(DirectoryCases):
    directory = directories.CLIENTS
    reader, stranger = "client_viewer", "agent"
    fresh: ClassVar[dict[str, Any]] = {"name": "Cumulus"}


class TestSites(DirectoryCases):
    directory = directories.SITES
    fresh: ClassVar[dict[str, Any]] = {
        "name": "East",
        "zone": "Asia/Manila",
        "country": "PH",
        "publish_days_ahead": 7,
    }

    def test_a_zone_is_one_there_is(self, cast: Cast) -> None:
        """A made-up zone is refused with the way to write one."""
        answer = cast.client(cast.manager).post(self.url("_new"), self.fresh | {"zone": "Manila"})
        assert answer.status_code == 422
        assert "Europe/Lisbon" in answer.content.decode()

    def test_who_plans_one_site_founds_no_other(self, cast: Cast) -> None:
        """Sites are the whole house's business."""
        answer = cast.client(cast.site_planner).post(self.url("_new"), self.fresh)
        assert answer.status_code == 404
        assert not Site.objects.filter(name="East").exists()


class TestTeams(DirectoryCases):
    directory = directories.TEAMS
    fresh: ClassVar[dict[str, Any]] = {"name": "North Three", "site": "@north"}

    def test_a_team_shows_who_leads_it(self, cast: Cast) -> None:
        """The holder of the role supervisor for it, and how many agents it has."""
        page = cast.client(cast.manager).get(self.url()).content.decode()
        assert "Other Supervisor" in page

    def test_who_plans_one_site_makes_teams_there_and_not_elsewhere(self, cast: Cast) -> None:
        """A team at another site is refused, and so is moving one there."""
        browser = cast.client(cast.site_planner)
        assert browser.post(self.url("_new"), {"name": "N3", "site": cast.world.north.pk}).status_code == 302
        assert browser.post(self.url("_new"), {"name": "S2", "site": cast.world.south.pk}).status_code == 422
        team = Team.objects.get(name="N3")
        assert browser.post(self.url("_one", team), {"name": "N3", "site": cast.world.south.pk}).status_code == 422
        assert set(Team.objects.filter(site=cast.world.south).values_list("name", flat=True)) == {"South One"}


class TestSkills(DirectoryCases):
    directory = directories.SKILLS
    fresh: ClassVar[dict[str, Any]] = {"name": "Portuguese", "kind": "special", "side": "both"}


class TestLeavingReasons(DirectoryCases):
    directory = directories.LEAVING_REASONS
    reader, stranger = "supervisor", "agent"
    fresh: ClassVar[dict[str, Any]] = {"name": "Back to school"}
