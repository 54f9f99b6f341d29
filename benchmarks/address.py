"""What ``sim/model/bridge.py`` does for a ``State``, for the tables of ``with_idioms.py``: hand over one address."""

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


class TablesType(types.Type):
    """Tables by name, known to compiled code by the address of a list of (where each begins, how many rows it has)."""

    def __init__(self, tables: dict[str, np.dtype]) -> None:
        """Know the tables by their names and the types of their rows."""
        super().__init__(name=f"tables {', '.join(tables)}")
        rows = {name: from_dtype(np.zeros(0, dtype).view(np.recarray).dtype) for name, dtype in tables.items()}
        self.arrays = {name: types.Array(row, 1, "C") for name, row in rows.items()}
        self.numbers = {name: number for number, name in enumerate(tables)}


def hand_over_address(tables_class: type, tables: dict[str, np.dtype]) -> None:
    """Teach the compiler what an instance of ``tables_class`` is; its ``where`` is the address of the list."""
    known = TablesType(tables)
    typeof_impl.register(tables_class)(lambda _value, _context: known)


register_model(TablesType)(models.OpaqueModel)


@unbox(TablesType)
def _take_address(_type: TablesType, tables: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(tables, "where")
    address = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(address)


@infer_getattr
class _Tables(AttributeTemplate):
    key = TablesType

    def generic_resolve(self, tables: TablesType, name: str) -> Any:
        return tables.arrays.get(name)


@lower_getattr_generic(TablesType)
def _read_table(context: Any, builder: Any, tables: TablesType, address: Any, name: str) -> Any:
    numbers = builder.bitcast(address, ir.IntType(64).as_pointer())
    first = 2 * tables.numbers[name]
    begin, rows = (_constant_load(builder, numbers, number) for number in (first, first + 1))
    array = make_array(tables.arrays[name])(context, builder)
    size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(tables.arrays[name].dtype)))
    data = builder.inttoptr(begin, array.data.type)
    populate_array(array, data=data, shape=[rows], strides=[size], itemsize=size, meminfo=None, parent=None)
    return array._getvalue()


def _constant_load(builder: Any, numbers: Any, number: int) -> Any:
    """Load a number that does not change during the call; told so, the compiler loads it once."""
    loaded = builder.load(builder.gep(numbers, [cgutils.intp_t(number)]))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded
