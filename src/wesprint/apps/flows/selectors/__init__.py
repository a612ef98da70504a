"""What can be asked of the account."""
