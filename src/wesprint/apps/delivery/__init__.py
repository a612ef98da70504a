"""Delivery: parcels of carriers and orders of local shops reach the hub in the old department
store, go out by cargo bike, and on the way back donations come in.

A *shipment* is what one sender sends to one recipient: one or several *parcels*, each with its own
barcode and custody. A *stop* is a door on a day, whatever is brought there; a *tour* is what one
bike does on that day, with *reloads* at the hub in between. The *board* is one day of one house.
"""
