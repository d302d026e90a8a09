"""C11: every deed of this lane, found by a few characters."""
