#!/usr/bin/env bash
# Installs an unpacked bundle without the network.
#   ./install.sh [FOLDER]          a release beside the earlier ones, under FOLDER (/opt/shahr137); nothing is started
#   sudo ./install.sh --system     the same, with the user, the folders and the systemd units of a server
# The way back is the link `current`: point it to the earlier release and start the service again.
set -euo pipefail
bundle=$(cd "$(dirname "$0")" && pwd)
system=no
[ "${1:-}" != --system ] || { system=yes; shift; }
home=${1:-/opt/shahr137}
python=${PYTHON:-python3}

fail() { echo "$1" >&2; exit 2; }
kind=$("$python" -c 'import platform, sys; print(f"py{sys.version_info[0]}.{sys.version_info[1]}-{platform.machine()}")') \
  || fail "There is no $python. Install it: sudo apt-get install python3-venv"
[ "$kind" = "$(cat "$bundle/wheels.for")" ] \
  || fail "This bundle is for $(cat "$bundle/wheels.for") and here is $kind. Make one there, or set PYTHON=python3.x."
(cd "$bundle" && sha256sum --quiet --check wheels.sha256) || fail "The bundle was damaged on its way. Copy it again."

revision=$(cat "$bundle/REVISION")
release=$home/releases/$revision
[ "$(readlink "$home/current" || true)" != "releases/$revision" ] || fail "$revision is installed already."
rm -rf "$release"  # of an installation that was cut off
mkdir -p "$release"
(cd "$bundle" && tar -c --exclude=./wheels .) | tar -x -C "$release"
"$python" -m venv "$release/.venv" || fail "No virtual environment could be made. Type: sudo apt-get install python3-venv"
"$release/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$bundle/wheels" \
  --require-hashes -r "$release/requirements.lock"
"$release/.venv/bin/python" -m compileall -q "$release/bot" "$release/handlers"

if [ ! -e "$home/.env" ]; then
  state=$home/var
  [ $system = no ] || state=/var/lib/shahr137
  (umask 077 && cp "$release/.env.example" "$home/.env" && cat >> "$home/.env" <<END

# Written by install.sh: outside of the releases, so that an upgrade finds them again
DATABASE_URL=sqlite:///$state/shahr137.db
DATA_DIR=$state
END
  )
fi
ln -sfn ../../.env "$release/.env"

if [ $system = yes ]; then
  id shahr137 >/dev/null 2>&1 || useradd --system --home-dir /var/lib/shahr137 --shell /usr/sbin/nologin shahr137
  install -d -o shahr137 -g shahr137 -m 700 /var/lib/shahr137
  chown shahr137:shahr137 "$home/.env"
  install -m 644 "$release"/deploy/*.service "$release"/deploy/*.timer /etc/systemd/system/
  systemctl daemon-reload
fi
ln -sfn "releases/$revision" "$home/current.new"
mv -T "$home/current.new" "$home/current"
echo "Installed in $home/current. Next: the token into $home/.env, then:"
if [ $system = yes ]; then
  echo "  cd $home/current && sudo -u shahr137 .venv/bin/python bot.py doctor"
  echo "  sudo systemctl enable --now shahr137 shahr137-backup.timer"
else
  echo "  cd $home/current && .venv/bin/python bot.py doctor && .venv/bin/python bot.py run"
fi
