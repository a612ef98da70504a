"""What can be asked about goods. Each selector has a fixed number of queries."""
