"""Jobs of the hub."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from floorwalker.apps.hub import services
from floorwalker.kernel import jobs


def address_of_announcement(announcement_id: int) -> str:
    return reverse("hub:announcement", args=[announcement_id])


@jobs.job(services.SEND, url=address_of_announcement)
def send_announcement(running: jobs.Running) -> None:
    """Take an announcement to each of its readers."""
    services.send(running)


@jobs.every("11 * * * *", name="hub.deliver_and_note")
def deliver_and_note(at: datetime) -> None:
    """Every hour: bring what was said without a name the day before; say what has not been answered in time."""
    services.deliver(at)
    services.note_late(at)


@jobs.every("17 * * * *", name="hub.remind_and_close")
def remind_and_close(at: datetime) -> None:
    """Every hour: questions and reports that wait, announcements to confirm, pulses whose last day is over."""
    services.note_waiting(at)
    services.note_reports_late(at)
    services.remind(at)
    services.report(at)
    services.close_pulses(at)


@jobs.every("41 2 * * *", name="hub.forget")
def forget(at: datetime) -> None:
    """Every night: forget who said something without a name, long after its end; read words anew if need be."""
    services.forget(at)
    services.renew_search()
