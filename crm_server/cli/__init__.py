"""Commands of the centre, one file each; every one prints one JSON document on stdout where ``--json`` asks for it."""
