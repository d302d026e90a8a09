"""What the till does: one module per deed, and the ports through which a deed reaches the world."""
