"""What differs between two versions of a week: the shifts, the people they touch, how long before they know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from floorwalker.apps.schedules.rules.stints import Stint


@dataclass(frozen=True)
class Difference:
    """One shift before and after; None: not there."""

    before: Stint | None
    after: Stint | None

    @property
    def identity(self) -> str:
        """The shift's, the same on both sides."""
        return next(side.identity for side in (self.before, self.after) if side is not None)

    @property
    def people(self) -> set[int]:
        sides = (self.before, self.after)
        return {side.agent for side in sides if side is not None and side.agent is not None}

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def first_moment(self) -> datetime:
        """The earliest moment of anybody's life that it concerns."""
        return min(side.start for side in (self.before, self.after) if side is not None)


def differences(before: Iterable[Stint], after: Iterable[Stint]) -> list[Difference]:
    """Shift by shift, by identity; what is the same but for its version is no difference. In order of time."""
    old, new = ({stint.identity: stint for stint in stints} for stints in (before, after))
    found = [
        Difference(old.get(identity), new.get(identity))
        for identity in old.keys() | new.keys()
        if not (identity in old and identity in new and old[identity].same_work(new[identity]))
    ]
    return sorted(found, key=lambda d: (d.first_moment, str((d.before or d.after).identity)))  # type: ignore[union-attr]


def touched(found: Iterable[Difference]) -> dict[int, list[Difference]]:
    """Differences by the people they touch; a shift that changes hands touches both."""
    people: dict[int, list[Difference]] = {}
    for each in found:
        for person in each.people:
            people.setdefault(person, []).append(each)
    return people


def notice_hours(found: Iterable[Difference], at: datetime) -> float | None:
    """Hours between now and the first moment that changes for somebody; below zero it has begun."""
    moments = [each.first_moment for each in found]
    return (min(moments) - at).total_seconds() / 3600 if moments else None


def keep_names(before: Iterable[Stint], after: Iterable[Stint]) -> list[Stint]:
    """``after`` with the identities of ``before`` where a person has a shift on the same day in both.

    So a roster made anew changes the entries of people's calendars and does not replace each by another.
    """
    old: dict[tuple[int | None, object], list[Stint]] = {}
    for stint in before:
        old.setdefault((stint.agent, stint.day), []).append(stint)
    found = []
    for stint in sorted(after, key=lambda s: s.start):
        known = old.get((stint.agent, stint.day))
        if stint.agent is not None and known:
            was = known.pop(0)
            stint = replace(stint, identity=was.identity, version=was.version)
        found.append(stint)
    return found


def merged(
    base: Iterable[Stint], mine: Iterable[Stint], theirs: Iterable[Stint]
) -> tuple[list[Stint], list[Difference]]:
    """A draft (``mine``) with what happened to the published week since it began (``theirs`` against ``base``).

    What only one side changed is that side's. Where both did, the published week wins, and it is named: what was
    agreed with a person is not undone by a draft that did not know of it.
    """
    start, draft = ({s.identity: s for s in stints} for stints in (base, mine))
    news = {(d.before or d.after).identity: d for d in differences(start.values(), theirs)}  # type: ignore[union-attr]
    own = {(d.before or d.after).identity for d in differences(start.values(), draft.values())}  # type: ignore[union-attr]
    clashes = []
    for identity, news_of in news.items():
        now = draft.get(identity)
        if identity in own and (now is None or news_of.after is None or not now.same_work(news_of.after)):
            clashes.append(Difference(now, news_of.after))
        if news_of.after is None:
            draft.pop(identity, None)
        else:
            draft[identity] = news_of.after
    return sorted(draft.values(), key=lambda s: (s.start, s.identity)), clashes
