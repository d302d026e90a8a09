"""The figures of a day on one screen: tiles, four charts, and each chart as a table."""
