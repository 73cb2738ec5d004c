"""The names of turns that more than one use case knows."""

CALLER_COMES, BROWSER_ACCEPTS = "0", "accept"
FIRST_TURNS = (CALLER_COMES, BROWSER_ACCEPTS)  # the turns that start a party's part
ASKED_FIRST = "ask-1"  # an agent's telephone was picked up
