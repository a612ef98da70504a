"""Questions about orders, parts and hours, each with a fixed number of queries."""
