"""A task as bytes: packed once where it is made, unpacked once where it is lived."""

from __future__ import annotations

import sys
import sysconfig
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache, partial
from inspect import unwrap
from pathlib import Path
from types import ModuleType
from typing import Any

import cloudpickle

from sim.errors import RegieError
from sim.sweeps.living import Task
from sim.sweeps.sentences import say

_INSTALLED = tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib"))


def pack(task: Task) -> bytes:
    """Return a task as bytes, with the source of what is the user's own in it.

    What is lived is then what was checked here, wherever it is unpacked, and also if a file is edited meanwhile.

    Raises:
        RegieError: Something of the user's cannot be sent, such as an open file.
    """
    with ExitStack() as stack:
        for module in set(_own_modules(task)):
            cloudpickle.register_pickle_by_value(module)
            stack.callback(cloudpickle.unregister_pickle_by_value, module)
        try:
            return zlib.compress(cloudpickle.dumps(task))
        except Exception as mistake:  # whatever the user's own objects say about it
            raise RegieError(say("not sent", reason=mistake)) from None


@lru_cache(maxsize=2)
def unpack(packed: bytes) -> Task:
    """Return the task in some bytes; the last ones are kept."""
    task: Task = cloudpickle.loads(zlib.decompress(packed))
    return task


def _own_modules(task: Task) -> Iterator[ModuleType]:
    """Yield the modules of what is the user's own, unless they are installed as packages are."""
    for own in (*task.outcomes.values(), task.network):
        module = sys.modules.get(_module_of(own))
        file = getattr(module, "__file__", None)
        if module is None or file is None or module.__name__.partition(".")[0] in ("sim", "__main__"):
            continue
        if not any(Path(file).is_relative_to(place) for place in _INSTALLED):
            yield module


def _module_of(own: Any) -> str:
    while isinstance(own, partial):
        own = own.func
    return getattr(unwrap(own), "__module__", None) or "" if own is not None else ""
