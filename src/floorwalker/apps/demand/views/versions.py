"""The versions of a queue's forecast, side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from floorwalker.apps.demand import queries
from floorwalker.apps.demand.permissions import DemandPermission as P
from floorwalker.apps.demand.views.tabs import queue_tabs
from floorwalker.kernel.look import Chart, Column, Series, day_words, number_words, percent_words
from floorwalker.kernel.pages import Request, page


@page(P.SEE_VOLUMES)
def versions(request: Request, queue_id: int) -> HttpResponse:
    """Every version of a queue's forecast, and two of them side by side."""
    queue = queries.the_queue(request.actor, queue_id)
    every = queries.versions_of(queue)
    by_number = {str(version.number): version for version in every}
    one, other = by_number.get(request.GET.get("one", "")), by_number.get(request.GET.get("other", ""))
    if one is None and other is None and len(every) > 1:
        other, one = every[0], every[1]
    used = queries.in_use([queue]).get(queue.pk)
    context: dict[str, Any] = {
        "queue": queue,
        "inside": queries.is_inside(request.actor),
        "versions": every,
        "one": one,
        "other": other,
        "used": used,
        "mine": queries.visible_queues(request.actor, P.MAKE_FORECASTS).filter(pk=queue.pk).exists(),
        "queue_tabs": queue_tabs(queue, "versions"),
        "columns": [
            Column("n", _("Version"), kind="number"),
            Column("m", _("Made")),
            Column("b", _("By")),
            Column("s", _("Source")),
            Column("d", _("Days")),
            Column("h", _("Method")),
            Column("u", ""),
        ],
    }
    if one and other:
        days = queries.compare_versions(one, other)
        both = [each for each in days if each.difference is not None]
        context["chart"] = Chart(
            key="versions",
            title=_("Two versions by the day"),
            unit=_("contacts"),
            points=[each.day for each in days],
            sentence=_compared_words(both),
            series=[
                Series(_("Version %(n)s") % {"n": one.number}, [each.one for each in days], role="plain"),
                Series(_("Version %(n)s") % {"n": other.number}, [each.other for each in days], role="forecast"),
            ],
        )
    return render(request, "demand/versions.html", context)


def _compared_words(both: list[Any]) -> str:
    if not both:
        return _("The two have no day in common.")
    before, after = sum(each.one for each in both), sum(each.other for each in both)
    widest = max(both, key=lambda each: abs(each.difference))
    return _(
        "On the %(n)s days both hold, the later expects %(change)s contacts (%(share)s); they differ most on "
        "%(day)s, by %(most)s."
    ) % {
        "n": len(both),
        "change": number_words(after - before, 0, sign=True),
        "share": percent_words((after - before) / before if before else None, 1, sign=True),
        "day": day_words(widest.day),
        "most": number_words(widest.difference, 0, sign=True),
    }
