"""WeSprint: a town takes over its empty department store and runs it as a cooperative."""

__version__ = "0.1.0"
