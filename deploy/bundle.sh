#!/usr/bin/env bash
# All that a machine without the network needs, in one file under dist/: the tree at HEAD, a wheel of each library for
# this Python and this kind of machine, their hashes, and install.sh. `make bundle` calls it.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
out=${1:-dist}

revision=$(git rev-parse --short HEAD)
kind=$("$python" -c 'import platform, sys; print(f"py{sys.version_info[0]}.{sys.version_info[1]}-{platform.machine()}")')
[ -z "$(git status --porcelain --untracked-files=no)" ] || echo "Note: what is not committed is not in the bundle." >&2

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
tree=$stage/shahr137-$revision
mkdir -p "$tree/wheels"
git -c tar.umask=0022 archive HEAD | tar -x -C "$tree"
"$python" -m pip download --quiet --disable-pip-version-check --only-binary=:all: --require-hashes \
  --dest "$tree/wheels" -r requirements.lock
(cd "$tree" && sha256sum wheels/* > wheels.sha256)
echo "$kind" > "$tree/wheels.for"
echo "$revision" > "$tree/REVISION"
cp deploy/install.sh "$tree/install.sh"
chmod +x "$tree/install.sh"

mkdir -p "$out"
file=$out/shahr137-$revision-$kind.tar.gz
tar -czf "$file.part" -C "$stage" --owner=0 --group=0 "shahr137-$revision"
mv "$file.part" "$file"
echo "$file ($(du -h "$file" | cut -f1)): unpack it there and run install.sh; docs/operations.md tells the rest."
