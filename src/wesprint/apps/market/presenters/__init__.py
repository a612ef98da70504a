"""From what selectors answer to what the components of the design system want."""
