"""What other systems call a queue: one queue a name and day, ended on a day, kept by who keeps queues."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from floorwalker.apps.demand import services
from floorwalker.apps.demand.models import Queue, QueueName
from floorwalker.apps.demand.services.queues import NameElsewhereTaken
from floorwalker.kernel.errors import NotFound
from floorwalker.kernel.models.entry import Entry
from tests.apps.demand.conftest import Queues
from tests.people import NOW, Cast

BEGUN, TURN = date(2025, 1, 1), date(2026, 1, 1)


def called(cast: Cast, queue: Queue, first: date | None, until: date | None) -> QueueName:
    return services.call_queue(
        queue=queue, system="switch", external="help", first=first, until=until, by=cast.planner.actor, at=NOW
    )


def test_a_name_is_added_on_the_page_and_written_down(cast: Cast, queues: Queues) -> None:
    """With its days, stripped of blanks; a name that ends before it begins is sent back in words."""
    browser, address = cast.client(cast.planner), f"/demand/queues/{queues.aurora.pk}/names/"
    sent = {"system": " switch ", "external": "help ", "first": "2025-01-01", "until": ""}
    assert browser.post(address, sent).status_code == 302
    [name] = QueueName.objects.all()
    assert (name.queue, name.system, name.external_id) == (queues.aurora, "switch", "help")
    assert (name.days.lower, name.days.upper) == (BEGUN, None)
    entry = Entry.objects.get(verb="demand.call_queue")
    assert entry.about_id == str(queues.aurora.pk) and entry.facts == {"system": "switch", "name": "help"}
    answer = browser.post(address, sent | {"external": "other", "until": "2024-12-31"}, follow=True)
    assert "The name ends after it begins." in answer.content.decode() and QueueName.objects.count() == 1


def test_two_queues_never_share_a_name_at_a_time(cast: Cast, queues: Queues) -> None:
    """On the same days it is refused by a code, and on the page in words; from its end on it is free."""
    called(cast, queues.aurora, BEGUN, TURN)
    with pytest.raises(NameElsewhereTaken, match="switch already means another queue by help") as refused:
        called(cast, queues.borealis, date(2025, 12, 31), None)
    assert refused.value.code == "queue_name_elsewhere_taken" and refused.value.status == 409
    with pytest.raises(NameElsewhereTaken):
        called(cast, queues.borealis, None, None)
    sent = {"system": "switch", "external": "help", "first": "2025-06-01", "until": "2025-06-02"}
    browser = cast.client(cast.planner)
    answer = browser.post(f"/demand/queues/{queues.borealis.pk}/names/", sent, follow=True)
    assert "already means another queue" in answer.content.decode()
    assert [name.queue for name in QueueName.objects.all()] == [queues.aurora]
    called(cast, queues.borealis, TURN, None)
    with pytest.raises(IntegrityError):
        QueueName.objects.create(queue=queues.aurora, system="switch", external_id="help", days=(TURN, None))


def test_a_name_ends_on_a_day_and_goes_to_another_queue(cast: Cast, queues: Queues) -> None:
    """Ended on the page; from that day another queue has it, and the end is not moved into those days again."""
    name = called(cast, queues.aurora, BEGUN, None)
    browser = cast.client(cast.planner)
    address = f"/demand/queues/{queues.aurora.pk}/names/{name.pk}/end/"
    said = browser.post(address, {"until": ""}, follow=True).content.decode()
    assert "Give the day" in said
    assert browser.post(address, {"until": TURN.isoformat()}).status_code == 302
    name.refresh_from_db()
    assert (name.days.lower, name.days.upper) == (BEGUN, TURN)
    called(cast, queues.borealis, TURN, None)
    said = browser.post(address, {"until": "2026-02-01"}, follow=True).content.decode()
    assert "already means another queue" in said
    name.refresh_from_db()
    assert name.days.upper == TURN
    assert Entry.objects.filter(verb="demand.end_queue_name").count() == 1


def test_a_name_that_never_held_goes_away(cast: Cast, queues: Queues) -> None:
    """Ended on the day it begins, or before: nothing is left of it but the entry."""
    name = called(cast, queues.aurora, TURN, None)
    services.end_name(name=name, until=TURN, by=cast.planner.actor, at=NOW)
    assert not QueueName.objects.exists()
    assert Entry.objects.get(verb="demand.end_queue_name").facts["until"] == TURN.isoformat()


def test_only_who_keeps_the_queue_names_it(cast: Cast, queues: Queues) -> None:
    """A planner of another site, a supervisor and the client change nothing, and read no names."""
    name = called(cast, queues.borealis, BEGUN, None)
    with pytest.raises(NotFound):
        services.end_name(name=name, until=TURN, by=cast.site_planner.actor, at=NOW)
    page = f"/demand/queues/{queues.borealis.pk}/"
    for person in (cast.site_planner, cast.supervisor, cast.other_client_viewer):
        browser = cast.client(person)
        assert browser.post(f"{page}names/{name.pk}/end/", {"until": TURN.isoformat()}).status_code == 404
        assert browser.post(f"{page}names/", {"system": "s", "external": "e"}).status_code == 404
    assert "Names in other systems" not in cast.client(cast.other_client_viewer).get(page).content.decode()
    assert QueueName.objects.get().days.upper is None
