"""The first page names what quality asks of somebody, with why and one action."""

from __future__ import annotations

from django.utils import timezone

from tests.apps.quality.cases import drawn
from tests.people import Cast


def test_first_pages_name_what_waits(cast: Cast) -> None:
    """The agent is asked for their view, the analyst for the evaluation; nobody else is."""
    drawn(cast, at=timezone.now())
    assert "how you see 1 contact" in cast.client(cast.agent).get("/").content.decode()
    analyst = cast.client(cast.quality_analyst).get("/").content.decode()
    assert "1 thing waits" in analyst and "Drawn for Agent" in analyst
    assert "how you see" not in cast.client(cast.colleague).get("/").content.decode()
