"""A store in a box: lanes, the store's server, the centre and a host's till, with what goes wrong between them."""
