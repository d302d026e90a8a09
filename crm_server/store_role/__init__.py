"""A store's own server: it mirrors the centre, grants uses while that is silent, carries lanes' entries there."""
