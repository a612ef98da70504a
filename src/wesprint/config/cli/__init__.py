"""The command line `wesprint`."""

from __future__ import annotations

from wesprint.config.cli.main import main

__all__ = ["main"]
