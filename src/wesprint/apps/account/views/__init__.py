"""Pages of one's own account, of the shared tablet, and of the office."""
