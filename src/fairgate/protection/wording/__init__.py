"""The sentences of the room: pure functions that are handed the translations."""
