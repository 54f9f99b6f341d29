"""Compiles behaviours once and keeps the machine code between sessions.

Numba's own cache looks at the file of the function it compiled; it does not notice that a function *called from
there*, in another file, was edited. So the cache lives in a folder whose name is a hash of all sources of the model:
whatever rule changes, the old code is out of reach.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import platformdirs
from llvmlite.binding import get_host_cpu_name
from numba.core.dispatcher import Dispatcher

from sim.files import hash_of

Behaviour = TypeVar("Behaviour", bound=Callable[..., Any])

CACHES_KEPT = 8
OURS = re.compile(r"[0-9a-f]{16}-py\d+-numba[\w.+]+-[0-9a-f]{8}")  # names of caches
_TYPES = {"int": numba.types.int64, "float": numba.types.float64, "bool": numba.types.boolean}


def behaviour(function: Behaviour) -> Behaviour:
    """Compile a plain function of ``(S, row, ..., day)``; calls release Python's lock.

    With ``NUMBA_DISABLE_JIT=1`` in the environment the function stays plain Python and gives the same bits.
    """
    with _cache_folder_in_force():
        compiled = numba.njit(function, cache=cache_folder() is not None, nogil=True, no_cfunc_wrapper=True)
    if isinstance(compiled, Dispatcher):
        _compile_as_annotated(compiled)
    return cast(Behaviour, compiled)


def _compile_as_annotated(compiled: Any) -> None:
    """Let a function be compiled for the types it is annotated with, once.

    Numba would compile it anew for each constant (``schedule_need(S, n, SEEK, day)``) and each width of integer it is
    called with: 330 times instead of 160 for this model.
    """
    annotations = compiled.py_func.__annotations__
    declared = [_TYPES.get(annotations.get(name)) for name in compiled.py_func.__code__.co_varnames]
    compile_for = compiled.compile

    def compile_as_annotated(types_given: tuple[Any, ...]) -> Any:
        types = (own or given for own, given in zip(declared, types_given, strict=False))
        return compile_for(tuple(numba.types.unliteral(type) for type in types))

    compiled.compile = compile_as_annotated


def is_compiled() -> bool:
    """Return whether all machine code that a run of this very model needs is already on disk."""
    marker = _marker()
    return bool(numba.config.DISABLE_JIT) or (marker is not None and marker.exists())


def remember_compiled() -> None:
    """Write down that all that a run needs is compiled; whoever compiled it says so when that is done."""
    marker = _marker()
    if marker is not None and not numba.config.DISABLE_JIT:
        with suppress(OSError):  # then it is compiled, or looked up, once more
            marker.touch()


def _marker() -> Path | None:
    """Return the file that says so, for this kind of processor; None where no folder can be written."""
    folder = cache_folder()
    return folder and folder / f"compiled-{get_host_cpu_name()}"


@cache
def cache_folder() -> Path | None:
    """Return the folder of the compiled model, or None where no folder can be written.

    ``REGIE_CACHE_DIR`` names another place than the user's cache folder.
    """
    places = [os.environ.get("REGIE_CACHE_DIR"), platformdirs.user_cache_dir("regie", appauthor=False)]
    for place in (Path(place) for place in places if place):
        folder = place / f"{model_version()}-{_machinery()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            continue
        _forget_old(place, folder)
        return folder
    return None


@cache
def model_version() -> str:
    """Return a hash of all sources of the model and its parameters; results of two versions are never mixed."""
    return hash_of(_sources())[:16]


def _sources() -> list[Path]:
    package = Path(__file__).parents[1]
    return sorted([*(package / "model").glob("*.py"), *(package / "scenario").glob("parameters.*")])


def _machinery() -> str:
    """Name what else machine code depends on: Python, numba, and where and when the sources were put there.

    Numba takes no code that it compiled from the same sources in another place or before they were written again.
    """
    there = ";".join(f"{source}:{source.stat().st_mtime_ns}" for source in _sources())
    place = hashlib.sha256(there.encode()).hexdigest()[:8]
    return f"py{sys.version_info.major}{sys.version_info.minor}-numba{numba.__version__}-{place}"


def _forget_old(place: Path, current: Path) -> None:
    """Keep the caches used last; a folder that vanishes meanwhile is somebody else's tidying."""
    os.utime(current)
    folders = [folder for folder in place.iterdir() if OURS.fullmatch(folder.name) and folder != current]
    folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[CACHES_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


class _cache_folder_in_force:  # noqa: N801 - reads as a phrase in a with statement
    """Point numba to our folder while a function of ours is decorated, and back: others keep their own."""

    def __enter__(self) -> None:
        self.before = numba.config.CACHE_DIR
        if folder := cache_folder():
            numba.config.CACHE_DIR = str(folder)

    def __exit__(self, *_: object) -> None:
        numba.config.CACHE_DIR = self.before
