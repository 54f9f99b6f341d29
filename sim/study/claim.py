"""Hidden folders in the making: claimed by the process that fills them, swept up once that is gone.

The claim is a locked file in the folder. The system lets go of the lock when the process ends, however it ends, so a
folder whose file can be locked was left behind. Where files cannot be locked nothing is claimed and nothing swept.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

MARK = "in-the-making"
ENDING = ".part"

if sys.platform == "win32":

    def _lock(file: IO[str]) -> None:
        raise OSError("files are not locked here")

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Claim:
    """A claim on a folder, for as long as this process lives or until it is given up."""

    def __init__(self, folder: Path) -> None:
        """Claim ``folder``, where files can be locked."""
        self._mark, self._new = folder / MARK, folder / f"{MARK}.new"
        self._file: IO[str] | None = None
        with suppress(OSError):
            self._file = self._new.open("w", encoding="utf-8")
            self._file.write(platform.node())
            self._file.flush()
            _lock(self._file)
            self._new.rename(self._mark)  # it gets its name last: nobody ever sees it unlocked

    def give_up(self) -> None:
        """Take the mark away: a folder without one is never swept."""
        for path in (self._mark, self._new):
            with suppress(OSError):
                path.unlink()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()


def hidden_name(name: str) -> str:
    """Return a name for the hidden folder of what will be called ``name``."""
    return f".{name}.{os.getpid()}{ENDING}"


def sweep(*places: Path) -> None:
    """Remove the hidden folders in ``places`` that a process of this computer left behind when it was killed."""
    for place in places:
        with suppress(OSError):
            for folder in place.glob(f".*{ENDING}"):
                _remove_if_left(folder)


def _remove_if_left(folder: Path) -> None:
    with suppress(OSError), (folder / MARK).open("r+", encoding="utf-8") as mark:
        if mark.read() == platform.node():  # a lock of another computer may not be seen here
            _lock(mark)
            shutil.rmtree(folder, ignore_errors=True)
