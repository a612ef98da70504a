"""The town's common window, goods sold for others, and the exchange of materials.

Words: a *supplier* is a maker or a shop of the region; a *listing* is what it shows in the
window beside reused goods; a *booking* puts some of it aside for a neighbour. A *consignor*
leaves things to be sold; a *consignment* is the agreement with its dated commission; a
*settlement line* says what of a sale is whose; a *settlement* is the statement of a month, a
*payout list* what the treasurer transfers. An *entry* of the exchange offers or seeks material
between businesses; an *approach* is somebody's interest in one.
"""
