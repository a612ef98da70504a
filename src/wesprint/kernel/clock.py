"""Time as a value that is handed in, so that nothing reads a hidden clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class FixedClock:
    """A clock that stands until it is told to move; for tests and the demo."""

    at: datetime = field(default_factory=lambda: datetime(2026, 1, 2, 9, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def advance(self, step: timedelta) -> datetime:
        self.at += step
        return self.at
