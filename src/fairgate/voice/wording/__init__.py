"""What the room says. Pure functions, given the translations to speak with."""
