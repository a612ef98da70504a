"""Orders, parts and figures in words."""
