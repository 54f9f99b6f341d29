"""What is finished of a comparison that is not: kept beside its place, so that the same command goes on.

It lies in a hidden folder whose name is made from all that decides a world. So a command that asks for the same worlds
finds it, whatever ended the earlier one, and also one that asks for more of them. It goes when the comparison is whole.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from sim.errors import RegieError
from sim.study.lock import Lock
from sim.study.planning import Plan
from sim.study.store import Store


class Unfinished(Store):
    """The store of a comparison on its way.

    Attributes:
        found: Worlds that were finished earlier.
    """

    def __init__(self, place: Path, whole: int) -> None:
        """Open the folder and lock it.

        Raises:
            RegieError: It cannot be written.
            BlockingIOError: Another command works in it.
        """
        super().__init__(place, whole)
        self._lock = Lock(place)
        self.found = sum(1 for _ in place.glob("*.npz"))

    def let_go(self) -> None:
        """Leave it for a later command; where nothing is in it, leave nothing."""
        self._lock.let_go()
        if not any(self.place.glob("*.npz")):
            self.forget()

    def forget(self) -> None:
        """Remove it: all is written elsewhere."""
        self._lock.let_go()
        shutil.rmtree(self.place, ignore_errors=True)


def unfinished(what: Plan, beside: Path) -> Unfinished | None:
    """Return what is finished of a plan; None where nothing can be kept there.

    Args:
        what: The plan.
        beside: Folder in which the result will stand. A second command that asks the same at the same time gets a
            store of its own.
    """
    for number in count(1):
        place = beside / f".unfinished-{what.key[:16]}{'' if number == 1 else f'-{number}'}"
        try:
            return Unfinished(place, what.whole)
        except BlockingIOError:
            continue
        except (RegieError, OSError):
            break
    return None
