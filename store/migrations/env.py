"""Runs the migrations on the connection that store.migrating hands over."""

from typing import Any, Literal

from alembic import context

from store import tables
from store.columns import Instant


def in_our_words(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write column types of generated migrations by their names in store.columns."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "Instant()"
    return {"TEXT": "Word", "BIGINT": "Number"}.get(str(item)) or False


context.configure(
    connection=context.config.attributes["connection"], target_metadata=tables.calls.metadata, render_item=in_our_words
)
with context.begin_transaction():
    context.run_migrations()
