"""Coupons offered together for one purchase."""
