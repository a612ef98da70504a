"""Who did what, when: one row for each command, with names of changed fields, never values."""
