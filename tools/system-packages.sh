#!/bin/sh
# Sees to the programs some tests need (a Chromium, tesseract with Vietnamese, antiword): installs them from Debian when it
# may, and otherwise says which tests are left out and why. Never fails: the tests decide for themselves.
# APT=no leaves the system alone.
set -u

has_chromium() { [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null 2>&1; }
has_tesseract() { tesseract --list-langs 2>/dev/null | grep -qx vie; }
has_antiword() { command -v antiword >/dev/null 2>&1; }
log=$(mktemp) || exit 0
trap 'rm -f "$log"' EXIT

packages=
has_chromium || packages="chromium"
has_tesseract || packages="$packages tesseract-ocr tesseract-ocr-vie"
has_antiword || packages="$packages antiword"
[ -n "$packages" ] || exit 0

why="not root, so not installed"
if [ "${APT:-yes}" = no ]; then
  why="APT=no"
elif ! command -v apt-get >/dev/null 2>&1; then
  why="no apt-get here"
elif [ "$(id -u)" = 0 ]; then
  echo "Installing for the tests: $packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >"$log" 2>&1
  # one by one where together fails: one package that cannot be had must not take the others along
  # shellcheck disable=SC2086
  if ! apt-get install -qq -y --no-install-recommends $packages >>"$log" 2>&1; then
    for package in $packages; do
      apt-get install -qq -y --no-install-recommends "$package" >>"$log" 2>&1
    done
  fi
  why="apt-get: $(grep -E '^(E|Err)' "$log" | tail -n 1)"
fi

has_chromium || echo "LEFT OUT: tests marked 'browser', no Chromium ($why; or set CHROMIUM to one)" >&2
has_tesseract || echo "LEFT OUT: tests that read scans, no tesseract with Vietnamese ($why)" >&2
has_antiword || echo "LEFT OUT: tests that read old .doc files, no antiword ($why)" >&2
exit 0
