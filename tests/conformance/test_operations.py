"""What a page does, a program can do: every verb of a page is reached by an operation of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import get_resolver

from floorwalker.kernel.access import Permission
from floorwalker.kernel.api import OPERATIONS, Operation
from floorwalker.kernel.pages import Door
from floorwalker.kernel.routes import operations_behind, patterns
from tests.conformance.verbs import verbs_of

# Pages whose verb programs have by other names, with why.
ELSEWHERE: dict[str, tuple[tuple[str, ...], str]] = {
    "home:centre": (
        ("people_add_clients", "people_add_sites", "people_add_teams"),
        "the first client, site and team of an empty suite, in one form",
    ),
    "kernel:notice": (("notices_read_notice",), "read on the way to what it is about"),
    "kernel:notices_read": (("notices_read_all_notices",), "kept by the reader themselves"),
    "kernel:notice_wishes": (("notices_wish_notice",), "kept by the reader themselves, one kind each"),
    "performance:upload": (("performance_tell",), "a program tells figures as rows, not as a file"),
    "performance:file": (("performance_tell",), "a program tells figures as rows, not as a file"),
    "performance:drop_file": (("performance_tell",), "what a program tells waits for nobody"),
    "quality:take_phrases": (("quality_add_phrase",), "a program adds phrases as rows, not as a file"),
    "quality:handbook": (("quality_make_form",), "a program sends each form as it should be"),
}
ENTRANCE = "signing in is a person's, at our pages"
PROOF = "asks for a proof of the last five minutes, which a program cannot give"
LOOKS = "how the pages look and speak to oneself"
# Pages that are for people alone, with why; a name that ends in _ stands for all that begin so.
PAGES_ONLY = {
    "account_": ENTRANCE,
    "mfa_": ENTRANCE,
    "socialaccount_": ENTRANCE,
    "company_login": ENTRANCE,
    "accounts:link": ENTRANCE,
    "accounts:forgotten": ENTRANCE,
    "accounts:company": ENTRANCE,
    "accounts:mine": LOOKS,
    "accounts:theme": LOOKS,
    "accounts:new_email": PROOF,
    "accounts:log_out_everywhere": "ends the sign-in it is pressed in; programs close sessions one by one",
    "accounts:new_token": "a token makes no tokens",
    "accounts:token_for_program": "a token makes no tokens",
    "accounts:invite": PROOF,
    "accounts:invite_again": PROOF,
    "accounts:help_back_in": PROOF,
    "accounts:new_service_account": PROOF,
    "accounts:give_role": PROOF,
    "accounts:take_role": PROOF,
    "accounts:disable": PROOF,
    "accounts:enable": PROOF,
    "coaching:change_to_agenda": "an item of one's own talk in words of one's own: coaching_add_item",
    "coaching:break_glass": "words between two people are opened by a person who reads them, never by a program",
}


def pages_that_do() -> list[tuple[str, Door, Callable[..., Any]]]:
    """Every page that takes a POST: its name, its door, its view."""
    found = []
    for pattern, _path, name in patterns(get_resolver().url_patterns):
        door = getattr(pattern.callback, "door", None)
        if door is not None and "POST" in door.methods and not operations_behind(pattern):
            found.append((name, door, pattern.callback))
    return found


def for_people_alone(name: str) -> bool:
    return name in PAGES_ONLY or any(name.startswith(each) for each in PAGES_ONLY if each.endswith("_"))


def by_verb() -> dict[str, list[Operation]]:
    """The operations that reach each verb."""
    get_resolver().url_patterns  # noqa: B018 - declares the operations
    found: dict[str, list[Operation]] = {}
    for each in OPERATIONS:
        for verb in verbs_of(each.handler):
            found.setdefault(verb, []).append(each)
    return found


def missing(name: str, door: Door, view: Callable[..., Any], reached: dict[str, list[Operation]]) -> str:
    """What of a page no program can do; empty when nothing is."""
    domain, verbs = name.partition(":")[0], verbs_of(view)
    if not verbs:
        return f"{name} takes a POST, and no verb was found behind it"
    for verb in sorted(verbs):
        if not _of(verb, domain, reached):
            return f"{name}: no operation does {verb}"
    if not any(opens_alike(domain, door, each) for verb in verbs for each in _of(verb, domain, reached)):
        return f"{name}: no operation that does it asks for a permission of the page"
    return ""


def _of(verb: str, domain: str, reached: dict[str, list[Operation]]) -> list[Operation]:
    """Of verbs all directories share, those of this domain."""
    found = reached.get(verb, [])
    return [each for each in found if _domain(each) == domain] if "directory" in verb else found


def _domain(each: Operation) -> str:
    parts = each.handler.__module__.split(".")
    return parts[parts.index("apps") + 1] if "apps" in parts else "kernel"


def opens_alike(domain: str, door: Door, operation: Operation) -> bool:
    """A permission of both; where a page is one's own or also reads, one of its domain is as narrow."""
    asked: tuple[Permission, ...] = operation.door.permissions
    if set(door.permissions) & set(asked) or (door.own and operation.door.own):
        return True
    reads = bool(door.own) or "GET" in door.methods
    return reads and any(each.key.partition(".")[0] == domain for each in asked)


def test_what_a_page_does_a_program_can_do() -> None:
    """Each page with a POST has its operation, or stands above with the reason why not."""
    reached = by_verb()
    wrong = [
        problem
        for name, door, view in pages_that_do()
        if name not in ELSEWHERE and not for_people_alone(name) and (problem := missing(name, door, view, reached))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_lists_of_exceptions_hold_nothing_else() -> None:
    """Pages there are, operations there are, and none that a program could do as well by the page's own verb."""
    there, reached = {name: (door, view) for name, door, view in pages_that_do()}, by_verb()
    operations = {f"{_room(each)}_{each.handler.__name__}" for each in OPERATIONS}
    gone = [each for each in (*ELSEWHERE, *PAGES_ONLY) if not any(name.startswith(each) for name in there)]
    unknown = [each for names, _why in ELSEWHERE.values() for each in names if each not in operations]
    exact = [name for name in (*ELSEWHERE, *PAGES_ONLY) if name in there]
    needless = [name for name in exact if not missing(name, *there[name], reached)]
    assert (gone, unknown, needless) == ([], [], [])


def _room(each: Operation) -> str:
    parts = each.handler.__module__.split(".")
    return parts[parts.index("api") - 1] if "api" in parts else parts[-2]


def test_a_page_without_an_operation_is_noticed() -> None:
    """One deliberate violation each: a verb nobody else reaches, an operation with another permission, no verb."""
    reached = by_verb()
    pages = {name: (door, view) for name, door, view in pages_that_do()}
    door, view = pages["demand:archive_queue"]
    verb = "demand.services.queues.archive_queue"
    assert verbs_of(view) == {verb}
    assert missing("demand:archive_queue", door, view, reached) == ""
    assert verb in missing("demand:archive_queue", door, view, {**reached, verb: []})
    other = next(each for each in OPERATIONS if each.handler.__name__ == "get_history")
    assert "permission" in missing("demand:archive_queue", door, view, {**reached, verb: [other]})
    assert "no verb" in missing("demand:archive_queue", door, lambda request: None, reached)


@pytest.mark.parametrize(
    ("page", "verb"),
    [
        ("people:teams_archive", "kernel.directory.verbs.archive"),  # through a closure
        ("schedules:answer", "schedules.services.agreeing.agree"),  # through a table of verbs
        ("learning:from_file", "learning.services.writing.make_scenario"),  # through a function beside it
    ],
)
def test_verbs_are_found_wherever_a_view_names_them(page: str, verb: str) -> None:
    views = {name: view for name, _door, view in pages_that_do()}
    assert verb in verbs_of(views[page])
