"""Decisions in: a file is kept under its hash, read and checked (the dry run), looked at, then saved whole or not at all."""

from fairgate.files.rules import TooLarge
from fairgate.gate.imports.asking import ADD, Answer, begin_with, may_add, read_again, say_and_read, say_words
from fairgate.gate.imports.coming import (
    Faulty,
    FileChanged,
    apply,
    discard,
    open_file,
    prepare,
    read,
    receive,
)
from fairgate.gate.imports.lists import lines_in

__all__ = [
    "ADD",
    "Answer",
    "Faulty",
    "FileChanged",
    "TooLarge",
    "apply",
    "begin_with",
    "discard",
    "lines_in",
    "may_add",
    "open_file",
    "prepare",
    "read",
    "read_again",
    "receive",
    "say_and_read",
    "say_words",
]
