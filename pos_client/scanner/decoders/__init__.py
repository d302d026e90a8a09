"""One file for each decoder library behind one port; nothing else in the house knows their names for things."""
