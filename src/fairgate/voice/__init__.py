"""People say how they were treated; nobody can find out who said what."""
