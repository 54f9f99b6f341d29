"""Who lives the batches: threads of this process, other processes, or a cluster.

Values do not depend on it. An engine takes batches and gives futures; where its workers are lost it says so, and is
mended or given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from typing import Literal, Protocol

from sim.sweeps.factors import Floats
from sim.sweeps.living import Batch, Task, Unit

Kind = Literal["threads", "processes"]
LOST = (BrokenExecutor, CancelledError)
"""What a future raises whose worker is gone: `BrokenExecutor` where the worker ended, which a run may have brought
about; `CancelledError` where the way to it was lost, which says nothing about the run."""


class Engine(Protocol):
    """Lives batches.

    Attributes:
        workers: How many at a time.
    """

    workers: int

    def submit(self, units: Sequence[Unit], points: Floats) -> Future[Batch]:
        """Have some units lived, each at its point."""

    def mend(self, mistake: BaseException) -> None:
        """Get workers anew after they were lost; what was submitted is gone.

        Raises:
            RegieError: They do not come back.
        """

    def close(self) -> None:
        """Let workers go; what is under way is not waited for longer than it takes."""


class Threads:
    """Threads of this process: compiled runs let one another go on.

    Attributes:
        workers: How many.
    """

    def __init__(self, task: Task, workers: int) -> None:
        """Start them."""
        self.workers = workers
        self._task = task
        self._pool: Executor = ThreadPoolExecutor(workers, thread_name_prefix="regie")

    def submit(self, units: Sequence[Unit], points: Floats) -> Future[Batch]:
        """Have some units lived, each at its point."""
        return self._pool.submit(self._task.live, units, points)

    def mend(self, mistake: BaseException) -> None:
        """Threads are not lost."""
        raise mistake

    def close(self) -> None:
        """Wait for what is under way."""
        self._pool.shutdown(cancel_futures=True)
