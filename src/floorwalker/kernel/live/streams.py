"""Streams of server-sent events, as a server that holds connections open sends them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from floorwalker.kernel.access import Actor
from floorwalker.kernel.live.hub import Message, Stream, apart, hub
from floorwalker.kernel.live.standing import key_of
from floorwalker.kernel.live.topics import may_listen

BEAT_SECONDS = 15.0
MOST_TOPICS = 20


@dataclass(frozen=True)
class Said:
    """What a stream says next, and whether that is all."""

    text: bytes
    last: bool = False


# What a stream says of a message; of None at its opening.
Say = Callable[[Message | None], Awaitable[Said]]


async def stream(request: HttpRequest, topics: list[str], say: Say) -> HttpResponseBase:
    """A stream of these topics for whoever asks, or the reason why not."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.signed_in:
        return HttpResponse("Sign in first.", status=401, content_type="text/plain")
    if not isinstance(request, ASGIRequest):
        # This server answers pages only; the page asks every few seconds instead.
        return HttpResponse(
            "No streams here.", status=503, content_type="text/plain", headers={"Retry-After": "3600"}
        )
    if not topics or len(topics) > MOST_TOPICS:
        return HttpResponse(f"Name 1 to {MOST_TOPICS} topics.", status=400, content_type="text/plain")
    await sync_to_async(connections.close_all)()  # or many that open at once wait for each other's second one
    if not await apart(lambda: all(may_listen(actor, topic) for topic in topics)):
        return HttpResponse("There is nothing here, or it is not yours.", status=404, content_type="text/plain")
    opened = Stream(key_of(request), actor, frozenset(topics))
    return StreamingHttpResponse(
        flow(opened, say),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def flow(opened: Stream, say: Say) -> AsyncIterator[bytes]:
    """What goes down the line: words at the opening, then a word for each message, and a beat in between."""
    await sync_to_async(connections.close_all)()  # the middleware may have taken one again; the stream needs none
    here = hub()
    try:
        await here.join(opened)
        said = await say(None)
        yield said.text
        while not said.last:
            try:
                message = await asyncio.wait_for(opened.queue.get(), BEAT_SECONDS)
            except TimeoutError:
                yield b": beat\n\n"
                continue
            if message is None:
                return
            said = await say(message)
            yield said.text
        yield event("", name="done")
    finally:
        here.leave(opened)


def event(data: str, *, name: str = "") -> bytes:
    """One server-sent event."""
    head = f"event: {name}\n" if name else ""
    return (head + "".join(f"data: {line}\n" for line in data.splitlines() or [""]) + "\n").encode()


async def say_ids(message: Message | None) -> Said:
    """The message as it was told, under the name of its topic; at the opening the wish to ask anew."""
    if message is None:
        return Said(event("", name="open"))
    return Said(event(json.dumps(message), name=str(message["topic"])))
