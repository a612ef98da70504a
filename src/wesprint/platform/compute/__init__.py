"""Warm processes for what a page waits for and nobody else should: solvers, simulations.

A solver may hold Python's lock for seconds, overrun its time and take all the memory there is. So
it runs in a process of its own that can be killed at any moment.
"""
