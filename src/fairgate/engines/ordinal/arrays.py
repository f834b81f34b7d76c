"""The array types of this engine."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]  # an index into names or levels; -1 is missing where that is allowed
Places = NDArray[np.integer[Any]]  # an index into another array
Amounts = NDArray[np.float64]
Flags = NDArray[np.bool_]
