"""What the ledger knows of anybody: an opaque id and a salt. Names live in `people`."""
