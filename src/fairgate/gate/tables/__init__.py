"""Lists of the gate."""
