"""Slow work on RQ. The outbox rows are the truth; Redis only carries the bell, and may forget everything."""
