"""What accounts does by timetable."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.accounts import services
from floorwalker.kernel import jobs


@jobs.every("* * * * * */5", "accounts.send_letters")
def send_letters(at: datetime) -> None:
    services.send_letters(at)
    services.write_of_emails(at)
