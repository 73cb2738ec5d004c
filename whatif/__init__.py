"""What if: days of calls, past or made up, played through the routing engine, and what came of them. Pure."""
