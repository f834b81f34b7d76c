"""What people at the plant did with the product: brought their decisions in, wrote slips, judged what the gate had caught,
linked complaints to decisions, looked again, talked with their customers and promised them something.

All of it through the actions everybody uses, by the people who may do it.
"""

import random

from fairgate.demo.everyday.asked import ask_today, write_slips
from fairgate.demo.everyday.cast import Cast
from fairgate.demo.everyday.decided import bring_decisions, decisions_by_key, install, second_looks
from fairgate.demo.everyday.judged import bring_complaints, judge_catches
from fairgate.demo.everyday.talks import talk
from fairgate.demo.plant import Plant


def live(plant: Plant) -> None:
    """Everything below, in the order it would happen."""
    cast, draw = Cast.of(plant), random.Random(plant.seed + 3)  # noqa: S311  (a demonstration, not a secret)
    install(cast)
    bring_decisions(cast)
    known = decisions_by_key()
    second_looks(cast, known)
    judge_catches(cast, known, draw)
    bring_complaints(cast, known)
    write_slips(cast, known)
    ask_today(cast)
    talk(cast)
