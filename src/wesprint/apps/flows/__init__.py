"""Flows: the public account of what came in, what it became and where it went.

Words: a *picture* is that account for one or more houses and a period; a *group* is a group of
the category tree; a *flow* is one of the ways in or out that the rooms declare.
"""
