"""An attacker who has everything but the period's key tries to find out who said what.

`world` makes periods with the program's own actions; `loot` is what the attacker holds: every table with its hidden columns
(row numbers, page positions, transaction ids) before and after closing, and every byte of the data folder, write-ahead log,
outbox, sessions, ledger and logs included. `clues` makes every order of people and every order of ballots out of that, and
every value that stands on both sides. `guessing` pairs people with ballots within each cell, by every pair of orders and by
every equal value, and compares with drawing at random.

Nobody told the attacker which clue is good: columns that a later version adds are tried too.
"""
