"""The room's sentences, as pure functions that are handed the translations."""
