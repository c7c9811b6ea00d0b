#!/usr/bin/env bash
# Builds both wheels, installs them into an empty environment, and runs the tests there against the real product (built before).
# The last line is what unittest counted.
set -euo pipefail
cd "$(dirname "$0")"
if ! /usr/bin/python3 -c 'import setuptools, wheel, pip, venv, ensurepip' 2>/dev/null; then
  echo "Installing Python's packaging tools ..."
  sudo=''; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq python3 python3-pip python3-venv python3-setuptools python3-wheel >/dev/null
fi
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp -r interven interven-langchain "$work"
/usr/bin/python3 -m pip wheel -q --no-index --no-deps --no-build-isolation -w "$work/wheels" "$work/interven" "$work/interven-langchain"
/usr/bin/python3 -m venv "$work/empty"
"$work/empty/bin/pip" install -q --no-index --find-links "$work/wheels" interven-langchain
cd tests && PYTHONDONTWRITEBYTECODE=1 "$work/empty/bin/python" -m unittest discover -s . 2>&1
