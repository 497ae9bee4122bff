"""The topics, as reference data."""

from __future__ import annotations

from typing import Any, ClassVar

from floorwalker.apps.hub import directories
from floorwalker.apps.hub.models import Topic
from tests.kernel.directory_cases import DirectoryCases
from tests.people import Cast


class TestTopics(DirectoryCases):
    directory = directories.TOPICS
    reader, stranger = "hr", "client_viewer"
    fresh: ClassVar[dict[str, Any]] = {"name": "Pay", "about": "slips, hours", "days": "3", "owner": ""}

    def values(self, cast: Cast) -> dict[str, Any]:
        return super().values(cast) | {"owner": cast.hr.user.pk}

    def test_nobody_answers_who_only_answers_contacts(self, cast: Cast) -> None:
        """An agent, a client or somebody shut out is no owner of a topic."""
        for who in (cast.agent, cast.client_viewer):
            answer = cast.client(cast.manager).post(self.url("_new"), self.values(cast) | {"owner": who.user.pk})
            assert answer.status_code == 422
        assert not Topic.objects.exists()

    def test_a_topic_may_be_of_one_site(self, cast: Cast) -> None:
        """Site and second are there or not."""
        row = self.add(cast, name="Parking", site=cast.world.north.pk, second=cast.manager.user.pk)
        assert (row.site, row.second) == (cast.world.north, cast.manager.user)


class TestTags(DirectoryCases):
    directory = directories.TAGS
    reader, stranger = "agent", "client_viewer"
    fresh: ClassVar[dict[str, Any]] = {"name": "Vouchers", "kind": "product"}
