"""The page of the app in a real browser: the browser, servers on free ports, and somebody who has the page open."""

import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest

from sim.app import server
from sim.app.limits import Limits

ROOT = Path(__file__).parents[1]
PAGE = Path(server.__file__).parent / "page"
CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/google-chrome")) if p.exists()), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
SOON = 60  # seconds in which any answer comes; a bound for a test that hangs, no measure

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs chromium and playwright: pip install playwright, and a chromium in /usr/bin",
)


@contextmanager
def browsing():
    """Give a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


# --- servers ---------------------------------------------------------------------------------------------------------


@contextmanager
def served(port=0, **limits):
    """Serve the app on a port of this computer, a free one unless it is told; give the port."""
    limits = Limits(**limits)
    app = server.App(limits, public=["care.example.org"])
    with server.listening("127.0.0.1", port) as bound:
        running = server.server_of(bound, app, limits)
        port = bound.getsockname()[1]
        thread = threading.Thread(target=running.run, args=([bound],))
        thread.start()
        try:
            yield port
        finally:
            running.should_exit = True
            thread.join(SOON)
            app.close()
    assert not thread.is_alive()


@contextmanager
def started(folder):
    """Start `regie app` as a user does, in a process of its own; give the address that it says."""
    known = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "sim.cli", "app", "--no-browser", "--lang", "en"]
    child = subprocess.Popen(command, cwd=folder, env=known, stderr=subprocess.PIPE, text=True)
    try:
        said = next(line for line in child.stderr if "http://" in line)
        yield re.search(r"http://[^/]+/", said).group()
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=SOON)
    finally:
        child.kill()
        child.wait()
        child.stderr.close()


@contextmanager
def offered(files):
    """Serve some files, by path their content and kind, under the policy of the app; give the address."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self):
            content, kind = files.get(self.path, (b"", "text/plain"))
            self.send_response(200 if self.path in files else 204)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", server.HEADERS["content-security-policy"])
            self.end_headers()
            self.wfile.write(content.encode() if isinstance(content, str) else content)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def modules():
    """Return the modules and styles of the page, as `offered` takes them."""
    return {path: (each.content, each.kind.partition(";")[0]) for path, each in server.given().items()}


# --- somebody who has the page open ----------------------------------------------------------------------------------

COLOURS = """(canvas) => {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  return new Set(new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer)).size;
}"""


class Visit:
    """A page that somebody has open, with what it said and asked for."""

    def __init__(self, context, address, language="en"):
        """Listen, and open nothing yet."""
        self.context, self.address, self.language = context, address, language
        self.words = server.words()
        self.told, self.asked = [], []
        self.page = context.new_page()
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda line: self.asked.append(line.url))

    def open(self, link=""):
        """Open the page, or the page under a link, and wait for its worlds."""
        answer = self.page.goto(f"{self.address}{'#' * bool(link)}{link}")
        self.until(lambda: self.opened >= 1)
        return answer

    def follow(self, link):
        """Follow another link in the page that is open."""
        self.page.evaluate("(link) => { location.hash = link; }", link)

    def until(self, true):
        """Wait until something is true, and return it; asked from here, as the policy forbids to wait in the page."""
        end = time.monotonic() + SOON
        while not (found := true()):
            assert time.monotonic() < end, ("it never became so", self.told, self.notice.all_inner_texts(), self.link)
            self.page.wait_for_timeout(30)
        return found

    @contextmanager
    def opening(self):
        """Wait until worlds are opened that were asked for meanwhile."""
        before = self.opened
        yield
        self.until(lambda: self.opened > before)

    @property
    def opened(self):
        """How many times worlds were opened."""
        return self.page.evaluate("globalThis.regieCounters?.opened ?? 0")

    @property
    def counters(self):
        return self.page.evaluate("""(({ frames, framesASecond, opened, latencies, median }) =>
          ({ frames, framesASecond, opened, latencies, median }))(regieCounters)""")

    def say(self, key, **gaps):
        """Return a text of the page in its language."""
        return self.words[key][self.language].format(**gaps)

    def speak(self, language):
        self.page.locator(f"[data-language={language}]").click()
        self.language = language

    # What is on the page, found by what it is called or does.

    def button(self, key):
        return self.page.get_by_role("button", name=self.say(key), exact=True)

    def action(self, name):
        return self.page.locator(f"[data-action={name}]")

    def field(self, key):
        return self.page.locator(f"label:has([data-say='{key}'])").locator("select, input")

    def picture(self, side):
        return self.page.get_by_role("application").nth(side)

    def charts(self):
        return self.page.locator("canvas[role=slider]")

    def lever(self, name, side):
        """Return the control of a lever, its group opened."""
        closed = self.page.locator(f"details:not([open]):has([data-lever={name}]) > summary")
        if closed.count():
            closed.click()
        return self.page.locator(f"[data-lever={name}]").locator("input, select").nth(side)

    @property
    def slider(self):
        return self.page.locator("[data-label='app day on screen']")

    @property
    def notice(self):
        return self.page.locator("[role=alert]")

    @property
    def live(self):
        return self.page.locator("[role=status]").first

    @property
    def panel(self):
        return self.page.locator("section:has(> [data-say='app selection'])")

    # What it shows.

    @property
    def day(self):
        return int(self.slider.input_value())

    @property
    def numbers(self):
        """Return the numbers of both worlds on the day on screen."""
        return self.page.locator("[data-label='app now table'] td").all_text_contents()

    @property
    def link(self):
        """Return what the link says, by name; it is written soon after a change."""
        said = unquote(self.page.evaluate("location.hash.slice(1)"))
        return dict(part.split("=", 1) for part in said.split("&") if "=" in part)

    def linked(self, **parts):
        """Wait until the link says so."""
        wanted = {name: str(value) for name, value in parts.items()}
        return self.until(lambda: self.link.items() >= wanted.items() and self.link)

    def worlds(self):
        """Return the question after the worlds that the link says."""
        said = self.link
        changes = [said.get(f"{side}c", "") for side in "ab"]
        return {
            "scenario": said["s"],
            "seed": int(said["seed"]),
            "days": int(said["days"]),
            "worlds": [
                {"regime": said[side], "changes": [_change(each) for each in text.split(",") if each]}
                for side, text in zip("ab", changes, strict=True)
            ],
        }

    def csv(self):
        """Return the text of the numbers that can be taken along."""
        with self.page.expect_download() as coming:
            self.action("data").click()
        return Path(coming.value.path()).read_text("utf-8-sig")

    def strangers(self):
        """Return what was asked for that is not of the server itself."""
        own = (self.address, self.address.replace("http", "ws"), "blob:" + self.address, "data:")
        return [url for url in self.asked if not url.startswith(own)]


def _change(text):
    day, lever, value = text.split(":")
    return {"day": int(day), "lever": lever, "value": json.loads(value)}


def free_port():
    """Return a port that nobody has just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def columns(reply):
    """Return the columns of an answer of a session, by table and name."""
    return {
        (about["table"], about["column"]): np.frombuffer(buffer, about["type"]).reshape(about["shape"])
        for about, buffer in zip(reply.content["arrays"], reply.buffers, strict=True)
    }
