"""What can go wrong, as codes. Pages say it in words; none of it tells anything about anybody's answer."""

from datetime import date

from fairgate.voice.rules.codes import PeriodState


class VoiceError(Exception):
    """``code`` names what is wrong."""

    code = "voice"


class LinkUnknown(VoiceError):
    """No invitation has this link: mistyped, forged, or of another installation."""

    code = "link-unknown"


class PeriodOver(VoiceError):
    """Answers are no longer taken; ``lost``: and those that were given can't be read, because the key is lost."""

    code = "period-over"

    def __init__(self, until: date, *, lost: bool = False) -> None:
        super().__init__(self.code)
        self.until, self.lost = until, lost


class Left(VoiceError):
    """The account is disabled: its holder is not asked any more. ``answered``: an answer of theirs is here, to be deleted."""

    code = "left"

    def __init__(self, *, answered: bool) -> None:
        super().__init__(self.code)
        self.answered = answered


class NotYours(VoiceError):
    """The invitation is somebody else's."""

    code = "not-yours"


class KeyUnreadable(VoiceError):
    """The file holds no key of ours."""

    code = "key-unreadable"


class KeyDoesNotFit(VoiceError):
    """The key is another period's."""

    code = "key-does-not-fit"


class KeyGone(VoiceError):
    """The key did not wait for the job: it has to be uploaded again."""

    code = "key-gone"


class Unsafe(VoiceError):
    """What would be published doesn't pass the audit, whatever is withheld."""

    code = "unsafe"


class StillAtWork(VoiceError):
    """The other of preview and closing has been asked for and has not ended."""

    code = "still-at-work"


class WrongState(VoiceError):
    """The period is in a state in which this can't be done; ``state`` says in which."""

    code = "wrong-state"

    def __init__(self, state: PeriodState) -> None:
        super().__init__(state)
        self.state = state


class TooEarly(VoiceError):
    """People were told that they have until then."""

    code = "too-early"

    def __init__(self, until: date) -> None:
        super().__init__(self.code)
        self.until = until


class Overlaps(VoiceError):
    """Another period covers some of these days already, or is still open; ``name`` is its name."""

    code = "overlaps"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BadPeriod(VoiceError):
    """A length or a rate that can't be; ``field`` names it."""

    code = "bad-period"

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class BadAnswers(VoiceError, ValueError):
    """An answer that is none of the steps; ``field`` names it, and never what was found there."""

    code = "bad-answers"

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field
