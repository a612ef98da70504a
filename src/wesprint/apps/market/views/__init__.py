"""The face of this room."""
