"""Use cases, one module per thing that happens on the line, and the ticker that wakes due rows."""
