"""How long a visitor of `regie app` waits after moving a lever, alone and with others.

``python benchmarks/app.py [--visitors 1 5 30] [--moves 20] [--days 1095] [--pause 2]`` (``--help`` names all options)
``python benchmarks/app.py --page`` measures inside the page instead, in Chromium: from slider to picture, and pictures
a second while both worlds play.

A server on a free port of this computer, in a process of its own; visitors that each have a connection, open two worlds
and then move a lever again and again, each time to a value that was not there before, after a pause in which somebody
would look. Measured from the question to the last byte of the answer, which is what a page needs to draw all of it.
Server and visitors share the cores of the computer.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import numpy as np
from websockets.sync.client import connect

sys.path.insert(0, str(Path(__file__).parents[1]))

from sim.app import server
from sim.app.limits import Limits
from sim.scenario.scenario import Scenario
from sim.study.runs import compile_model

PLACES = "[...document.querySelector('.setup select').options].map((each) => each.value)"
MOVED = """(value) => {
  const input = document.querySelector("[data-lever=control] .side-1 input");
  input.value = value;
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new Event("change"));
}"""
PATIENCE = 120  # seconds until an answer is given up


def main() -> None:
    """Measure, and print a row for each number of visitors."""
    wanted = _options().parse_args()
    compile_model(Scenario.load("one-zone"))
    with server.listening("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(bound,), daemon=True)
        process.start()
        bound.close()
        try:
            if wanted.page:
                _look(port, wanted)
                return
            print(f"{'visitors':>8} {'moves':>6} {'p50 ms':>7} {'p95 ms':>7} {'max ms':>7} {'moves/s':>8}")
            for visitors in wanted.visitors:
                print(_row(visitors, *_load(port, visitors, wanted)), flush=True)
        finally:
            process.terminate()
            process.join()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, nargs="+", default=[1, 5, 30], help="numbers of visitors at once")
    parser.add_argument("--moves", type=int, default=20, help="moves of each visitor, or in the page (20)")
    parser.add_argument("--days", type=int, default=1095, help="days of each world (1095)")
    parser.add_argument("--pause", type=float, default=2.0, help="mean seconds between an answer and the next move (2)")
    parser.add_argument("--page", action="store_true", help="measure the page in Chromium, not the server alone")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="the browser of --page (/usr/bin/chromium)")
    return parser


def _look(port: int, wanted: argparse.Namespace) -> None:
    """Print what the counters in the page say: they begin with the movement and end with the picture."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=wanted.browser, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(f"http://127.0.0.1:{port}/")
        _opened(tab, 1)
        tab.wait_for_timeout(20_000)  # the band is full by then
        for move in range(wanted.moves):
            tab.evaluate(MOVED, 0.05 + 0.9 * move / wanted.moves)
            tab.wait_for_timeout(1000 * wanted.pause)  # asking meanwhile would take time from who is measured
            _opened(tab, 2 + move)
        waits = np.array(tab.evaluate("regieCounters.latencies"))
        middle, most = np.percentile(waits, [50, 95])
        print(f"slider to picture, {len(waits)} moves: p50 {middle:.0f}, p95 {most:.0f}, max {waits.max():.0f} ms")
        for scenario, speed in product(tab.evaluate(PLACES), (14, 84)):
            pictures = _played(browser, port, scenario, speed)
            print(f"playing {scenario} at {speed} days a second: {pictures:.0f} pictures a second")
        browser.close()


def _played(browser, port: int, scenario: str, speed: int) -> float:
    """Return the pictures a second of a page that plays for ten seconds."""
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(f"http://127.0.0.1:{port}/")
    _opened(tab, 1)
    tab.locator(".setup select").first.select_option(scenario)
    _opened(tab, 2)
    tab.locator(".timeline select").select_option(str(speed))
    tab.evaluate("document.querySelector('.timeline input').value = 0")
    tab.locator(".timeline input").dispatch_event("input")
    tab.locator(".play").click()
    tab.wait_for_timeout(10_000)
    found = tab.evaluate("regieCounters.framesASecond")
    tab.close()
    return found


def _opened(tab, times: int) -> None:
    end = time.monotonic() + PATIENCE
    while (tab.evaluate("globalThis.regieCounters?.opened") or 0) < times:
        if time.monotonic() > end:
            raise SystemExit("the page never showed the worlds")
        tab.wait_for_timeout(20)


def _serve(bound) -> None:
    limits = Limits()
    server.warm_up()
    app = server.App(limits)
    server.server_of(bound, app, limits).run([bound])


def _load(port: int, visitors: int, wanted: argparse.Namespace) -> tuple[np.ndarray, float]:
    """Return the milliseconds of all moves, and the seconds that all of them took together."""
    together = threading.Barrier(visitors)
    begun = time.perf_counter()
    with ThreadPoolExecutor(visitors) as pool:
        found = pool.map(lambda number: _visit(port, number, wanted, together), range(visitors))
        waits = np.concatenate(list(found))
    return 1000 * waits, time.perf_counter() - begun


def _visit(port: int, number: int, wanted: argparse.Namespace, together: threading.Barrier) -> list[float]:
    chance = np.random.default_rng(number)
    own = f"http://127.0.0.1:{port}"
    with connect(f"ws://127.0.0.1:{port}/socket", origin=own, max_size=None, open_timeout=PATIENCE) as line:
        _move(line, 0.5, wanted.days)
        together.wait(PATIENCE)
        waits = []
        for _ in range(wanted.moves):
            time.sleep(chance.exponential(wanted.pause))
            waits.append(_move(line, float(chance.random()), wanted.days))
    return waits


def _move(line, control: float, days: int) -> float:
    """Move a lever in one of the two worlds; return how long the answer took."""
    changes = [{"day": 0, "lever": "control", "value": control}]
    worlds = [{"regime": "traditional", "changes": changes}, {"regime": "client-steering"}]
    question = {"id": 1, "ask": "open", "worlds": {"days": days, "worlds": worlds}}
    begun = time.perf_counter()
    line.send(json.dumps(question))
    answer = line.recv(PATIENCE)
    took = time.perf_counter() - begun
    size = int.from_bytes(answer[:4], "little")
    if json.loads(answer[4 : 4 + size])["is"] != "open":
        raise SystemExit(f"no worlds came: {answer[4 : 4 + size].decode()}")
    return took


def _row(visitors: int, waits: np.ndarray, seconds: float) -> str:
    middle, most = np.percentile(waits, [50, 95])
    return f"{visitors:>8} {len(waits):>6} {middle:>7.0f} {most:>7.0f} {waits.max():>7.0f} {len(waits) / seconds:>8.1f}"


if __name__ == "__main__":
    main()
