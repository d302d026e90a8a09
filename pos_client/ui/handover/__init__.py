"""C7: prizes and samples change hands."""
