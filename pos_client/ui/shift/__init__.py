"""Who stands at the counter, and who may allow what the rules leave to a person."""
