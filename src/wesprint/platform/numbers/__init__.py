"""Numbers that people read out: without gaps, per series, scope and year."""
