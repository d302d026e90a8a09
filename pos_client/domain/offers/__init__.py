"""Offers are data: conditions, effects, stacking and offline policy, evaluated the same way on lane and server."""
