"""One cell each: from what a clerk typed to what it means, in the forms of the registry.

Every reader takes a cell (or its text) and returns the value, or None where nothing usable stands there; some
return a code of `reading.codes` with it. None of them raises, whatever the cell holds.
"""
