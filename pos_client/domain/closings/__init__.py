"""The end of a day as figures: what a range of entries adds up to, where two books differ, and the one cause why.

Apart from the journal because lane and centre reckon with this same code, each from its own copy of the bytes.
"""
