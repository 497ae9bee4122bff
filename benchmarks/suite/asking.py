"""How long an answer takes, how many queries it asks, and how many bytes come over the line."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Any

import brotli
from django.db import connection
from django.test.utils import CaptureQueriesContext

from floorwalker.project.warm import warm

WARM_UP, TIMES = 3, 30
GOAL_MS = 150
QUALITY = 5  # of brotli, as a proxy compresses pages on the fly


@dataclass(frozen=True)
class Page:
    """An address and as whom it is asked."""

    what: str
    who: str
    path: str


def asked(browser: Any, page: Page, times: int = TIMES) -> dict[str, Any]:
    """The row of one page: median and 95th percentile to its first piece, own processor time, queries, bytes."""
    for _ in range(WARM_UP):
        browser.get(page.path)
    with CaptureQueriesContext(connection) as queries:
        content = b"".join(_pieces(browser.get(page.path)))
    count = len(queries)
    seconds, whole, own = [], [], []
    for _ in range(times):
        begun, began = perf_counter(), thread_time()
        pieces = _pieces(browser.get(page.path))
        next(pieces, None)
        seconds.append(perf_counter() - begun)
        for _piece in pieces:
            pass
        whole.append(perf_counter() - begun)
        own.append(thread_time() - began)
    return {
        "what": page.what,
        "as": page.who,
        **spread(seconds),
        "whole_ms": round(1000 * statistics.median(whole), 1),
        "own_cpu_ms": round(1000 * statistics.median(own), 1),
        "queries": count,
        "html_kb": round(len(content) / 1000, 1),
        "brotli_kb": round(len(brotli.compress(content, quality=QUALITY)) / 1000, 1),
    }


def spread(seconds: list[float]) -> dict[str, Any]:
    """Median and 95th percentile in milliseconds beside the goal."""
    ordered = sorted(seconds)
    return {
        "median_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
        "goal_ms": GOAL_MS,
    }


def _pieces(answer: Any) -> Iterator[bytes]:
    """The answer as it comes: a page is one piece, a streamed export many, and its first is what one waits for."""
    return iter(answer.streaming_content if answer.streaming else [answer.content])


def every(pages: list[Page], browsers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The row of each page; before any is measured, all that do not answer as they should are named at once."""
    refused = [
        f"{page.what}: {page.path} answers {status} to the {page.who}"
        for page in pages
        if (status := browsers[page.who].get(page.path).status_code) != 200
    ]
    if refused:
        raise AssertionError("\n".join(refused))
    warm()  # as a server does before its first page
    for page in pages:
        yield asked(browsers[page.who], page)
