"""House: the public page of a centre, drawn as its building cut open."""
