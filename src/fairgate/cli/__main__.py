"""`python -m fairgate.cli`: how the server begins a background job, whatever the PATH is."""

from fairgate.cli.commands import main

if __name__ == "__main__":
    main(prog_name="fairgate")
