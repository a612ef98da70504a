"""Tenants of any legal form, the houses they own and run, opening hours, floors and worlds."""
