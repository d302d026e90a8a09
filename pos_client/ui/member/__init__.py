"""Finding and choosing members."""
