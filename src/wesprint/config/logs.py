"""Structured logs, one JSON object a line, without personal data.

Addresses of pages with secrets, request bodies, names and e-mail addresses never reach a
logger: the request line is written by our own middleware from the matched route, not from
the path that was asked.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, TextIO

import structlog

_shared: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[*_shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


class Console(logging.Handler):
    """Writes to the standard error of this moment: the one of the start may be closed by now, and
    a logger that cannot write prints the lines of our sources instead."""

    def emit(self, record: logging.LogRecord) -> None:
        stream: TextIO = sys.stderr
        try:
            stream.write(f"{self.format(record)}\n")
            stream.flush()
        except ValueError:  # closed: nobody listens any more
            return


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.dict_tracebacks,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            "foreign_pre_chain": _shared,
        }
    },
    "handlers": {"console": {"()": Console, "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("WESPRINT_LOG", "INFO")},
    "loggers": {
        # Django's own request log would print full paths (secret links) and reprs.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "django.server": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
