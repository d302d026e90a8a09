"""The centre: enrols lanes, grants uses, stores every signed fact, and ships data that lanes can trust alone."""
