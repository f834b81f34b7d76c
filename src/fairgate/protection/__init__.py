"""What the gate caught, what it let out, and what it stopped needlessly: counted from records, both ways."""
