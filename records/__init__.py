"""The append-only record of what happened on the line, and the lives whose moves it tells."""
