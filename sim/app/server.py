"""The server of the app: a page, its modules and texts, and a connection for each visitor.

Only what is listed here at the start is ever given away: no path of a request is opened.
"""

from __future__ import annotations

import errno
import ipaddress
import json
import logging
import os
import socket
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from sim.app import widget
from sim.app.example import first_worlds
from sim.app.limits import Limits
from sim.app.session import Session
from sim.app.visits import Visits
from sim.errors import RegieError, Said

HERE = Path(__file__).parent
USUAL_PORT = 8321
PORTS_TRIED = 20
LARGEST_PORT = 65_535
SOCKET = "/socket"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""On every answer, whatever it is: the page runs and loads nothing but what comes from here, and nobody frames it."""

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FIRST = {"ask": "open", "worlds": first_worlds()}
"""What is lived before the page is offered, so that the first visitor does not wait for it."""


class Given(NamedTuple):
    """A file that visitors may have."""

    content: bytes
    kind: str


def given() -> dict[str, Given]:
    """Return all that visitors may have, by path."""
    files = {f"/{file.name}": file for file in sorted((HERE / "page").iterdir()) if file.suffix in KINDS}
    found = {path: Given(file.read_bytes(), KINDS[file.suffix]) for path, file in files.items()}
    if "/index.html" in found:
        found["/"] = found["/index.html"]
    return {
        **found,
        "/regie.js": Given(widget.module().encode(), KINDS[".js"]),
        "/words.json": Given(json.dumps(words()).encode(), "application/json"),
    }


def words() -> dict[str, dict[str, str]]:
    """Return the texts of the page by key, each in English and Dutch, of all its modules together."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(HERE.glob("texts*.toml")):
        found.update(_texts(tomllib.loads(file.read_text(encoding="utf-8")), ""))
    return found


def _texts(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, dict[str, str]]]:
    for key, value in table.items():
        if isinstance(value.get("en"), str):
            yield above + key, {"en": value["en"], "nl": value["nl"]}
        else:
            yield from _texts(value, f"{above}{key}.")


class App:
    """The application that a server runs.

    Args:
        limits: Bounds on what visitors do.
        public: Names of a proxy in front of it.
        own: Names of this computer.
    """

    def __init__(self, limits: Limits, public: Collection[str] = (), own: Collection[str] = ()) -> None:
        """List what visitors may have."""
        self._given = given()
        self._visits = Visits(limits)
        self._public = {name.lower() for name in public}
        self._names = {"localhost", *(name.lower() for name in own), *self._public}

    def close(self) -> None:
        """End without waiting for worlds that nobody looks at any more."""
        self._visits.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or a visitor for as long as they stay."""
        send, headers = _with_headers(send), Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._visits.welcome(WebSocket(scope, receive, send))
        else:
            file = self._given[scope["path"]]
            await Response(file.content, media_type=file.kind)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return why somebody gets nothing; None where they do."""
        host = headers.get("host", "")
        if not self._is_called(host):
            return _said(421, "This server does not know that name; --public-name tells it.")
        if scope["type"] == "websocket":
            if scope["path"] != SOCKET:
                return _said(404, "There is nothing here.")
            own = self._is_own_page(headers.get("origin", ""), host)
            return None if own else _said(403, "Only the page of this server may connect.")
        if scope["method"] not in ("GET", "HEAD"):
            return _said(405, "This can only be read.")
        return None if scope["path"] in self._given else _said(404, "There is nothing here.")

    def _is_called(self, host: str) -> bool:
        """Return whether a request is meant for this server.

        Another site can let a name of its own lead here, so that a visitor's browser takes both for one; to a number
        it cannot.
        """
        name = _hostname(f"//{host}")
        return name in self._names or _number(name) is not None

    def _is_own_page(self, origin: str, host: str) -> bool:
        """Return whether a connection comes from a page of this server, and not from that of another site."""
        if not origin.startswith(("http://", "https://")):
            return False
        return origin.partition("//")[2].lower() == host.lower() or _hostname(origin) in self._public


def _said(status: int, text: str) -> Response:
    return PlainTextResponse(f"{text}\n", status)


def _hostname(address: str) -> str:
    with suppress(ValueError):
        return urlsplit(address).hostname or ""
    return ""


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    with suppress(ValueError):
        return ipaddress.ip_address(host)
    return None


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
            message.setdefault("headers", [])
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sent


def warm_up() -> None:
    """Live the first worlds that visitors see, and load and compile what a road is told with: some seconds."""
    session, somebody = Session(), {"who": {"kind": "worker", "id": 0}, "language": "en"}
    for asked in (FIRST, {"ask": "road", **somebody}, {"ask": "why", "world": 0, "day": 0, **somebody}):
        session.handle(asked)


def is_loopback(host: str) -> bool:
    """Return whether only this computer reaches an address."""
    number = _number(host)
    return host.lower() == "localhost" or (number is not None and number.is_loopback)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; another port where ``port`` and those after it are taken.

    Raises:
        RegieError: This computer has no such address.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        for each in (*range(port, min(port + PORTS_TRIED, LARGEST_PORT + 1)), 0):
            if made := _bound(family, host, each):
                return made
    except (OSError, UnicodeError) as mistake:
        raise RegieError(
            Said(
                f"This computer cannot be reached at '{host[:60]}'. Use an address of its own, such as 127.0.0.1.",
                f"Deze computer is niet bereikbaar op '{host[:60]}'. Gebruik een eigen adres, zoals 127.0.0.1.",
            )
        ) from mistake
    raise AssertionError("port 0 is never taken")


def _bound(family: int, host: str, port: int) -> socket.socket | None:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two servers have the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen()  # a port is taken only then: two that start at once would both have it
    except OSError as mistake:
        made.close()
        if mistake.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
        raise
    return made


def address_of(bound: socket.socket, host: str) -> str:
    """Return the address of the page, as a browser on this computer reaches it."""
    port = bound.getsockname()[1]
    if host in ("", "0.0.0.0", "::"):
        host = "127.0.0.1" if host != "::" else "::1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def server_of(bound: socket.socket, app: App, limits: Limits) -> uvicorn.Server:
    """Return a server for a socket that listens; nothing is written down about who visits."""
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # who takes no answers does not keep them here for ever
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(2_000 * limits.sending))
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="websockets-sansio",
            ws_max_size=limits.size,
            ws_per_message_deflate=False,  # costs more time than it saves on one computer, and unpacking is a risk
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",
            ws_ping_interval=30.0,
            ws_ping_timeout=60.0,  # an answer of a few megabytes may be in front of it
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=4 * limits.sessions + 50,
            timeout_graceful_shutdown=1,
        )
    )


def serve(bound: socket.socket, host: str, public: Collection[str], limits: Limits) -> None:
    """Serve visitors until somebody presses Ctrl-C."""
    own = (host, socket.gethostname(), f"{socket.gethostname()}.local")
    app = App(limits, public, own)
    try:
        server_of(bound, app, limits).run([bound])
    finally:
        app.close()
