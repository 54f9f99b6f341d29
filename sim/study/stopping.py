"""Ctrl-C and SIGTERM, heard at the right moment: what is finished is kept, what is being written gets written."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Literal

_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")
Moment = Literal["before", "computing", "writing"]


class Stopping:
    """Listens to signals while it is in force.

    Before the computing starts, a signal ends the program. While computing, the first one sets ``event`` and the
    second ends the program at once. While writing, a signal is only remembered.

    Attributes:
        event: Set once somebody asked to stop.
        number: The signal heard; 0 where there was none.
    """

    def __init__(self, on_first: Callable[[], None], on_second: Callable[[], None]) -> None:
        """Say what to do on the first signal (a word to the user) and the second (tidy up) while computing."""
        self.event = threading.Event()
        self.number = 0
        self._moment: Moment = "before"
        self._on_first, self._on_second = on_first, on_second

    @property
    def exit_code(self) -> int:
        """The exit code that says which signal ended the program: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.number if self.number else 0

    @contextmanager
    def listening(self) -> Iterator[Stopping]:
        """Listen to signals; only the main thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        before = [(number, signal.signal(number, self._heard)) for number in numbers]
        try:
            yield self
        finally:
            for number, handler in before:
                signal.signal(number, handler if handler is not None else signal.SIG_DFL)

    @contextmanager
    def moment(self, moment: Moment) -> Iterator[None]:
        """Say what is being done now."""
        before, self._moment = self._moment, moment
        try:
            yield
        finally:
            self._moment = before

    def _heard(self, number: int, _: FrameType | None) -> Any:
        again, self.number = bool(self.number), number
        if self._moment == "before":
            raise KeyboardInterrupt
        if self._moment == "computing":
            if again:
                self._on_second()
                os._exit(self.exit_code)
            self.event.set()
            self._on_first()
