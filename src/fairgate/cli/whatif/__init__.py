"""`fairgate whatif`: what if nobody checked? And `fairgate whatif curve`: what a sampling plan does."""

from fairgate.cli.whatif.command import command

__all__ = ["command"]
