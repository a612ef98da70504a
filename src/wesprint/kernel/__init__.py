"""Words that everyone uses. Pure Python: no Django, no I/O, no hidden clock."""
