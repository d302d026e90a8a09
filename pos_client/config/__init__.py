"""What belongs to this machine and not to the trade: paths, settings, keys, clocks, logs, words."""
