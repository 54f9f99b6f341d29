"""Visitors, each with a session of their own: who may come in, whose turn it is, and who is let go.

A visitor has at most one question under way; the others wait, and the oldest goes first, but a replication of the band
only when nothing else waits. So nobody takes more than one turn at a time, however fast they ask, and whoever does
not read their answers holds up nobody but themselves.
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

LIVED = ("open", "road", "why")  # questions for which days are lived; others are only looked up
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
        # Bands come in numbers and nobody waits for each of them: a worker is always left for who moves a lever.
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
        for pool in (self._living, self._looking_up):
            pool.shutdown(wait=False, cancel_futures=True)

    async def _visit(self, socket: WebSocket) -> None:
        waiting = _Waiting()
        both = [asyncio.create_task(task) for task in (self._listen(socket, waiting), self._answer(socket, waiting))]
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
        for task in done:
            task.result()

    async def _listen(self, socket: WebSocket, waiting: _Waiting) -> None:
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
            if len(waiting) < self.limits.waiting:
                waiting.add(asked)
            else:
                await self._send(socket, wire.frame(asked.id, wire.mistake(say("busy"))))

    async def _answer(self, socket: WebSocket, waiting: _Waiting) -> None:
        """Answer what waits, one at a time."""
        session = Session()
        self._sessions.add(session)
        try:
            while True:
                asked = await waiting.next()
                await self._send(socket, await self._turn(session, asked))
        finally:
            self._sessions.discard(session)

    async def _turn(self, session: Session, asked: Question) -> bytes:
        kind = _kind(asked)
        if kind == "band":
            async with self._bands:
                return await _in(self._living, session, asked)
        if kind == "open" and not self._has_room_for(session):
            return wire.frame(asked.id, wire.mistake(say("no room")))
        return await _in(self._living if kind in LIVED else self._looking_up, session, asked)

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

    async def next(self) -> Question:
        await self._some.wait()
        first = next((each for each in self._questions if _kind(each) != "band"), self._questions[0])
        self._questions.remove(first)
        if not self._questions:
            self._some.clear()
        return first
