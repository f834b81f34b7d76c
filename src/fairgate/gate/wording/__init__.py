"""The sentences of the gate."""
