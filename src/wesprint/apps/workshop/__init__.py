"""Workshop: say here in two sentences what this room is for, and explain its words."""
