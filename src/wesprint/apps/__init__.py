"""The rooms of the house, one Django app each, all of one shape."""
