"""The server of the app, over real connections: what visitors get, what they cannot get, and who is let go."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.request import urlopen

import numpy as np
import pytest
from app_browser import ROOT, SOON, browsing, columns, needs_browser, served
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from sim.app import server, wire
from sim.app.limits import Limits, Pace
from sim.app.session import Reply, Session
from sim.cli import main
from sim.errors import RegieError
from sim.scenario.scenario import Scenario
from sim.study.runs import compile_model

TWO = {"scenario": "one-zone", "seed": 7, "days": 60, "worlds": [{"regime": "traditional"}, {"regime": "room-only"}]}


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """Compile what is not, before anybody waits for an answer."""
    compile_model(Scenario.load("one-zone"))
    Session().handle({"ask": "open", "worlds": TWO})


@pytest.fixture(scope="module")
def port():
    with served(a_second=1000.0, at_once=1000) as port:
        yield port


class Visitor:
    """Somebody with a browser."""

    def __init__(self, port):
        own = f"http://127.0.0.1:{port}"
        self.connection = connect(f"ws://127.0.0.1:{port}/socket", origin=own, max_size=None, open_timeout=SOON)

    def __enter__(self):
        self.socket = self.connection.__enter__()
        return self

    def __exit__(self, *how):
        self.connection.__exit__(*how)

    def ask(self, number, **message):
        self.send(json.dumps({"id": number, **message}))
        return self.answer()

    def send(self, raw):
        self.socket.send(raw)

    def answer(self):
        return unpacked(self.socket.recv(SOON))


def unpacked(frame):
    """Return the header and the arrays of an answer, as a page reads them."""
    at = 4 + int.from_bytes(frame[:4], "little")
    header = json.loads(frame[4:at])
    buffers = []
    for about in header.get("arrays", ()):
        size = int(about["type"].lstrip("uintfloa")) // 8
        for length in about["shape"]:
            size *= length
        assert at % 8 == 0
        buffers.append(frame[at : at + size])
        at += -(-size // 8) * 8
    assert at == len(frame)
    return header, tuple(buffers)


def closed_with(visitor):
    """Return the code with which a visitor is let go, and the last that they heard."""
    heard = None
    try:
        while True:
            heard = visitor.answer()[0]
    except ConnectionClosed as end:
        return end.rcvd.code, heard


def fetched(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SOON)
    connection.putrequest(method, path, skip_host="host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def refusal(address, origin):
    """Return the answer to a connection that is refused."""
    with pytest.raises(InvalidStatus) as refused, connect(address, origin=origin, open_timeout=SOON):
        pass
    return refused.value.response


def has_all_headers(headers):
    return all(headers.get(name) == value for name, value in server.HEADERS.items()) and headers.get("server") is None


# --- over the wire ---------------------------------------------------------------------------------------------


def test_what_comes_over_the_wire_is_what_a_session_says(port):
    session = Session()
    with Visitor(port) as visitor:
        for number, message in enumerate(
            (
                {"ask": "hello"},
                {"ask": "open", "worlds": TWO},
                {"ask": "ties", "world": 1, "block": 1},
                {"ask": "data", "form": "nl"},
                {"ask": "road", "who": {"kind": "person", "id": 0}, "language": "nl"},
                {"ask": "nothing"},
            )
        ):
            header, buffers = visitor.ask(number, **message)
            said = session.handle(message)
            assert header == json.loads(json.dumps({"id": number, **said.content}))
            assert buffers == said.buffers


def test_two_visitors_share_nothing(port):
    with Visitor(port) as one, Visitor(port) as other:
        assert one.ask(1, ask="open", worlds=TWO)[0]["is"] == "open"
        assert other.ask(1, ask="data")[0]["is"] == "mistake"
        other.ask(2, ask="open", worlds={**TWO, "seed": 8})
        assert one.ask(2, ask="data")[0]["csv"] != other.ask(3, ask="data")[0]["csv"]


def test_questions_of_a_visitor_wait_for_each_other_and_a_band_waits_longest(port):
    with Visitor(port) as visitor:
        visitor.send(json.dumps({"id": 1, "ask": "open", "worlds": TWO}))
        visitor.send(json.dumps({"id": 2, "ask": "band", "replication": 1}))
        visitor.send(json.dumps({"id": 3, "ask": "data"}))
        answers = [visitor.answer()[0] for _ in range(3)]
    assert {answer["id"]: answer["is"] for answer in answers} == {1: "open", 2: "band", 3: "data"}
    assert answers[0]["id"] == 1


def test_more_questions_than_can_wait_are_refused():
    with served(waiting=1) as port, Visitor(port) as visitor:
        for number in range(30):
            visitor.send(json.dumps({"id": number, "ask": "open", "worlds": {**TWO, "seed": number}}))
        answers = [visitor.answer()[0] for _ in range(30)]
        assert {answer["id"] for answer in answers} == set(range(30))
        assert {answer["is"] for answer in answers} == {"open", "mistake"}


def test_a_number_that_json_does_not_have_never_goes_out():
    header, _ = unpacked(wire.frame(5, Reply({"is": "data", "value": float("nan")})))
    assert header["is"] == "mistake" and header["id"] == 5


# --- what is no question -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "hello",
        "[]",
        "1",
        "null",
        "{}",
        '{"id": "a", "ask": "hello"}',
        '{"id": true, "ask": "hello"}',
        '{"id": -1, "ask": "hello"}',
        '{"id": 1e3, "ask": "hello"}',
        '{"id": NaN, "ask": "hello"}',
        '{"id": 1, "ask": "road", "who": {"kind": "person", "id": Infinity}, "language": "en"}',
        '{"id": ' + "9" * 5000 + "}",
        "[" * 60_000,
        '{"id":1,"a":' * 5_000,
        "\x00",
    ],
    ids=lambda raw: raw[:24],
)
def test_what_is_no_question_gets_a_sentence_and_the_next_one_its_answer(port, raw):
    with Visitor(port) as visitor:
        visitor.send(raw)
        header, _ = visitor.answer()
        assert header["is"] == "mistake" and header["id"] is None and header["en"] and header["nl"]
        assert visitor.ask(9, ask="hello")[0]["is"] == "hello"


@pytest.mark.parametrize(
    "message",
    [
        {"ask": ["open"]},
        {"ask": {"open": 1}},
        {"ask": "open", "worlds": {**TWO, "days": 10**9}},
        {"ask": "open", "worlds": {**TWO, "scenario": "../../pyproject"}},
        {"ask": "road", "who": {"kind": "\ud800", "id": 0}, "language": "nl"},
        {"ask": "\ud800"},
    ],
    ids=str,
)
def test_a_hostile_question_gets_a_sentence_under_its_number(port, message):
    with Visitor(port) as visitor:
        header, _ = visitor.ask(4, **message)
        assert header["is"] == "mistake" and header["id"] == 4


RAW = st.text(max_size=200) | st.builds(
    lambda number, rest: json.dumps({"id": number, **rest}),
    st.integers(-5, 2**60) | st.text(max_size=3),
    st.dictionaries(
        st.sampled_from(["ask", "worlds", "world", "who", "day", "language"]),
        st.sampled_from(["ties", "why", "data", "road", "en", 0, 1, -1, None, [], {}]),
    ),
)


@given(raw=st.lists(RAW, min_size=1, max_size=5))
@settings(max_examples=20, deadline=None)
def test_whatever_text_comes_there_is_an_answer_to_each(port, raw):
    with Visitor(port) as visitor:
        for each in raw:
            visitor.send(each)
        assert all(visitor.answer()[0]["is"] in ("mistake", "hello") for _ in raw)


def test_bytes_end_the_visit_with_a_reason(port):
    with Visitor(port) as visitor:
        visitor.send(b"\x00\x01")
        code, heard = closed_with(visitor)
    assert code == 1003 and heard["is"] == "farewell" and heard["en"] and heard["nl"]


def test_a_huge_message_ends_the_visit(port):
    with Visitor(port) as visitor:
        visitor.send(json.dumps({"id": 1, "ask": "hello", "padding": "x" * 70_000}))
        assert closed_with(visitor)[0] == 1009
    with Visitor(port) as visitor, pytest.raises(ConnectionClosed):  # in pieces too
        visitor.socket.send("x" * 10_000 for _ in range(1_000))
        visitor.answer()


@pytest.mark.parametrize(
    "raw", [b"\x00" * 2000, b"GET / HTTP/9.9\r\n\r\n", b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n"]
)
def test_what_is_no_request_hurts_nobody(port, raw):
    with socket.create_connection(("127.0.0.1", port), SOON) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            assert b"200 OK" not in line.recv(1000)
    with Visitor(port) as visitor:
        assert visitor.ask(1, ask="hello")[0]["is"] == "hello"


def test_when_worlds_take_all_the_room_nobody_opens_more_but_who_is_there_goes_on():
    with served(memory=1) as port, Visitor(port) as first, Visitor(port) as second:
        assert first.ask(1, ask="open", worlds=TWO)[0]["is"] == "open"
        refused = second.ask(1, ask="open", worlds=TWO)[0]
        assert refused["is"] == "mistake" and "room" in refused["en"] and refused["nl"]
        assert first.ask(2, ask="open", worlds={**TWO, "seed": 8})[0]["is"] == "open"
        assert second.ask(2, ask="hello")[0]["is"] == "hello"
        first.socket.close()
        for number in range(3, 100):
            if second.ask(number, ask="open", worlds=TWO)[0]["is"] == "open":
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the room of who left was never given away")


# --- what can be had -----------------------------------------------------------------------------------------------


def test_the_page_its_modules_and_its_texts_can_be_had(port):
    for path, kind in (("/", "text/html"), ("/decode.js", "text/javascript"), ("/words.json", "application/json")):
        answer, body = fetched(port, path)
        assert answer.status == 200 and answer.headers["content-type"].startswith(kind) and body
        assert has_all_headers(answer.headers)
    assert fetched(port, "/")[1] == (ROOT / "sim" / "app" / "page" / "index.html").read_bytes()
    assert fetched(port, "/", "HEAD")[1] == b""


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "//",
        "/page/",
        "/decode.js/",
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..\\..\\etc\\passwd",
        "//etc/passwd",
        "/decode.js%00",
        "/server.py",
        "/../server.py",
        "/../texts.toml",
        "/texts.toml",
        "/socket",
        "/%ff%fe",
        "/" + "a" * 5000,
    ],
    ids=lambda path: path[:30],
)
def test_nothing_else_can_be_had(port, path):
    answer, body = fetched(port, path)
    assert answer.status == 404 and has_all_headers(answer.headers)
    assert body == b"There is nothing here.\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(port, method):
    answer, _ = fetched(port, "/", method)
    assert answer.status == 405 and has_all_headers(answer.headers)


def test_only_files_of_the_page_are_listed_and_none_is_hidden_or_a_program():
    paths = set(server.given())
    assert {"/", "/index.html", "/main.js", "/regie.js", "/socket.js", "/words.json"} <= paths
    assert all(path.count("/") == 1 and not path.startswith("/.") and not path.endswith(".py") for path in paths)


def test_no_text_of_the_page_has_two_meanings_or_one_language():
    said = [
        key
        for file in sorted((ROOT / "sim" / "app").glob("texts*.toml"))
        for key, _ in server._texts(tomllib.loads(file.read_text(encoding="utf-8")), "")
    ]
    assert len(said) == len(set(said)) == len(server.words())
    assert all(text["en"] and text["nl"] for text in server.words().values())


# --- who may connect -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost:{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://evil.example/127.0.0.1:{port}",
        "file://127.0.0.1:{port}",
    ],
)
def test_the_page_of_another_site_cannot_connect(port, origin):
    origin = origin and origin.format(port=port)
    refused = refusal(f"ws://127.0.0.1:{port}/socket", origin)
    assert refused.status_code == 403
    assert has_all_headers(refused.headers)


def test_there_is_one_place_to_connect_to(port):
    refused = refusal(f"ws://127.0.0.1:{port}/other", f"http://127.0.0.1:{port}")
    assert refused.status_code == 404
    assert has_all_headers(refused.headers)


def test_a_connection_has_the_headers_too(port):
    with Visitor(port) as visitor:
        assert has_all_headers(visitor.socket.response.headers)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST", 200),
        ("[::1]:{port}", 200),
        ("192.168.1.20:{port}", 200),
        ("care.example.org", 200),
        ("evil.example:{port}", 421),
        ("localhost.evil.example", 421),
        ("", 421),
        ("[::1", 421),
    ],
)
def test_a_name_that_somebody_else_lets_lead_here_is_not_answered(port, host, status):
    answer, _ = fetched(port, "/", host=host.format(port=port))
    assert answer.status == status and has_all_headers(answer.headers)


def test_a_page_behind_a_proxy_connects_under_its_public_name(port):
    with connect(f"ws://127.0.0.1:{port}/socket", origin="https://care.example.org", open_timeout=SOON) as line:
        line.send('{"id": 1, "ask": "hello"}')
        assert unpacked(line.recv(SOON))[0]["is"] == "hello"


# --- bounds -----------------------------------------------------------------------------------------------------


def a_place_comes_free(port):
    """Return whether somebody gets in, once the server has noticed that somebody else left."""
    for _ in range(600):
        with suppress(ConnectionClosed), Visitor(port) as visitor:
            if visitor.ask(1, ask="hello")[0]["is"] == "hello":
                return True
        time.sleep(0.05)
    return False


def test_who_comes_when_all_places_are_taken_is_told_so_and_gets_the_next_free_one():
    with served(sessions=2) as port, Visitor(port) as one:
        with Visitor(port) as two:
            assert one.ask(1, ask="hello") and two.ask(1, ask="hello")
            with Visitor(port) as three:
                code, heard = closed_with(three)
            assert code == 1013 and heard["why"] == "full" and heard["en"] and heard["nl"]
        assert a_place_comes_free(port)


def test_who_asks_too_fast_is_let_go():
    with served(a_second=1.0, at_once=5) as port, Visitor(port) as visitor:
        with pytest.raises(ConnectionClosed) as end:
            for number in range(1000):
                visitor.ask(number, ask="hello")
        assert end.value.rcvd.code == 1008


def test_a_pace_is_borne_in_the_long_run_and_a_burst_once():
    pace = Pace(Limits(a_second=2.0, at_once=3), now=0.0)
    assert [pace.bears(0.0) for _ in range(4)] == [True, True, True, False]
    pace = Pace(Limits(a_second=2.0, at_once=3), now=0.0)
    assert all(pace.bears(0.5 * step) for step in range(1000))
    assert not all(pace.bears(500 + 0.4 * step) for step in range(100))


def test_who_asks_nothing_for_long_is_let_go():
    with served(idle=0.2) as port, Visitor(port) as visitor:
        code, heard = closed_with(visitor)
    assert code == 4000 and heard["why"] == "idle"


def test_a_visitor_who_never_reads_holds_up_nobody_else_and_is_let_go():
    with served(sessions=2, workers=2, sending=0.5) as port:
        lazy = hand_shaken(port)
        try:
            for number in range(60):
                lazy.sendall(masked(json.dumps({"id": number, "ask": "open", "worlds": {**TWO, "days": 728}}).encode()))
        except OSError:
            pass  # let go already
        with Visitor(port) as visitor:
            assert [visitor.ask(n, ask="open", worlds=TWO)[0]["is"] for n in range(5)] == ["open"] * 5
            assert a_place_comes_free(port)
        lazy.close()


def hand_shaken(port):
    """Return a connection that nobody reads from."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(2.0)
    line.connect(("127.0.0.1", port))
    line.sendall(
        f"GET /socket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    assert b"101" in line.recv(20)
    return line


def masked(text):
    """Return a text message as a browser sends it, with a mask of zeros."""
    return b"\x81\xfe" + len(text).to_bytes(2, "big") + bytes(4) + text


def test_many_visitors_at_once_all_get_their_own_answer(port):
    def visit(seed):
        with Visitor(port) as visitor:
            return visitor.ask(seed, ask="open", worlds={**TWO, "seed": seed})

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(visit, range(8)))
    assert [(header["id"], header["seed"]) for header, _ in answers] == [(seed, seed) for seed in range(8)]
    assert len({buffers for _, buffers in answers}) == 8


def test_a_visitor_who_leaves_in_the_middle_of_an_answer_leaves_no_trace():
    with served(sessions=1) as port:
        for _ in range(5):
            line = hand_shaken(port)
            line.sendall(masked(json.dumps({"id": 1, "ask": "open", "worlds": TWO}).encode()))
            line.close()
        assert a_place_comes_free(port)


# --- the command -------------------------------------------------------------------------------------------------


def test_where_a_port_is_taken_there_is_another():
    with server.listening("127.0.0.1", 0) as first, server.listening("127.0.0.1", first.getsockname()[1]) as second:
        assert second.getsockname()[1] != first.getsockname()[1]


def test_an_address_that_is_not_here_is_said_in_both_languages():
    for host in ("no.such.host.invalid", "203.0.113.7", "a" * 300):
        with pytest.raises(RegieError) as mistake:
            server.listening(host, 8321)
        assert mistake.value.said.nl != mistake.value.said.en


@pytest.mark.parametrize(
    ("host", "loopback", "address"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:{port}/"),
        ("localhost", True, "http://localhost:{port}/"),
        ("0.0.0.0", False, "http://127.0.0.1:{port}/"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host, loopback, address):
    assert server.is_loopback(host) is loopback
    with server.listening(host, 0) as bound:
        assert server.address_of(bound, host) == address.format(port=bound.getsockname()[1])


@pytest.fixture
def unserved(monkeypatch):
    """Let the command end where the server would begin; give what it opened in a browser."""
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr(server, "warm_up", lambda: None)
    monkeypatch.setattr("sim.cli._compile", lambda *_: None)

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "serve", interrupted)
    return opened


def test_the_command_says_where_the_page_is_and_ends_in_peace(unserved):
    done = CliRunner().invoke(main, ["app", "--no-browser", "--lang", "en"])
    assert done.exit_code == 0 and not unserved
    assert "The page is at http://127.0.0.1:" in done.stderr and "The app has ended." in done.stderr
    assert "Warning" not in done.stderr


def test_the_browser_is_opened_unless_told_not_to(unserved):
    CliRunner().invoke(main, ["app"])
    assert len(unserved) == 1 and unserved[0].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(("language", "says"), [("en", "Warning"), ("nl", "Waarschuwing")])
def test_letting_others_in_is_warned_of(unserved, language, says):
    done = CliRunner().invoke(main, ["app", "--host", "0.0.0.0", "--no-browser", "--lang", language])
    assert done.exit_code == 0 and says in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--port", "0"], "--port"), (["--port", "x"], "--port"), (["--host", "no.such.host.invalid"], "no.such.host")],
)
def test_a_mistake_is_a_sentence(unserved, words, says):
    done = CliRunner().invoke(main, ["app", *words])
    assert done.exit_code == 2 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as on POSIX")
def test_a_real_one_serves_is_silent_about_visitors_and_ends_with_ctrl_c(tmp_path):
    known = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "sim.cli", "app", "--no-browser"]
    child = subprocess.Popen(
        command, cwd=tmp_path, env=known, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    said = []
    try:
        for line in child.stderr:
            said.append(line)
            if "http://" in line:
                break
        port = int(said[-1].split("127.0.0.1:")[1].split("/")[0])
        with urlopen(f"http://127.0.0.1:{port}/", timeout=SOON) as page:
            assert page.status == 200
        with Visitor(port) as visitor:
            visitor.send("nonsense")
            assert visitor.answer()[0]["is"] == "mistake"
            assert visitor.ask(1, ask="open", worlds=TWO)[0]["is"] == "open"
        assert refusal(f"ws://127.0.0.1:{port}/socket", "http://evil.example").status_code == 403
        fetched(port, "/..%2fetc")
        with Visitor(port):  # still there when it ends
            child.send_signal(signal.SIGINT)
            out, rest = child.communicate(timeout=60)
    finally:
        child.kill()
    assert child.returncode == 0 and out == "" and rest == "The app has ended.\n"
    assert not list(tmp_path.iterdir())


# --- in a browser ------------------------------------------------------------------------------------------------

ASKED_IN_A_PAGE = """async ([worlds, client]) => {
  const { SocketModel } = await import("/socket.js");
  const { Asking } = await import("/asking.js");
  const { decode } = await import("/decode.js");
  const model = new SocketModel(new URL("/socket", document.baseURI));
  const asking = new Asking(model);
  const lost = new Promise((resolve) => { asking.onlost = resolve; });
  const [hello, opened] = await Promise.all([asking.ask({ ask: "hello" }), asking.ask({ ask: "open", worlds })]);
  const tables = decode(opened.content, opened.buffers);
  const sum = (column) => column.reduce((total, value) => total + value, 0);
  const road = await asking.ask({ ask: "road", who: { kind: "person", id: client }, language: "en" });
  const nothing = await asking.ask({ ask: "nothing" });
  model.close();
  const late = await lost;
  const again = await asking.ask({ ask: "data" });
  return { hello: hello.content.is, days: opened.content.days, waiting: sum(tables["0.weeks"].waiting),
    starts: sum(tables["1.stays"].start), road: road.content.is, nothing: nothing.content.is, late: late.why,
    again: again.content.is };
}"""


@pytest.mark.slow
@needs_browser
def test_a_page_asks_and_decodes_over_its_transport(port):
    there = columns(Session().handle({"ask": "open", "worlds": TWO}))
    row = int(np.argmax(there["1.people", "arrival"] >= 0))
    client = int(there["1.people", "low"][row])
    with browsing() as browser:
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{port}/")
        found = tab.evaluate(ASKED_IN_A_PAGE, [TWO, client])
    assert found == {
        "hello": "hello",
        "days": TWO["days"],
        "waiting": there["0.weeks", "waiting"].sum(),
        "starts": there["1.stays", "start"].sum(dtype=int),
        "road": "road",
        "nothing": "mistake",
        "late": "lost",
        "again": "mistake",
    }
