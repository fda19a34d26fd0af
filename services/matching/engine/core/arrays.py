"""How arrays are spelt in signatures."""

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = TypeVar("Kind", bound=np.generic)
Array: TypeAlias = NDArray[Kind]
I32: TypeAlias = np.int32
I64: TypeAlias = np.int64
U8: TypeAlias = np.uint8
U16: TypeAlias = np.uint16
U32: TypeAlias = np.uint32

# A signed number of 64 bits in a kernel: with unsigned ones, numba would make floats of them.
integer = cast("Callable[[Any], int]", np.int64)
