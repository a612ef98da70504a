"""The ledger: what really happened to things, hours and money, in the terms of ValueFlows 1.0.

Events are appended, never changed; what an action does to a resource is read from the published
action table; sealed events can be checked without this program's database.
"""
