"""The scenarios by name, each a day or a week that a store can have."""
