"""What can be asked of this room. Each selector has a fixed number of queries."""
