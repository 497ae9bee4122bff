"""A person at a browser: what they press, type, read – and what the browser complained about meanwhile."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from django.utils import timezone

from floorwalker.apps.accounts import services
from floorwalker.apps.accounts.models import OneTimeLink, User

SCREENSHOTS = os.environ.get("SCREENSHOTS")  # a folder, to look at the moments of a journey
# A page that answers "refused" or "not found" is reported by the browser like a missing file; tests look at those.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


class Visitor:
    """One window of a browser of their own; looks at the suite with their eyes."""

    def __init__(self, chromium: Any, site: str, name: str, width: int, **options: Any) -> None:
        self.site, self.name, self.moments = site, name, 0
        # What moves is judged where it comes to rest.
        still = {"reduced_motion": "reduce", **options}
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, **still)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, said: Any) -> None:
        if said.type != "error" or (
            ANSWERED.match(said.text) and "/static/" not in (said.location or {}).get("url", "")
        ):
            return
        self.complaints.append(f"{self.page.url}: {said.text}")

    def sign_in(self, user: User) -> Visitor:
        """By a link from the console, which is pressed like anybody would."""
        secret = services.make_link(
            purpose=OneTimeLink.Purpose.SIGN_IN, user=user, console=True, at=timezone.now()
        )
        self.open(f"/sign-in/link/{secret}/")
        self.press("Sign in")
        return self

    def open(self, path: str) -> int:
        """Go to an address of the suite; the status it answers."""
        return int(self.page.goto(self.site + path if path.startswith("/") else path).status)

    def press(self, name: str) -> None:
        """A button of the page, by its word."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """A link of the page, by its words."""
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def field(self, label: str) -> Any:
        """A field by its label, said to be optional or not."""
        named = re.compile(rf"^\s*{re.escape(label)}(\s*\(optional\))?\s*$")
        return self.page.locator("main").get_by_label(named).first

    def fill(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def give(self, label: str, file: Path) -> None:
        self.field(label).set_input_files(file)

    @property
    def text(self) -> str:
        """What the page says, spaces made one."""
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    @property
    def path(self) -> str:
        return str(self.page.url).removeprefix(self.site)

    def shows(self, *sentences: str) -> None:
        """Every one of these is on the page."""
        text = self.text
        for each in sentences:
            assert each in text, f"{each!r} is not on {self.path}:\n{text[:3000]}"

    def hides(self, *words: str) -> None:
        """None of these is in the page, not even where the eye does not see it."""
        content = self.page.content()
        for each in words:
            assert each not in content, f"{each!r} is on {self.path}"

    def fits(self) -> None:
        """The page does not scroll sideways, once charts have drawn themselves anew for its width."""
        wide, too_wide = 0, "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        for _ in range(20):
            wide = self.page.evaluate(too_wide)
            if wide <= 0:
                return
            self.page.wait_for_timeout(100)
        assert wide <= 0, f"{self.path} is {wide} px too wide"

    def look(self, moment: str) -> None:
        """A main moment: it fits, and there is a picture for who asks for one."""
        self.fits()
        self.moments += 1
        if SCREENSHOTS:
            self.page.wait_for_timeout(300)
            file = Path(SCREENSHOTS) / f"{self.name}-{self.moments:02}-{moment}.png"
            self.page.screenshot(path=file, full_page=True)

    def look_everywhere(self, moment: str) -> None:
        """The same moment on a phone, a tablet and a desk, in the light and in the dark."""
        before = self.page.viewport_size
        for width in (390, 820, 1440):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.fits()
            for light in ("light", "dark") if SCREENSHOTS else ():
                self.page.emulate_media(color_scheme=light)
                self.page.wait_for_timeout(200)
                file = Path(SCREENSHOTS or "") / f"{self.name}-{moment}-{width}-{light}.png"
                self.page.screenshot(path=file, full_page=True)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(before)
