"""Working better together without lowering the standard: interviews and commitments."""
