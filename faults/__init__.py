"""The fault matrix: what a lane must survive, done to the real programs, each row with its figure."""
