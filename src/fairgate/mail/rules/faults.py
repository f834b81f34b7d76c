"""What can go wrong with a letter. Only these codes are kept: a server's own words may repeat the address or the letter."""

from enum import StrEnum


class Fault(StrEnum):
    UNREACHABLE = "unreachable"
    """No connection: wrong name or port, refused, network down."""
    SLOW = "slow"
    """The server answered too late."""
    HUNG_UP = "hung-up"
    """The server ended the connection."""
    ENCRYPTION = "encryption"
    """No encrypted connection: certificate, or the server offers none."""
    SIGN_IN = "sign-in"
    SENDER_REFUSED = "sender-refused"
    """The server sends nothing from our address."""
    PUT_OFF = "put-off"
    """The server said: later."""
    ADDRESS_REFUSED = "address-refused"
    LETTER_REFUSED = "letter-refused"
    NO_ADDRESS = "no-address"
    MALFORMED = "malformed"
    """An address or subject that no mail can have."""
    NOT_COMPOSED = "not-composed"
    """The program failed while it wrote the letter."""
    UNKNOWN_LETTER = "unknown-letter"
    """This version of the program doesn't know such a letter."""
    IN_DOUBT = "in-doubt"
    """Something broke while it was on its way: it may have arrived or not."""

    @property
    def is_final(self) -> bool:
        """Whether trying again can't help."""
        return self in _FINAL

    @property
    def is_of_server(self) -> bool:
        """Whether the next letter would meet the same: the round stops."""
        return self in _OF_SERVER

    @property
    def is_halfway(self) -> bool:
        """Whether the letter may have arrived nevertheless, when this was met while it was handed over."""
        return self in _HALFWAY


_FINAL = frozenset({Fault.ADDRESS_REFUSED, Fault.LETTER_REFUSED, Fault.NO_ADDRESS, Fault.MALFORMED})
_OF_SERVER = frozenset(
    {
        Fault.UNREACHABLE,
        Fault.SLOW,
        Fault.HUNG_UP,
        Fault.ENCRYPTION,
        Fault.SIGN_IN,
        Fault.SENDER_REFUSED,
    }
)
_HALFWAY = frozenset({Fault.UNREACHABLE, Fault.SLOW, Fault.HUNG_UP, Fault.ENCRYPTION})
