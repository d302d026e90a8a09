"""A believable shop to try everything with: a household-care brand, its stores, lanes, people and campaigns."""
