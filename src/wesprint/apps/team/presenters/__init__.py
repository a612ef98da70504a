"""People at work as rows, tags, facts and words."""
