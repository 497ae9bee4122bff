"""The centres that come with the library: corner (20 people), harbour (120), and any other size."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from floorwalker.science.errors import InvalidInput
from floorwalker.science.sample.plan import (
    LARGEST,
    CentrePlan,
    Handling,
    Hours,
    Peak,
    QueuePlan,
    SitePlan,
    Skill,
    Volume,
)

_ONE_QUEUE_BELOW = 40  # people: smaller centres have one queue
_PEOPLE_A_CLIENT = 60
_MOST_CLIENTS = 24
_FIFTH_OF_MONTH = (1.30, 1.25, 1.15, 1.08, 1.04)  # bills go out on the first

_EVENING = (Peak(660, 110, 0.8), Peak(1110, 120, 1.0))
_OFFICE = (Peak(620, 90, 1.0), Peak(880, 120, 0.8))

LISBON = SitePlan("Lisbon", "Europe/Lisbon", "PT")
BOSTON = SitePlan("Boston", "America/New_York", "US")
DUBLIN = SitePlan("Dublin", "Europe/Dublin", "IE")
_SITES = (
    LISBON,
    BOSTON,
    SitePlan("Warsaw", "Europe/Warsaw", "PL"),
    SitePlan("Chicago", "America/Chicago", "US"),
    SitePlan("Sydney", "Australia/Sydney", "AU"),
    SitePlan("Johannesburg", "Africa/Johannesburg", "ZA"),
)
_CLIENTS = (
    "alderbrook", "bluefern", "coppergate", "dunmere", "eastwick", "fairhaven", "glenmoor", "hollowell",
    "ironvale", "juniper", "kestrel", "larkfield", "millrace", "nettlecombe", "oakhurst", "pinecrest",
    "quillan", "rowanberry", "saltmarsh", "thornbury", "umberley", "violethill", "westering", "yarrow",
)  # fmt: skip


def _hours(weekday: tuple[int, int], saturday: tuple[int, int] | None, sunday: tuple[int, int] | None) -> Hours:
    """Opening hours from whole clock hours: Monday to Friday alike, Saturday, Sunday."""
    days = (weekday,) * 5 + (saturday, sunday)
    return tuple(None if day is None else (60 * day[0], 60 * day[1]) for day in days)


def corner() -> CentrePlan:
    """20 people, one site, one queue, one manager."""
    return _one_queue("corner", 20)


def harbour() -> CentrePlan:
    """120 people, two sites and zones, two clients, sales and service, one team of contractors."""
    queues = (
        QueuePlan(
            "brightwater-service", "Brightwater", "Lisbon", "service", 36, _hours((8, 20), (9, 18), None),
            volume=Volume(peaks=_OFFICE), handling=Handling(300, 0.9, 0.03),
        ),
        QueuePlan(
            "brightwater-billing", "Brightwater", "Lisbon", "service", 24, _hours((8, 20), None, None),
            volume=Volume(peaks=_OFFICE, month_start=_FIFTH_OF_MONTH, growth=0.02, level_shift=-0.06),
            handling=Handling(360, 0.8, -0.02),
        ),
        QueuePlan(
            "northlight-service", "Northlight", "Boston", "service", 36, _hours((7, 23), (8, 22), (9, 21)),
            volume=Volume(peaks=_EVENING, holiday=0.55, growth=0.09), handling=Handling(285, 1.0, 0.02),
        ),
        QueuePlan(
            "northlight-sales", "Northlight", "Boston", "sales", 24, _hours((9, 21), (9, 21), (10, 18)), 12,
            volume=Volume((1.05, 1.0, 1.0, 1.0, 1.02, 0.9, 0.7), _EVENING, holiday=0.7, season=0.08, growth=0.04),
            handling=Handling(420, 1.1, 0.01),
        ),
    )  # fmt: skip
    return CentrePlan("harbour", (LISBON, BOSTON), queues)


def sized(people: int) -> CentrePlan:
    """A centre of 1 to 20,000 people: one queue below 40, else a service and a sales queue for each client."""
    if not 1 <= people <= LARGEST:
        raise InvalidInput(f"a made-up centre has 1 to {LARGEST:,} people, got {people:,}")
    if people < _ONE_QUEUE_BELOW:
        return _one_queue(f"centre-{people}", people)
    clients = _CLIENTS[: min(_MOST_CLIENTS, max(1, round(people / _PEOPLE_A_CLIENT)))]
    sites = _SITES[: len(clients)]
    even, rest = divmod(people, 2 * len(clients))
    queues = [
        _client_queue(number, client, sites[number // 2 % len(sites)], even + (number < rest))
        for number, client in enumerate(name for name in clients for _ in range(2))
    ]
    return CentrePlan(f"centre-{people}", sites, tuple(queues))


def _one_queue(name: str, people: int) -> CentrePlan:
    queue = QueuePlan(
        "helpdesk", "Hazel & Finch", "Dublin", "service", people, _hours((8, 20), (9, 17), None),
        volume=Volume(season=0.05, growth=0.05),
    )  # fmt: skip
    return CentrePlan(name, (DUBLIN,), (queue,), team_size=max(people, 1), part_time_share=0.1, led_by="manager")


def _client_queue(number: int, client: str, site: SitePlan, people: int) -> QueuePlan:
    """Queue ``number`` of a centre of any size: service and sales in turn, every third client with contractors."""
    skill: Skill = "sales" if number % 2 else "service"
    hours = _hours((7, 23), (8, 22), (9, 21)) if number % 4 < 2 else _hours((8, 20), (9, 18), None)
    volume = Volume(peaks=_EVENING if skill == "sales" else _OFFICE, holiday=0.55 if number % 4 < 2 else 0.0)
    contractors = people // 3 if number % 6 == 1 else 0
    handling = Handling(390, 1.0) if skill == "sales" else Handling(300)
    return QueuePlan(
        f"{client}-{skill}", client.title(), site.name, skill, people, hours, contractors,
        volume=volume, handling=handling,
    )  # fmt: skip


PRESETS: Mapping[str, Callable[[], CentrePlan]] = {"corner": corner, "harbour": harbour}
