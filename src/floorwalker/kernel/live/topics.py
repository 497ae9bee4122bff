"""What can be listened to, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from floorwalker.kernel.access import Actor

Authorise = Callable[[Actor, str], bool]
Asked = Sequence[tuple[Actor, str]]
AuthoriseMany = Callable[[Asked], Iterable[bool]]
TOPICS: dict[str, Authorise] = {}
MANY: dict[str, AuthoriseMany] = {}


def topic(name: str, authorise: Authorise, many: AuthoriseMany | None = None) -> None:
    """Register topics ``name:key``. ``authorise(actor, key)`` says who may listen; asked again and again.

    ``many`` answers the same about a list of them at once: for a topic hundreds of pages listen to at a time.
    """
    TOPICS[name] = authorise
    MANY.pop(name, None)
    if many is not None:
        MANY[name] = many


def may_listen(actor: Actor, wanted: str) -> bool:
    """Whether this actor may listen to ``name:key``."""
    name, _, key = wanted.partition(":")
    return name in TOPICS and bool(TOPICS[name](actor, key))


def who_may_listen(asked: Iterable[tuple[Actor, str]]) -> dict[tuple[Actor, str], bool]:
    """The same about many at once, each asked about once however often it is named."""
    found: dict[tuple[Actor, str], bool] = {}
    together: dict[str, list[tuple[Actor, str]]] = {}
    for actor, wanted in dict.fromkeys(asked):
        name = wanted.partition(":")[0]
        if name in MANY:
            together.setdefault(name, []).append((actor, wanted))
        else:
            found[actor, wanted] = may_listen(actor, wanted)
    for name, pairs in together.items():
        answers = MANY[name]([(actor, wanted.partition(":")[2]) for actor, wanted in pairs])
        found |= {pair: bool(answer) for pair, answer in zip(pairs, answers, strict=True)}
    return found
