"""Keys for programs: hashed, with scopes, an owner, an end and a way to take them back."""
