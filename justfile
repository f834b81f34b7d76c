# Shortcuts; every one of them also works by hand.

default:
    @just --list

# the demonstration
run *ARGS:
    ./run {{ARGS}}

# everything the build machine checks
check *ARGS:
    ./check {{ARGS}}

# only the tests that match
test *ARGS:
    .venv/bin/pytest {{ARGS}}

# mend what can be mended
format:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# resolve the locks again after a change in pyproject.toml
lock:
    uv pip compile --universal --generate-hashes --no-header --no-annotate -q pyproject.toml --extra postgresql -o requirements.lock
    uv pip compile --universal --generate-hashes --no-header --no-annotate -q pyproject.toml --extra postgresql --group dev -c requirements.lock -o requirements-dev.lock

# collect texts for translation
messages:
    ./run manage makemessages --all

# ratios to peers; each prints what it measured
bench NAME:
    .venv/bin/python bench/{{NAME}}.py
