"""C6: a new member is bound, the clerk's side and the customer's."""
