"""`regie app`: a page in the browser, until Ctrl-C."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from sim.terminal.frame import short, tell
from sim.terminal.phrases import Language, say

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

FIRST_SCENARIO = "one-zone"


def run_app(
    language: Language,
    *,
    port: int,
    host: str,
    public_names: Collection[str],
    no_browser: bool,
    compile_first: Callable[[Scenario, Language], None],
) -> None:
    """Serve the page until Ctrl-C.

    Raises:
        RegieError: This computer has no such address.
    """
    from sim.app import server
    from sim.app.limits import Limits
    from sim.scenario.scenario import Scenario

    with server.listening(host, port) as bound:
        got = bound.getsockname()[1]
        if got != port:
            tell(say("app port taken", language, port=port))
        if not server.is_loopback(host):
            tell(say("app open to others", language, host=short(host), port=got))
        try:
            compile_first(Scenario.load(FIRST_SCENARIO), language)
            tell(say("app warms up", language))
            server.warm_up()
            address = server.address_of(bound, host)
            tell(say("app at", language, address=address))
            if not no_browser:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            server.serve(bound, host, public_names, Limits())
        except KeyboardInterrupt:
            pass
    tell(say("app ended", language))
