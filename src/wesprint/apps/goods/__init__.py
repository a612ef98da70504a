"""Goods: an item's way through the house, from the offer to the hand-over.

Words: an offer (abgeben) becomes an intake (Annahme); an item has a grade (Zustand A-D) and
goes a route (Wohin damit?); its history is the item pass (Artikelpass).
"""
