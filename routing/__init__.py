"""Which desk may help a caller, when, and which agent is offered the call: pure decisions with their reasons."""
