"""Two invented organisations, seeded, made through the actions everybody uses. What is planted in them is listed in
docs/reference/demonstrations.md, and the tests find it again."""
