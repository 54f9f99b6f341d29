"""Writing files whole or not at all, and saying why where that cannot be done."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sim.errors import SILENT, RegieError, Said, say

_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.ENOENT: "no folder for",
    errno.ENAMETOOLONG: "long name",
}


def hash_of(files: Iterable[Path]) -> str:
    """Return a hash of the names and contents of files, in their order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@contextmanager
def atomically(path: Path) -> Iterator[IO[bytes]]:
    """Open ``path`` for writing bytes; the file appears, complete, only when the block ends well.

    It is on disk then, its name included: a power cut does not take it away.

    Raises:
        RegieError: The folder does not exist or cannot be written, or the disk is full.
    """
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as mistake:
        raise cannot_write(path, mistake) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        flush(path.parent)
    except BaseException as mistake:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(mistake, OSError):
            raise cannot_write(path, mistake) from None
        raise


def flush(path: Path) -> None:
    """Wait until a file or folder is on disk; where the system cannot do that for a folder, go on."""
    if path.is_dir() and (os.name == "nt" or not os.access(path, os.R_OK)):
        return
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as mistake:
        if mistake.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def cannot_write(path: Path, mistake: OSError, how: Said = SILENT) -> RegieError:
    """Return what the disk said as a sentence.

    Args:
        path: What was to be written.
        mistake: What the system said.
        how: How another folder is chosen, such as " with --out".
    """
    key = _REASONS.get(mistake.errno or 0, "unwritable")
    return RegieError(say(key, path=path, how=how, reason=mistake.strerror or mistake))
