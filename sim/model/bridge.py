"""How compiled code reads a ``State``: as one address, from which every table is found.

Handing twenty tables from function to function, each an array with its owner, pointer, shape and strides, makes
compiling five times and running twenty times slower than handing over one address (docs/performance.md). So a
``State`` is, to compiled code, the address of a list of (where a table begins, how many rows it has), and
``S.worker`` an array made on the spot from two numbers of that list. They do not change while a call lasts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import make_array, populate_array
from numba.np.numpy_support import from_dtype

from sim.model.state import TABLES, State

ARRAYS = {
    name: types.Array(from_dtype(np.zeros(0, dtype).view(np.recarray).dtype), 1, "C") for name, dtype in TABLES.items()
}
NUMBERS = {name: number for number, name in enumerate(TABLES)}


class StateType(types.Type):
    """The type of a ``State`` in compiled code."""

    def __init__(self) -> None:
        """There is one such type."""
        super().__init__(name="State")


STATE = StateType()


@typeof_impl.register(State)
def _typeof_state(_value: State, _context: Any) -> StateType:
    return STATE


register_model(StateType)(models.OpaqueModel)


@unbox(StateType)
def _unbox_state(_type: StateType, state: Any, c: Any) -> NativeValue:
    """Take the address of the list of addresses out of the array ``state.address``."""
    address = c.pyapi.object_getattr_string(state, "address")
    array = c.pyapi.to_native_value(types.Array(types.int64, 1, "C"), address)
    data = make_array(types.Array(types.int64, 1, "C"))(c.context, c.builder, array.value).data
    pointer = c.builder.bitcast(data, cgutils.voidptr_t)
    c.pyapi.decref(address)
    if array.cleanup is not None:
        array.cleanup()
    return NativeValue(pointer)


@infer_getattr
class _Tables(AttributeTemplate):
    key = StateType

    def generic_resolve(self, _type: StateType, name: str) -> Any:
        return ARRAYS.get(name)


@lower_getattr_generic(StateType)
def _read_table(context: Any, builder: Any, _type: StateType, value: Any, name: str) -> Any:
    numbers = builder.bitcast(value, ir.IntType(64).as_pointer())
    array_type = ARRAYS[name]
    begin, rows = (_constant_load(builder, numbers, 2 * NUMBERS[name] + i) for i in (0, 1))
    array = make_array(array_type)(context, builder)
    item = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    size = context.get_constant(types.intp, item)
    populate_array(
        array,
        data=builder.inttoptr(begin, array.data.type),
        shape=[rows],
        strides=[size],
        itemsize=size,
        meminfo=None,
        parent=None,
    )
    return array._getvalue()


def _constant_load(builder: Any, numbers: Any, number: int) -> Any:
    """Load a number that does not change during the call; told so, the compiler loads it once."""
    loaded = builder.load(builder.gep(numbers, [ir.Constant(ir.IntType(64), number)]))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded
