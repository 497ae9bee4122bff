"""Logs: one line a contact."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from floorwalker.contacts.formats.clock import day_of, each_distinct, seconds_of_clock, split_stamp
from floorwalker.contacts.formats.durations import read_numbers
from floorwalker.contacts.formats.interval_counts import ONE_QUEUE
from floorwalker.contacts.formats.kinds import kind_of
from floorwalker.contacts.formats.moments import DAY, known_cells, name_zone, to_utc, wall_seconds
from floorwalker.contacts.formats.profiles import ABANDONED, ANSWERED, BLOCKED
from floorwalker.contacts.formats.recognise import Layout
from floorwalker.contacts.formats.sheet import Sheet
from floorwalker.contacts.history import Guess, History
from floorwalker.contacts.tables import CONTACTS

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_DURATIONS = ("wait_seconds", "handling_seconds", "aht_seconds", "talk_seconds", "hold_seconds", "acw_seconds")


def read_call_log(sheet: Sheet, layout: Layout, zone: str | None, customer_salt: bytes | str | None) -> History:
    """The history of a log of contacts; lines equal in every cell are one contact where they identify it."""
    _leave_out(sheet, layout)
    wall, offset = wall_seconds(sheet, layout)
    utc = to_utc(sheet, wall, offset, zone, _second_pass(wall))
    zone_name = name_zone(sheet, offset, zone)
    times = _times(sheet, layout, wall)
    frame = pd.DataFrame(
        {
            "start": np.floor(utc),
            "length": np.round(np.nan_to_num(times["wait_seconds"]) + np.nan_to_num(times["handling_seconds"])),
            "queue": _text(sheet, layout, "queue", ONE_QUEUE),
            "channel": _text(sheet, layout, "channel", "voice").str.lower(),
            "reason": _text(sheet, layout, "reason"),
            **times,
            "agent": _text(sheet, layout, "agent"),
            "customer": _customers(sheet, layout, customer_salt),
        }
    )
    duplicates = _drop_duplicates(sheet, layout)
    if not sheet.alive.any():
        raise sheet.nothing_left()
    frame = frame[sheet.alive].astype({"start": np.int64, "length": np.int64})
    frame.insert(0, "source_key", _source_keys(sheet, layout, frame))
    frame = frame[list(CONTACTS.names)].sort_values("start", kind="stable").reset_index(drop=True)
    return sheet.history("contacts", frame, duplicates, zone_name, None, layout.name)


def _leave_out(sheet: Sheet, layout: Layout) -> None:
    for rule in layout.profile.leave_out if layout.profile else ():
        where = np.ones(len(sheet.rows), dtype=bool)
        for name, value in rule.when.items():
            where &= (sheet.named(name) == value).to_numpy()
        sheet.leave_out(where, rule.reason)


def _second_pass(wall: Floats) -> Bools:
    """In a log in order of time, the lines after the clock went back by half an hour or more within a day."""
    again = np.zeros(len(wall), dtype=bool)
    known = np.flatnonzero(~np.isnan(wall))
    times = wall[known]
    back = np.flatnonzero(np.diff(times) <= -1800)
    if len(back) > 0.001 * len(times) + 5:  # not in order of time
        return again
    for index in back.tolist():
        same_day = times // DAY == times[index] // DAY
        again[known[np.arange(len(times)) > index]] |= same_day[np.arange(len(times)) > index]
    return again


def _times(sheet: Sheet, layout: Layout, wall: Floats) -> dict[str, Any]:
    """Outcome, waiting and handling seconds, from durations where there are any, else from moments."""
    durations = read_numbers(sheet, layout, list(_DURATIONS))
    nothing = np.full(len(wall), np.nan)
    answered_at = _seconds_until(sheet, layout, "answered_at", wall)
    ended_at = _seconds_until(sheet, layout, "ended_at", wall)
    wait = durations.get("wait_seconds", nothing)
    wait = np.where(np.isnan(wait), answered_at, wait)
    handling = durations.get("handling_seconds", durations.get("aht_seconds"))
    if handling is None:
        handling = _sum_of_parts(durations, nothing)
    handling = np.where(np.isnan(handling), ended_at - wait, handling)
    sheet.set_aside(wait < 0, "it was answered before it arrived")
    sheet.set_aside(handling < 0, "it ended before it was answered")
    outcome = _outcomes(sheet, layout, answered_at, handling)
    wait = np.where((outcome == "abandoned") & np.isnan(wait), ended_at, wait)
    handling = np.where(outcome == "answered", handling, np.nan)
    return {"outcome": outcome, "wait_seconds": wait, "handling_seconds": handling}


def _sum_of_parts(durations: dict[str, Floats], nothing: Floats) -> Floats:
    """Talk, hold and after-contact work together; unknown where the talk time is."""
    if "talk_seconds" not in durations:
        return nothing
    parts = [np.nan_to_num(durations[name]) for name in ("hold_seconds", "acw_seconds") if name in durations]
    return np.asarray(durations["talk_seconds"] + sum(parts, np.zeros(len(nothing))))


def _seconds_until(sheet: Sheet, layout: Layout, field: str, wall: Floats) -> Floats:
    """Seconds from the start to another moment of the line, NaN where it has none."""
    if not layout.has(field):
        return np.full(len(wall), np.nan)
    cells = known_cells(sheet, layout, field)
    if kind_of(sheet, layout.columns[field][0]) == "clock":
        seconds = each_distinct(cells, seconds_of_clock) - wall % DAY
        return np.where(seconds < -DAY / 2, seconds + DAY, seconds)
    order = layout.settings.get("dates", "ymd")
    parts = [split_stamp(text) for text in cells]
    days = each_distinct(pd.Series([p[0] for p in parts], dtype=object), lambda text: day_of(text, order))
    clocks = each_distinct(pd.Series([p[1] for p in parts], dtype=object), seconds_of_clock)
    return days * DAY + clocks - wall


def _outcomes(sheet: Sheet, layout: Layout, answered_at: Floats, handling: Floats) -> NDArray[np.object_]:
    """answered, abandoned or blocked: by the outcome's words, else by whether an answer is recorded."""
    if layout.has("answered_at"):
        answered = ~np.isnan(answered_at)
    else:
        answered = handling > 0 if np.any(handling > 0) else np.ones(len(handling), dtype=bool)
    found = np.where(answered, "answered", "abandoned").astype(object)
    if not layout.has("outcome"):
        if not layout.has("answered_at"):
            value = "by handling time" if np.any(handling > 0) else "every contact was answered"
            sheet.guesses.append(
                Guess("outcome", value, "no column says how a contact ended", "--map outcome=COLUMN")
            )
        return found
    words = known_cells(sheet, layout, "outcome").str.lower()
    unknown = (words != "").to_numpy() & sheet.alive
    for outcome, known in (("answered", ANSWERED), ("abandoned", ABANDONED), ("blocked", BLOCKED)):
        here = words.isin(known).to_numpy()
        found[here] = outcome
        unknown &= ~here
    if unknown.any():
        shown = ", ".join(repr(word) for word in pd.unique(words[unknown])[:5])
        why = "these words are not known, so whether an answer or a handling time is recorded decides"
        sheet.guesses.append(
            Guess("outcome", f"{shown} on {int(unknown.sum())} lines", why, "--map outcome=COLUMN")
        )
    return found


def _text(sheet: Sheet, layout: Layout, field: str, default: str | None = None) -> pd.Series[str]:
    if not layout.has(field):
        return pd.Series([default] * len(sheet.rows), dtype=object)
    cells = known_cells(sheet, layout, field)
    return cells.mask(cells == "", default)


def _customers(sheet: Sheet, layout: Layout, salt: bytes | str | None) -> pd.Series[str]:
    """Keyed hashes of the customers: nobody without the salt can tell who they are, or try all numbers."""
    if not layout.has("customer") or salt is None:
        if layout.has("customer"):
            why = "customers are kept only as keyed hashes and no key was given"
            sheet.guesses.append(Guess("customer", "not kept", why, "--customer-salt"))
        return pd.Series([None] * len(sheet.rows), dtype=object)
    key = salt.encode() if isinstance(salt, str) else salt
    codes, distinct = pd.factorize(known_cells(sheet, layout, "customer"))
    hashes = [hmac.digest(key, text.encode(), "sha256").hex() if text else None for text in distinct]
    return pd.Series(np.array([*hashes, None], dtype=object)[codes], dtype=object)


def _drop_duplicates(sheet: Sheet, layout: Layout) -> int:
    """Lines equal in every cell; without anything that tells contacts apart two in one second may both be real."""
    if not {"id", "customer", "agent"} & set(layout.columns):
        return 0
    if layout.has("id") and known_cells(sheet, layout, "id").is_unique:
        return 0
    records = sheet.records
    texts = pd.Series(
        [records.data[records.starts[r] : records.ends[r]] for r in sheet.rows.tolist()], dtype=object
    )
    again = texts.duplicated().to_numpy() & sheet.alive
    sheet.alive &= ~again
    return int(again.sum())


def _source_keys(sheet: Sheet, layout: Layout, frame: pd.DataFrame) -> list[str]:
    """The source's own id where it has one that is unique, else a hash of the row and its occurrence."""
    family = hashlib.sha256("\x1f".join(sheet.header).encode()).hexdigest()[:12]
    if layout.has("id"):
        ids = known_cells(sheet, layout, "id")[sheet.alive]
        if ids.is_unique and (ids != "").all():
            return [f"{family}:{text}" for text in ids]
        why = "its values repeat, so contacts are identified by what their line says"
        sheet.guesses.append(
            Guess("id", f"column {sheet.header[layout.columns['id'][0]]!r} not used", why, "--map id=COLUMN")
        )
    content = frame.astype(str)
    rows = pd.Series(
        ["\x1f".join(row) for row in zip(*(content[name] for name in content), strict=True)], dtype=object
    )
    nth = rows.groupby(rows).cumcount()
    digests = [hashlib.blake2b(row.encode(), digest_size=16).hexdigest() for row in rows]
    return [f"{family}:{digest}:{number}" for digest, number in zip(digests, nth, strict=True)]
