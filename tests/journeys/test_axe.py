"""Every page somebody can open: readable for everybody, nothing blocked, nothing too wide, in light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from floorwalker.apps.accounts.models import User
from floorwalker.apps.demand.models import HistoryUpload
from floorwalker.apps.recognition.models import FunPost
from floorwalker.kernel.routes import Route, routes
from tests.apps.coaching import talking
from tests.conformance import asking, matrix
from tests.journeys.conftest import Visit
from tests.journeys.plans import planned
from tests.journeys.visitor import Visitor
from tests.kernel.ui.test_in_browser import AXE, AXE_RUN
from tests.people import NOW, Cast

NO_PAGE = re.compile(
    r"\.(csv|xlsx|ics|json|xml|txt)$|/live/?$|^/api/|/sign-out/|^/(healthz|readyz|metrics)|/file/$|^/jobs/<|^/fun/photos/"
)
OPEN_ALL = "document.querySelectorAll('main details').forEach(each => { each.open = true; })"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Who looks at a page: the first of these who may, so that each is looked at once, and the roles share the time.
# What several see differently, they all look at.
ROLES = (
    "client_viewer", "agent", "supervisor", "administrator", "planner", "manager", "quality_analyst", "hr",
    "auditor",
)  # fmt: skip
EACH_THEIR_OWN = ("/", "/my-account/", "/promises/", "/time/", "/people/")
SIGNED_OUT = "nobody"
FOUND = {
    "table": "intervals", "step_seconds": 1800, "zone": "Europe/Lisbon", "read": 3, "stored": 2, "duplicates": 0,
    "rejected": 1, "left_out": 0, "reasons": [],
    "guesses": [{"name": "offered", "value": "column 'Calls'", "why": "the only column of numbers left"}],
    "queues": [{"name": "Help", "rows": 2, "contacts": 9.0, "first": 1_770_000_000, "last": 1_770_001_800}],
}  # fmt: skip


@dataclass(frozen=True)
class Centre:
    """The cast with a row of everything, a published week to come, and what only its maker may open."""

    cast: Cast
    planting: matrix.Planting
    own: dict[str, tuple[str, str]]  # name of the address → who may open it, and the one of their row


@pytest.fixture
def centre(cast: Cast, monday: date) -> Centre:
    planting = matrix.plant(cast)
    assert planting.broken == []
    planned(cast, monday)
    planner = replace(matrix.positions(cast)[0], user=cast.planner.user)
    upload = matrix.factories("people").make_peopleimport(cast.world, planner, "people.csv")
    analyst = replace(matrix.positions(cast)[0], user=cast.quality_analyst.user)
    conversations = matrix.factories("quality").make_conversationimport(cast.world, analyst, "conversations.csv")
    manager = replace(matrix.positions(cast)[0], user=cast.manager.user)
    figures = matrix.factories("performance").make_factfile(cast.world, manager, "figures.csv")
    passkey = Authenticator.objects.create(
        user=cast.planner.user, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"}
    )
    TOTP.activate(cast.planner.user, generate_totp_secret())
    RecoveryCodes.activate(cast.planner.user)
    history = HistoryUpload.objects.create(
        name="history.csv", size=1, sha256="0", system="history", zone="Europe/Lisbon", state="ready", at=NOW,
        changed_at=NOW, rejects=[[7, "someday,Help", "'someday' is no date", "rejected"]], found=FOUND,
    )  # fmt: skip
    program = User.objects.create(email="program@example.org", name="Program", service_account=True)
    lead = replace(matrix.positions(cast)[0], user=cast.supervisor.user)
    budget = matrix.factories("recognition").make_budget(cast.world, lead, "Of the lead")
    incentive = matrix.factories("recognition").make_incentive(cast.world, lead, "Of the lead").row
    behaviour = matrix.factories("coaching").make_behaviour(cast.world, lead, "Listens")
    tag = matrix.factories("hub").make_tag(cast.world, lead, "Cards").row
    talk = talking.planned(cast)
    party = matrix.factories("recognition").make_funday(cast.world, matrix.positions(cast)[0], "Hats").row
    shown = FunPost.objects.create(fun_day=party, agent=cast.agent.agent, words="A hat.", at=timezone.now())
    own = {
        "recognition:add_fun_photo": ("agent", f"/fun/shown/{shown.pk}/photo/"),
        "coaching:behaviours_one": ("agent", f"/coaching/behaviours/{behaviour.pk}/"),
        "coaching:prepare_talk": ("supervisor", f"/coaching/talks/{talk.pk}/prepare/"),
        "coaching:talk_sheet": ("supervisor", f"/coaching/talks/{talk.pk}/sheet/"),
        "coaching:talks_side": ("agent", "/coaching/talks/list/mine/"),
        "hub:tags_one": ("agent", f"/hub/tags/{tag.pk}/"),
        "offphone:sessions": ("agent", "/time/list/owed/"),
        "recognition:give": ("supervisor", f"/points/budgets/{budget.pk}/give/"),
        "recognition:name_winner": ("supervisor", f"/incentives/{incentive.pk}/winner/"),
        "people:preview": ("planner", f"/people/import/{upload.pk}/"),
        "quality:import_preview": ("quality_analyst", f"/quality/conversations/import/{conversations.pk}/"),
        "performance:file": ("manager", f"/numbers/files/{figures.pk}/"),
        "mfa_edit_webauthn": ("planner", f"/my-account/factors/passkeys/{passkey.pk}/"),
        "mfa_remove_webauthn": ("planner", f"/my-account/factors/passkeys/{passkey.pk}/remove/"),
        "mfa_deactivate_totp": ("planner", "/my-account/factors/app/remove/"),
        "mfa_view_recovery_codes": ("planner", "/my-account/factors/recovery/"),
        "demand:upload": ("planner", f"/demand/uploads/{history.pk}/"),
        "accounts:token_for_program": ("administrator", f"/users/{program.pk}/tokens/new/"),
    }
    return Centre(cast, planting, own)


def pages() -> list[Route]:
    """Every address that answers somebody signed in with a page."""
    return [
        route
        for route in routes()
        if route.method == "GET" and not route.operation and not NO_PAGE.search(route.path)
    ]


def addresses(who: str, centre: Centre) -> Iterator[str]:
    """The pages this one looks at, each for a row they may see."""
    before = ROLES[: ROLES.index(who)] if who in ROLES else ()
    for route in pages():
        mine = seen(route, centre, who)
        if (
            mine
            and not NO_PAGE.search(mine)
            and (route.path in EACH_THEIR_OWN or not any(seen(route, centre, each) for each in before))
        ):
            yield opened(mine, route, centre, who)


def seen(route: Route, centre: Centre, who: str) -> str:
    """An address of this kind somebody may open; empty when there is none."""
    entrance = not route.permissions and route.path.startswith("/sign-in/")
    if who == SIGNED_OUT or entrance:
        return route.path if who == SIGNED_OUT and entrance and not route.arguments else ""
    if route.name in centre.own:
        its, path = centre.own[route.name]
        return path if who == its else ""
    return next(iter(asked(route, centre, who)), "")


def asked(route: Route, centre: Centre, who: str) -> list[str]:
    """The addresses of this kind with a row in sight of somebody."""
    actor = getattr(centre.cast, who).actor
    return [ask.path for ask in asking.asks(route, centre.planting, actor, {"paths": {}}) if not ask.hidden]


def opened(first: str, route: Route, centre: Centre, who: str) -> str:
    """Of the rows in sight the first that has this page: a talk that is closed is not prepared any more, a reward
    handed over is not given again. Where none has it, the first is looked at, and found wrong."""
    if who == SIGNED_OUT or route.name in centre.own or not route.arguments:
        return first
    browser = centre.cast.client(getattr(centre.cast, who))
    rows = (path for path in asked(route, centre, who) if browser.get(path).status_code == 200)
    return next(rows, first)


@pytest.mark.prove  # every page, in three widths
@pytest.mark.parametrize("who", [SIGNED_OUT, *ROLES])
def test_every_page_is_readable_and_fits(visit: Visit, centre: Centre, who: str) -> None:
    """No serious finding, no breach of the policy, no error, no sideways scroll: a phone in the light, a tablet, a
    desk in the dark."""
    if not AXE.exists():
        pytest.skip("needs axe: make setup")
    window = visit(f"axe-{who}")
    if who != SIGNED_OUT:
        window.sign_in(getattr(centre.cast, who).user)
    wrong: dict[str, list[str]] = {}
    for path in addresses(who, centre):
        wrong |= {key: each for key, each in judged(window, path).items() if each}
    assert wrong == {}


def test_every_page_is_looked_at_by_somebody(centre: Centre) -> None:
    """None is left out because nobody has a row for it."""
    missed = [
        route.name
        for route in pages()
        if not route.path.startswith("/sign-in/") and not any(seen(route, centre, who) for who in ROLES)
    ]
    assert missed == []


def judged(window: Visitor, path: str) -> dict[str, list[str]]:
    """What is wrong with a page, by width and light."""
    found: dict[str, list[str]] = {}
    page = window.page
    answer = page.goto(window.site + path)
    if answer is None or (answer.status >= 400 and not path.startswith("/sign-in/")):
        return {path: [f"answers {answer and answer.status}"]}
    if "text/html" not in answer.headers.get("content-type", ""):
        return {}
    for width, light in ((390, "light"), (820, ""), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=light or None)
        page.evaluate(OPEN_ALL)
        wide = page.evaluate(WIDE)
        findings = []
        if light:
            page.evaluate(Path(AXE).read_text(encoding="utf-8"))
            findings = page.evaluate(AXE_RUN)
        found[f"{path} {width} {light}".rstrip()] = [*findings, *([f"{wide} px too wide"] if wide > 0 else [])]
    return found
