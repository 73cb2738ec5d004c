"""A call flow as data: parse it, check it, walk it; and understand what a caller says."""
