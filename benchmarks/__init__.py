"""Speed as ratios: each row measures the till's work beside a floor in the same run, and is never a pass or a fail."""
