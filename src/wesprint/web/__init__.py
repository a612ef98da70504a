"""The design system and the one way in which rooms declare themselves."""
