"""Institutes, regions, centers, desks, staff and places: CSV in, one frozen versioned value out."""
