"""One way to search on both databases."""
