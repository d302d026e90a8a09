"""POS Client: redeems member and coupon codes at a counter, offline first."""
