"""Where one unit decides on another's work: what may be asked, what the standard says, what was decided and why, and by
when an answer was promised."""
