"""EAN-13 read by what its bars must look like out of focus, where no library finds a bar."""
