# Makes .venv once, and again when pyproject.toml has changed. For scripts/narrate and scripts/test.

# prepare ROOT WHAT: installs WHAT, as pip takes it, and sets bin to the folder of its programs.
prepare() {
    root=$1 what=$2
    bin=$root/.venv/bin
    [ -d "$root/.venv/Scripts" ] && bin=$root/.venv/Scripts
    stamp=$root/.venv/installed
    sum=$(cksum <"$root/pyproject.toml")
    for installed in "$what" $(with_more "$what"); do
        if [ -f "$stamp" ] && grep -qxF "$installed $sum" "$stamp"; then
            return
        fi
    done
    python=$(find_python) || {
        echo "narrate needs Python 3.12 or 3.13, and none is installed: get one from https://www.python.org/downloads/" >&2
        exit 1
    }
    echo "installing into .venv, once …" >&2
    rm -f "$stamp"
    "$python" -m venv "$root/.venv"
    bin=$root/.venv/bin
    [ -d "$root/.venv/Scripts" ] && bin=$root/.venv/Scripts
    (cd "$root" && "$bin/python" -m pip install --quiet --disable-pip-version-check --editable "$what") >&2
    echo "$what $sum" >"$stamp"
}

# with_more WHAT: prints what holds WHAT and more.
with_more() {
    case $1 in
    *judge*) ;;
    *) echo ".[test] .[test,judge]" ;;
    esac
}

# find_python: prints the first Python that will do.
find_python() {
    for name in ${NARRATE_PYTHON:-} python3.12 python3.13 python3 python py; do
        if "$name" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}
