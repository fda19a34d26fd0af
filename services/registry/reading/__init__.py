"""From a spreadsheet's bytes to lines whose cells are understood: no database, no clock.

`sheets` finds the participants' rows and which column holds what; `fields` reads one cell each;
`line` puts them together and says what is wrong with a line.
"""
