"""A town cut out of a larger OpenStreetMap extract, with memory for the town alone."""

from wesprint.engines.extracts.cut import Box, ExtractError, cut

__all__ = ["Box", "ExtractError", "cut"]
