"""The array types of this engine, and the sum by code that they are used with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]  # an index into a tuple of names; -1 is missing
Places = NDArray[np.integer[Any]]  # an index into another array
Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]


def sums(amounts: NDArray[Any], code: Places, size: int) -> Amounts:
    """Amounts added up by code, ``float64[size]``; codes are ``0..size-1``."""
    return np.bincount(code, weights=amounts, minlength=size).astype(np.float64, copy=False)
