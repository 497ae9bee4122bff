"""Orders: what is being computed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.capacity.models import StaffingOrder
from floorwalker.apps.capacity.queries.scope import the_order, visible_orders
from floorwalker.apps.capacity.rules import monday
from floorwalker.kernel import jobs
from floorwalker.kernel.access import Actor
from floorwalker.kernel.look import JobView, day_words, number_words

REF = "capacity.order"
SHOWN = 5


@dataclass(frozen=True)
class Progress:
    """An order with its job; ``left_out`` are queues for which nothing was computed, with the reason."""

    order: StaffingOrder
    job: JobView | None
    left_out: list[tuple[str, str]]
    url: str


def orders(actor: Actor) -> list[StaffingOrder]:
    """The newest orders somebody made for requirements."""
    found = visible_orders(actor).filter(purpose=StaffingOrder.Purpose.REQUIREMENT)
    return list(found.annotate(queue_count=Count("queues")).order_by("-at", "-pk")[:SHOWN])


def progress(actor: Actor, order_id: int) -> Progress:
    order = the_order(actor, order_id)
    names = [queue.name for queue in order.queues.order_by("name")]
    last = order.first_day.fromordinal(order.first_day.toordinal() + order.days - 1)
    facts: list[tuple[Any, Any]] = [
        (_("Days"), f"{day_words(order.first_day)} – {day_words(last)}"),
        (_("Queues"), ", ".join(names[:6]) + (f" + {number_words(len(names) - 6)}" if len(names) > 6 else "")),
        (_("Asked by"), order.by_name),
    ]
    job = jobs.latest((REF, order.pk))
    left_out = [(name, why) for _queue, name, why in order.left_out]
    view = jobs.view(job, facts) if job else None
    return Progress(order, view, left_out, week_url(order))


def result_url(order_id: int) -> str:
    """The page that leads to what a job computed, for lists of jobs."""
    return reverse("capacity:order_progress", args=[order_id])


def week_url(order: StaffingOrder) -> str:
    """Where the result is read: the first of its queues that got one, the first of its weeks."""
    without = {queue for queue, _name, _why in order.left_out}
    first = order.queues.exclude(pk__in=without).order_by("client__name", "name").first()
    query = f"?queue={first.pk}&week={monday(order.first_day).isoformat()}" if first else ""
    return reverse("capacity:required") + query
