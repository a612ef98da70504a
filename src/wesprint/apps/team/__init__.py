"""Who works in the house: agreements, attendance, the monthly sheet, learning steps, figures.

Words: an *engagement* is the agreement by which somebody works here, of one *kind* (volunteer,
placement, service ...); an *expected day* is what its week looks like. A *stamp* is one tap on
come, pause, resume or go and is never changed; an *entry* is what the lead says of a day
afterwards, and stands beside the stamps. A day is *confirmed* when it counts: then it is in the
ledger. A *step* is something to be learned; it is *reached* when a supervisor says so, and never
compared between people. A *norm* is a dated figure with its source in law.
"""
