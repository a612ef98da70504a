"""Ways to a plan. Each takes a Problem and gives a Solution; the checker judges all alike."""
