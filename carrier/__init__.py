"""Twilio: documents out as TwiML, signatures in, commands by REST."""
