"""Results and scenarios as plain sentences and tables: pure functions, handed the translations. Pages, paper and the command
line share them."""
