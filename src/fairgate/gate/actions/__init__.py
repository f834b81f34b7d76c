"""Everything that changes the gate."""
