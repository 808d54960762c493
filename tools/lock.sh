#!/bin/sh
# Writes the hash-pinned lock files from pyproject.toml. A version already locked stays unless UPGRADE=1.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never UV_CUSTOM_COMPILE_COMMAND="make lock"

compile() { # output file, then what to compile; standard input adds requirements
  out=$1
  shift
  .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    ${UPGRADE:+--upgrade} -o "$out" "$@" >/dev/null
}

echo uv | compile tools/uv.txt -
# setuptools builds the editable install without reaching out again
echo setuptools | compile requirements.txt pyproject.toml -
echo setuptools | compile requirements-dev.txt --extra dev -c requirements.txt pyproject.toml -
