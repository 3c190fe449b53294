"""Looks at a page as those do who see it on a desk, on a phone, enlarged, or through a screen reader."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
WIDER_THAN_THE_WINDOW = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !e.closest(".b-tablewrap, .b-scroll, .ds-sr-only, .b-skip, .b-nav, svg, .b-tabs"))
    .map(e => e.tagName + "." + e.className).slice(0, 5)"""


class Eyes:
    """Collects what is wrong, so that one run says it all. SHOTS=folder keeps a picture of every page."""

    def __init__(self, page: Page) -> None:
        self.page, self.axe, self.found = page, Axe(), []

    def visit(self, *addresses: str) -> None:
        for address in addresses:
            self.page.goto(address)
            self.look(address)

    def look(self, name: str) -> None:
        self.page.evaluate(self.axe.axe_script)
        for device, (width, height) in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": height})
            for violation in self.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
                where = [f"{node['target']} {node['html'][:120]}" for node in violation["nodes"][:3]]
                self.found.append(f"{name} ({device}): {violation['help']}: {where}")
            self._keep(name, device)
        self.page.set_viewport_size({"width": 320, "height": 640})
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.found.append(f"{name}: scrolls sideways at 320 px: {self.page.evaluate(WIDER_THAN_THE_WINDOW)}")

    def _keep(self, name: str, device: str) -> None:
        if folder := os.environ.get("SHOTS"):
            file = "".join(c if c.isalnum() else "-" for c in name).strip("-") or "start"
            self.page.screenshot(path=Path(folder) / f"{file}.{device}.png", full_page=True)

    def are_content(self) -> None:
        assert not self.found, "\n".join(self.found)
