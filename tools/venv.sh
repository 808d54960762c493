#!/bin/sh
# Usage: tools/venv.sh runtime|dev
# Makes .venv hold exactly what the lock file asks for, and the project itself with its `dondoc` command.
# Does nothing when the stamp inside .venv says so already. Needs Python 3.11 or newer with venv and pip.
set -eu
cd "$(dirname "$0")/.."

kind=${1:-dev}
case $kind in
  runtime) lock=requirements.txt ;;
  dev) lock=requirements-dev.txt ;;
  *) echo "usage: tools/venv.sh runtime|dev" >&2; exit 2 ;;
esac
runtime_stamp=.venv/.dondoc-runtime
dev_stamp=.venv/.dondoc-dev

wanted() { # what a venv made now would be stamped with: lock files, project file, place
  { cat "$1" tools/uv.txt pyproject.toml; pwd; } | cksum
}
holds() { [ -x .venv/bin/dondoc ] && [ -f "$1" ] && [ "$(cat "$1")" = "$(wanted "$2")" ]; }
ready() { # a dev venv serves as a runtime one too
  holds "$dev_stamp" requirements-dev.txt || { [ "$kind" = runtime ] && holds "$runtime_stamp" requirements.txt; }
}

ready && exit 0

if command -v flock >/dev/null 2>&1; then # two makes at once: the second waits, then finds it done
  mkdir -p .stamps
  exec 9>.stamps/venv.lock
  flock 9
  ready && exit 0
fi

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
if ! .venv/bin/python -c "$new_enough" 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=${PYTHON:-$(command -v python3.11 || command -v python3 || true)}
  if [ -z "$python" ] || ! "$python" -c "$new_enough"; then
    echo "Python 3.11 or newer is needed; say which with: make PYTHON=/path/to/python3.11" >&2
    exit 1
  fi
  echo "Making .venv with $("$python" --version)"
  if ! "$python" -m venv --clear .venv; then
    echo "\"$python -m venv\" did not work; on Debian: apt-get install python3-venv" >&2
    exit 1
  fi
fi
rm -f "$runtime_stamp" "$dev_stamp"

export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never
[ -w "${HOME:-/nowhere}" ] || export PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1
pip() { .venv/bin/python -m pip "$@"; }
uv() { .venv/bin/uv "$@"; }

with_uv() {
  pip install -qq --require-hashes -r tools/uv.txt || return 1
  # uv does not read pip's settings: hand over a mirror that pip was told to use
  mirror=$(pip config list 2>/dev/null | sed -n "s/^[^=]*\.index-url='\(.*\)'\$/\1/p" | tail -n 1)
  if [ -n "$mirror" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then export UV_DEFAULT_INDEX="$mirror"; fi
  uv pip install -q -p .venv/bin/python --require-hashes -r "$lock" &&
    uv pip install -q -p .venv/bin/python --no-deps --no-build-isolation -e .
}
with_pip() {
  pip install -qq --require-hashes -r "$lock" && pip install -qq --no-deps --no-build-isolation -e .
}

echo "Installing what $lock pins"
if [ "${NO_UV:-}" ] || ! with_uv; then
  [ "${NO_UV:-}" ] || echo "uv could not be used; going on with pip alone, which takes about a minute" >&2
  with_pip
fi
.venv/bin/python -m compileall -q -j 0 bot config core documents handlers storage
stamp=$dev_stamp
[ "$kind" = dev ] || stamp=$runtime_stamp
wanted "$lock" > "$stamp"
