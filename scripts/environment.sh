# Sourced by ./run and ./check: makes .venv from a lock with hashes, once, and again whenever the lock changes.
# Needs python3 (3.11 or newer) with venv and pip, or uv; nothing else.

prepare() { # prepare LOCK: installs LOCK into .venv unless it is there already
    local lock=$1 stamp=$HERE/.venv/installed-$(basename "$1")
    if [ -x "$PYTHON" ] && cmp -s "$lock" "$stamp"; then return; fi
    echo "Setting up in $HERE/.venv (once; a minute or two with a fast connection)…" >&2
    find_uv
    "$UV" pip install --quiet --require-hashes --python "$PYTHON" --requirements "$lock"
    echo "$HERE/src" >"$("$PYTHON" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/fairgate-checkout.pth"
    cp "$lock" "$stamp"
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then
        UV=$(command -v uv)
        [ -x "$PYTHON" ] || "$UV" venv --quiet --python '>=3.11' "$HERE/.venv"
        return
    fi
    if [ ! -x "$PYTHON" ]; then
        local python
        python=$(new_enough) || {
            echo "Fairgate needs Python 3.11 or newer (or uv); python3 here says: $(python3 --version 2>&1 | head -1)." >&2
            exit 1
        }
        "$python" -m venv "$HERE/.venv" || {
            echo "Could not make a virtual environment. On Debian: apt-get install python3-venv" >&2
            exit 1
        }
    fi
    [ -x "$HERE/.venv/bin/uv" ] || "$PYTHON" -m pip install --quiet --require-hashes --requirement "$HERE/scripts/uv.lock"
    UV=$HERE/.venv/bin/uv
}

new_enough() { # the first Python that starts and is new enough; FAIRGATE_PYTHON if that is given
    local candidate
    for candidate in "${FAIRGATE_PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

HERE=${HERE:?}
PYTHON=$HERE/.venv/bin/python
# Without compiled files every start is two to seven times slower; some machines switch them off, and uv does not make them unasked.
unset PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE=1
