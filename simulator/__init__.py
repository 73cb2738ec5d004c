"""The simulated telephone network and its phones; knows Twilio's wire format and nothing of the product."""

from simulator.calls import Call, Heard
from simulator.clock import VirtualClock
from simulator.faults import NetworkError, TwimlError
from simulator.network import Network, NumberConfig
from simulator.parcel import Answer, Delivery
from simulator.phone import Phone
from simulator.room import Participant, Room
from simulator.signature import sign

__all__ = [
    "Answer",
    "Call",
    "Delivery",
    "Heard",
    "Network",
    "NetworkError",
    "NumberConfig",
    "Participant",
    "Phone",
    "Room",
    "TwimlError",
    "VirtualClock",
    "sign",
]
