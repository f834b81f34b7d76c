"""The fair score of a gate, its guardrails always beside it, and the agreement without which there is none."""
