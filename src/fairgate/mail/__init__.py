"""Letters on their way out, with retries."""
