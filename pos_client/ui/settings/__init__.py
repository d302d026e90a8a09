"""C12: what works at this counter, what does not, and how a clerk mends it."""
