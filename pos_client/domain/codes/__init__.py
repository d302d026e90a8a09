"""What a scanned text is: one module per family of codes, and the router that tells them apart."""
