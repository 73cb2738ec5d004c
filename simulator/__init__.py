"""The simulated telephone network and its phones; knows Twilio's wire format and nothing of the product."""
