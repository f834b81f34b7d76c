"""Pages about accounts: the doors, one's own account, and what stewards look after."""
