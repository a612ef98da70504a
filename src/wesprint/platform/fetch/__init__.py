"""Getting a page from an address that a stranger typed, without becoming their tool."""
