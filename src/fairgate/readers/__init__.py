"""Files in, tables out: what people have becomes plain columns, or a list of problems they can act on.

The way of a file::

    stream   bytes, unpacked and counted: limits, progress, damage
    detect   what the bytes are, whatever the file is called
    formats  format -> reader: CSV and XLSX give a Table, XES gives columns at once
    columns  which column plays which part, by name or by choice
    events, needs, flows     the three things a file can be about
    recognise                which of the three a file is

Everything that can be wrong with a file is a `problems.ReadError` carrying every `Problem` found, each with
file, row, column, what was found and what was expected. Nothing else is raised, except what a caller's own
`on_progress` raises to cancel.

To add a format (Parquet, a RACI sheet, lanes of a BPMN drawing):

1. teach `detect.detect` to know its first bytes, and take the sentence that refuses it away;
2. write `<name>_file.py` with a function from path, choices and progress to a `table.Table`
   (a RACI matrix or lanes become a table of needs or flows: one row each, columns named as in `columns`);
3. enter it in `formats.TABLES`.

Columns, recognition and the three readers then work for it without a change.
"""
