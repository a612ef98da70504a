"""What can be asked about people at work, always inside one house."""
