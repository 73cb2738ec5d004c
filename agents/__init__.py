"""People who answer: presence, work state, stations and wrap-up."""
