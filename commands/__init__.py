"""The command line, and the place where the house is put together."""
