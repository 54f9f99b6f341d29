"""Visitors, each with a session of their own: who may come in, whose turn it is, and who is let go.

A visitor has at most one question under way, and beside it one about worlds that are there already: a road, a reason, a
replication of the band. The others wait, and the oldest goes first, but a replication of the band only when nothing
else waits, and none of these while worlds are being opened. So nobody takes more than these turns at a time, however
fast they ask, whoever moves a lever does not wait for what was asked before, and whoever does not read their answers
holds up nobody but themselves.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.app import wire
from sim.app.limits import Limits, Pace, say
from sim.app.session import Session
from sim.app.wire import Question
from sim.errors import RegieError

CODES = {"full": 1013, "idle": 4000, "fast": 1008, "binary": 1003, "slow": 1008}
"""Why a connection is closed: codes of the protocol, and one of our own."""

BESIDE = ("road", "why", "band")  # questions that are answered beside the others
QUICK_WORKERS = 2  # for what is only looked up


class LetGo(Exception):  # noqa: N818 - no mistake of ours
    """A visitor is let go; the argument says why, as in `CODES`."""


class Visits:
    """All visitors of a server."""

    def __init__(self, limits: Limits) -> None:
        """Begin with an empty house."""
        self.limits = limits
        self.here = 0
        self._sessions: set[Session] = set()
        self._living = ThreadPoolExecutor(limits.workers, "worlds")
        self._looking_up = ThreadPoolExecutor(QUICK_WORKERS, "answers")
        # A worker is always left for who moves a lever.
        self._beside = ThreadPoolExecutor(max(1, limits.workers - 1), "beside")
        # Bands come in numbers, and nobody waits for each of them: they queue here and not before a road.
        self._bands = asyncio.Semaphore(max(1, limits.workers - 1))

    async def welcome(self, socket: WebSocket) -> None:
        """Answer a visitor until they leave or are let go."""
        await socket.accept()
        if self.here >= self.limits.sessions:
            await self._let_go(socket, "full")
            return
        self.here += 1
        try:
            await self._visit(socket)
        except LetGo as why:
            await self._let_go(socket, str(why))
        except (WebSocketDisconnect, OSError):
            pass
        finally:
            self.here -= 1

    def close(self) -> None:
        """End without waiting for worlds that nobody looks at any more."""
        for pool in (self._living, self._looking_up, self._beside):
            pool.shutdown(wait=False, cancel_futures=True)

    async def _visit(self, socket: WebSocket) -> None:
        session, opening = Session(), _Opening()
        first, beside = _Waiting(), _Waiting()
        self._sessions.add(session)
        tasks = [
            asyncio.create_task(self._listen(socket, first, beside, opening)),
            asyncio.create_task(self._answer(socket, session, first, opening)),
            asyncio.create_task(self._answer_beside(socket, session, beside, opening)),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._sessions.discard(session)
            session.leave()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _listen(self, socket: WebSocket, first: _Waiting, beside: _Waiting, opening: _Opening) -> None:
        """Take questions until the visitor leaves."""
        pace = Pace(self.limits, time.monotonic())
        while True:
            try:
                came = await asyncio.wait_for(socket.receive(), self.limits.idle)
            except TimeoutError:
                raise LetGo("idle") from None
            if came["type"] == "websocket.disconnect":
                return
            if not pace.bears(time.monotonic()):
                raise LetGo("fast")
            text = came.get("text")
            if text is None:
                raise LetGo("binary")
            try:
                asked = wire.question(text)
            except RegieError as mistake:
                await self._send(socket, wire.frame(None, wire.mistake(mistake.said)))
                continue
            if len(first) + len(beside) >= self.limits.waiting:
                await self._send(socket, wire.frame(asked.id, wire.mistake(say("busy"))))
            elif _kind(asked) in BESIDE:
                beside.add(asked)
            else:
                opening.begins(asked)
                first.add(asked)

    async def _answer(self, socket: WebSocket, session: Session, waiting: _Waiting, opening: _Opening) -> None:
        """Answer what waits, one at a time."""
        while True:
            await waiting.some()
            asked = waiting.take()
            frame = await self._turn(session, asked)
            opening.ends(asked)
            await self._send(socket, frame)

    async def _answer_beside(self, socket: WebSocket, session: Session, waiting: _Waiting, opening: _Opening) -> None:
        """Answer what waits beside the rest, one at a time, about the worlds that are there by then."""
        while True:
            await waiting.some()
            await opening.over()
            await self._send(socket, await self._turn(session, waiting.take()))

    async def _turn(self, session: Session, asked: Question) -> bytes:
        kind = _kind(asked)
        if kind == "band":
            async with self._bands:
                return await _in(self._beside, session, asked)
        if kind in BESIDE:
            return await _in(self._beside, session, asked)
        if kind == "open" and not self._has_room_for(session):
            return wire.frame(asked.id, wire.mistake(say("no room")))
        return await _in(self._living if kind == "open" else self._looking_up, session, asked)

    def _has_room_for(self, session: Session) -> bool:
        """Return whether the others leave room; so whoever is there already can go on."""
        return sum(each.size for each in self._sessions if each is not session) < self.limits.memory

    async def _send(self, socket: WebSocket, frame: bytes) -> None:
        try:
            await asyncio.wait_for(socket.send_bytes(frame), self.limits.sending)
        except TimeoutError:
            raise LetGo("slow") from None
        except RuntimeError:  # the connection was closed meanwhile
            raise WebSocketDisconnect from None

    async def _let_go(self, socket: WebSocket, why: str) -> None:
        with suppress(TimeoutError, WebSocketDisconnect, OSError, RuntimeError):
            async with asyncio.timeout(self.limits.sending if why != "slow" else 0.1):
                await socket.send_bytes(wire.farewell(why))
                await socket.close(CODES[why])


async def _in(pool: Executor, session: Session, asked: Question) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(pool, _answered, session, asked)


def _answered(session: Session, asked: Question) -> bytes:
    return wire.frame(asked.id, session.handle(asked.message))


def _kind(asked: Question) -> object:
    return asked.message.get("ask")


class _Opening:
    """Whether a visitor opens worlds just now."""

    def __init__(self) -> None:
        self._asked = 0
        self._none = asyncio.Event()
        self._none.set()

    def begins(self, asked: Question) -> None:
        if _kind(asked) == "open":
            self._asked += 1
            self._none.clear()

    def ends(self, asked: Question) -> None:
        if _kind(asked) == "open":
            self._asked -= 1
            if not self._asked:
                self._none.set()

    async def over(self) -> None:
        await self._none.wait()


class _Waiting:
    """Questions of one visitor that wait for their turn."""

    def __init__(self) -> None:
        self._questions: deque[Question] = deque()
        self._some = asyncio.Event()

    def __len__(self) -> int:
        return len(self._questions)

    def add(self, asked: Question) -> None:
        self._questions.append(asked)
        self._some.set()

    async def some(self) -> None:
        await self._some.wait()

    def take(self) -> Question:
        first = next((each for each in self._questions if _kind(each) != "band"), self._questions[0])
        self._questions.remove(first)
        if not self._questions:
            self._some.clear()
        return first
