"""One command at a time in a folder: of a sweep, or of what is finished of a comparison.

A hidden file in it is locked. The system lets go of the lock when the process ends, however it ends. The file stays:
were it taken away, one command could lock the old file and another the new one.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

NAME = ".lock"
_PATIENCE = 0.5  # seconds: who only looks whether it is locked holds it for a moment too

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, shared: bool = False) -> None:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError as mistake:
            raise BlockingIOError(mistake.errno, mistake.strerror) from None

else:
    import fcntl

    def _lock(file: IO[bytes], *, shared: bool = False) -> None:
        """Lock a file.

        Raises:
            BlockingIOError: Somebody else has.
            OSError: Files cannot be locked there.
        """
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


class Lock:
    """Keeps a folder for one command, until it is let go of or the process ends.

    Some file systems of clusters cannot lock files. Nobody can be refused there, so nobody may be disturbed either.

    Attributes:
        held: Whether nobody else can work in the folder; False where files cannot be locked.
    """

    def __init__(self, folder: Path) -> None:
        """Lock the folder, where that can be done.

        Raises:
            BlockingIOError: Another command works in it.
            OSError: It cannot be written.
        """
        self._file = (folder / NAME).open("ab")
        try:
            self.held = self._locked()
        except BlockingIOError:
            self._file.close()
            raise

    def _locked(self) -> bool:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                _lock(self._file)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
                time.sleep(_PATIENCE / 20)
            except OSError:
                return False
            else:
                return True

    def let_go(self) -> None:
        """Let others work in it."""
        self._file.close()


def locked(folder: Path) -> bool:
    """Return whether a command works in a folder, as far as can be seen."""
    with suppress(OSError), (folder / NAME).open("rb") as file:
        try:
            _lock(file, shared=True)
        except BlockingIOError:
            return True
    return False
