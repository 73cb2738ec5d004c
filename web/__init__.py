"""Voice webhooks and pages: a view reads the request, calls one use case and renders what comes back."""
