"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sim.errors import RegieError


@contextmanager
def atomically(path: Path) -> Iterator[IO[bytes]]:
    """Open ``path`` for writing bytes; the file appears, complete, only when the block ends well.

    Raises:
        RegieError: The folder does not exist or cannot be written, or the disk is full.
    """
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as mistake:
        raise _cannot_write(path, mistake) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException as mistake:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(mistake, OSError):
            raise _cannot_write(path, mistake) from None
        raise


def _cannot_write(path: Path, mistake: OSError) -> RegieError:
    return RegieError(
        f"Cannot write '{path}': {mistake.strerror or mistake}. Choose a folder you may write to, with enough room."
    )
