"""What must not happen on any page, whatever a journey is about."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# The page's own policy reports to nobody, so the violation is asked for where it happens.
TELL_VIOLATIONS = """document.addEventListener('securitypolicyviolation', event =>
  console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI} ${event.sourceFile}`))"""
STATUS = re.compile(r"the server responded with a status of \d+")


@dataclass
class Watch:
    """Collects faults of all pages of a context. A journey that wants a refusal says so: ``allow(403)``."""

    faults: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("page", self._page)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def allow(self, *statuses: int) -> None:
        """Whole pages may answer with these; parts of a page never."""
        self.allowed.update(statuses)

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("crash", lambda: self.faults.append(f"{page.url} crashed"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not STATUS.search(message.text):  # `_answered` judges those
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _failed(self, request: Request) -> None:
        # What is aborted was given up by the browser itself: the page was left, or a visit became a download.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.url} failed: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status < 400:
            return
        if not response.request.is_navigation_request() or response.status not in self.allowed:
            self.faults.append(f"{response.url} answered {response.status}")
