"""The clerk's window: the only room that knows Qt."""
