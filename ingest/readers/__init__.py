"""One reader for each file format: bytes become Pages of Lines."""
