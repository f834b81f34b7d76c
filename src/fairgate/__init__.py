"""Fairgate, for people whose job is sometimes to say no."""

__version__ = "0.1.0"
