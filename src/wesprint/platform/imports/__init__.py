"""Tables from elsewhere come in: read, checked row by row, shown, and then all of it or nothing."""
