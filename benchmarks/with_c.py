"""The reduced model in C: compiles ``reduced.c`` with the system's compiler and calls it."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import weakref
from dataclasses import astuple
from functools import cache

import numpy as np
from reduced import HERE, VISIT, WEEKLY, Outcome, Reduced

SOURCE = HERE / "reduced.c"
LIBRARY = HERE / "build" / "reduced.so"
FLAGS = ("-O3", "-march=native", "-std=c11", "-ffp-contract=off", "-Wall", "-Wextra", "-shared", "-fPIC")


class _Reduced(ctypes.Structure):
    """The parameters in the order of the C struct."""

    _fields_ = (
        *((name, ctypes.c_int32) for name in ("zones", "days", "organisations", "workers", "slots")),
        *((name, ctypes.c_double) for name in ("arrivals_per_day", "service_days")),
    )


@cache
def library() -> ctypes.CDLL:
    """Compile where the source is newer, load, and declare the functions.

    Raises:
        FileNotFoundError: There is no C compiler.
        subprocess.CalledProcessError: The compiler refuses.
    """
    if not LIBRARY.exists() or LIBRARY.stat().st_mtime < SOURCE.stat().st_mtime:
        compile_twin()
    lib = ctypes.CDLL(str(LIBRARY))
    lib.draw.restype, lib.draw.argtypes = ctypes.c_double, (ctypes.c_uint64,) * 2 + (ctypes.c_uint32,) * 2
    lib.reduced_run.restype, lib.reduced_run.argtypes = ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_uint64)
    lib.reduced_visits.restype, lib.reduced_visits.argtypes = ctypes.c_void_p, (ctypes.c_void_p,) * 2
    lib.reduced_weekly.restype, lib.reduced_weekly.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    lib.reduced_release.restype, lib.reduced_release.argtypes = None, (ctypes.c_void_p,)
    return lib


def compile_twin() -> None:
    """Compile ``reduced.c`` into ``build/``."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("no C compiler: the command 'cc' was not found")
    LIBRARY.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, *FLAGS, str(SOURCE), "-o", str(LIBRARY), "-lm"], check=True)


def simulate(model: Reduced, seed: int) -> Outcome:
    """Run the reduced model and return visits and weekly counts, both in the memory of the C twin."""
    lib = library()
    world = lib.reduced_run(ctypes.byref(_Reduced(*astuple(model))), seed)
    memory = _Memory(lib, world)
    count = ctypes.c_int64()
    visits = memory.view(lib.reduced_visits(world, ctypes.byref(count)), count.value, VISIT)
    shape = (model.days // 7, model.organisations, len(WEEKLY))
    weekly = memory.view(lib.reduced_weekly(world), int(np.prod(shape)), np.dtype(np.int64))
    return Outcome(visits, weekly.reshape(shape))


class _Memory:
    """Memory of one run, given back when no array looks at it any more."""

    def __init__(self, lib: ctypes.CDLL, world: int) -> None:
        weakref.finalize(self, lib.reduced_release, world)

    def view(self, address: int, count: int, dtype: np.dtype) -> np.ndarray:
        """Return an array that looks at the C memory and keeps it alive."""
        window = (ctypes.c_byte * (count * dtype.itemsize)).from_address(address)
        window.memory = self
        return np.frombuffer(window, dtype=dtype)
