"""Telephone numbers, the call and its legs."""
