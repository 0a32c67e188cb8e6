#!/usr/bin/env bash
# Builds the image of the Dockerfile as it is and runs it: with buildah, for which no engine is needed, on a base made by
# debootstrap that bears the name of Node's. As root on Debian; where that cannot be had, it says so and ends well.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() { echo "SKIPPED: $1"; exit 0; }
fail() { echo "FAILED: $1" >&2; exit 1; }

[ "$(id -u)" = 0 ] || skip 'only root can build an image without an engine'
command -v apt-get >/dev/null || skip 'only on Debian'
if ! command -v buildah >/dev/null || ! command -v debootstrap >/dev/null; then
  apt-get update -q >/dev/null && apt-get install -qy buildah debootstrap >/dev/null || skip 'buildah and debootstrap cannot be installed'
fi

work=$(mktemp -d)
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
export CONTAINERS_STORAGE_CONF=$work/storage.conf
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$work" "$work" > "$CONTAINERS_STORAGE_CONF"

buildah_run=

# What runs in the container runs on this machine, below the command that began it.
below() {
  local child
  for child in $(pgrep -P "$1"); do
    echo "$child"
    below "$child"
  done
}
server_below() {
  local process
  for process in $(below "$1"); do
    if [ "$(cat "/proc/$process/comm")" = node ]; then echo "$process"; fi
  done | head -1
}
end() {
  [ -z "$buildah_run" ] || kill -9 $(below "$buildah_run") 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

base=$(sed -n 's/^FROM \([^ ]*\).*/\1/p' Dockerfile | head -1)
mirror=$(sed -n 's/^URIs: *//p' /etc/apt/sources.list.d/debian.sources | head -1)
debootstrap --variant=minbase --include=ca-certificates bookworm "$work/rootfs" "$mirror" > "$work/debootstrap.log" \
  || skip "no Debian from $mirror"
cp "$(command -v node)" "$work/rootfs/usr/bin/node"
mkdir -p "$work/rootfs/usr/lib/node_modules" "$work/rootfs/usr/include"
cp -a "$(npm root -g)/npm" "$work/rootfs/usr/lib/node_modules/"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$work/rootfs/usr/bin/npm"
node_home=$(dirname "$(dirname "$(realpath "$(command -v node)")")")
cp -a "$node_home/include/node" "$work/rootfs/usr/include/"
cp /etc/ssl/certs/ca-certificates.crt "$work/rootfs/etc/ssl/certs/" # this machine's, for the build alone
from=$(buildah from scratch)
buildah add -q "$from" "$work/rootfs" / >/dev/null
buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --env npm_config_nodedir=/usr \
  --env npm_config_build_from_source=true --cmd '["node"]' "$from"
buildah commit -q "$from" "docker.io/library/$base" >/dev/null
buildah rm "$from" >/dev/null
rm -rf "$work/rootfs"
echo "base: $base, as of this machine's Node $(node --version)"

began=$(date +%s)
buildah bud --pull-never --format docker -q -t localhost/trunkline:try . > "$work/build.log" 2>&1 || { tail -40 "$work/build.log"; fail 'the image does not build'; }
echo "image: built in $(( $(date +%s) - began )) s"

inspected() { buildah inspect --type image --format "{{$1}}" localhost/trunkline:try; }
[ "$(inspected .Docker.Config.User)" = app ] || fail 'the image does not run as app'
inspected .Docker.Config.ExposedPorts | grep -q 3000/tcp || fail 'port 3000 is not exposed'
inspected .Docker.Config.Volumes | grep -q /data || fail '/data is no volume'
inspected .Docker.Config.Healthcheck | grep -q healthz || fail 'there is no health check'
inspected .Docker.Config.Cmd | grep -q 'node dist/cli.js serve' || fail 'the command is another one'

port=$(node -p 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close() }); ""' | tr -d '\n')
container=$(buildah from --pull-never localhost/trunkline:try)
inside() {
  buildah run --volume "$PWD/flows:/srv/phones/flows:ro" --env PORT="$port" \
    --env TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001 --env TWILIO_AUTH_TOKEN=secret --env CARRIER=simulated \
    "$container" -- "$@"
}
[ "$(inside id -u)" = 999 ] || fail 'it runs as somebody else than app'
inside sh -c '! touch /app/x 2>/dev/null && ! touch /x 2>/dev/null && touch /data/x' || fail 'more than /data can be written, or not even that'
echo "user: 999, who can write /data and nothing of the program"

inside node dist/cli.js serve /srv/phones > "$work/serve.log" 2>&1 &
buildah_run=$!
for _ in $(seq 120); do curl -sf "http://127.0.0.1:$port/healthz" >/dev/null && break; sleep 0.5; done
curl -sf "http://127.0.0.1:$port/healthz" || { cat "$work/serve.log"; fail '/healthz does not answer'; }
echo
status=$(curl -s -o /dev/null -w '%{http_code}' -d CallSid=CA1 "http://127.0.0.1:$port/flows/menu")
[ "$status" = 403 ] || fail "a webhook without a signature is answered with $status"
mapfile -t check < <(sed -n 's/^HEALTHCHECK .*CMD \[\(.*\)\]$/[\1]/p' Dockerfile | node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).join("\n")')
inside "${check[@]}" || fail 'the health check fails'
echo "serve: answers, refuses what is not signed, and its health check is well"

server=$(server_below "$buildah_run")
[ -n "$server" ] || fail 'the server cannot be found'
kill -TERM "$server"
wait "$buildah_run" || fail "SIGTERM ends it with $?"
echo "stop: SIGTERM ends it with 0"

# A root that is mounted read-only, as `docker run --read-only --tmpfs /tmp` has it; /data alone is writable.
root=$(buildah mount "$container")
mkdir "$work/data" && chown 999:999 "$work/data"
cat > "$work/read-only.sh" <<'INSIDE'
set -eu
root=$1 data=$2 flows=$3
shift 3
mount --bind "$root" "$root"
mount --bind "$data" "$root/data"
mkdir -p "$root/srv/phones/flows"
mount --bind -o ro "$flows" "$root/srv/phones/flows"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/tmp"
mount -o remount,bind,ro "$root"
cd "$root"
exec chroot --userspec=999:999 . env -i "$@"
INSIDE
settings=(PATH=/usr/bin:/bin NODE_ENV=production HOST=0.0.0.0 PORT="$port" DATABASE_URL=sqlite:/data/trunkline.db
  TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001 TWILIO_AUTH_TOKEN=secret CARRIER=simulated FLOW_FILES=read-only)
read_only() { unshare --mount --propagation private bash "$work/read-only.sh" "$root" "$work/data" "$PWD/flows" "${settings[@]}" "$@"; }
if unshare --mount true 2>/dev/null; then
  read_only sh -c '[ "$(id -u)" = 999 ] && touch /data/x && for place in / /app /app/dist /srv/phones/flows /var /etc; do ! touch $place/x 2>/dev/null || exit 1; done' \
    || fail 'more than /data and /tmp can be written on a read-only root, or not even that'
  ! unshare --mount --propagation private bash -c 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && touch "$1/x"' - "$root" 2>/dev/null \
    || fail 'the root is not read-only, not even for root'
  read_only sh -c 'cd /app && exec node dist/cli.js serve /srv/phones' > "$work/serve.log" 2>&1 &
  buildah_run=$!
  for _ in $(seq 120); do curl -sf "http://127.0.0.1:$port/healthz" >/dev/null && break; sleep 0.5; done
  curl -sf "http://127.0.0.1:$port/readyz" >/dev/null || { cat "$work/serve.log"; fail 'it is not ready on a read-only root'; }
  curl -sf "http://127.0.0.1:$port/console" | grep -q '<div id="console"' || fail 'the console is not in the image'
  server=$(server_below "$buildah_run")
  [ "$(stat -c %u "/proc/$server")" = 999 ] || fail 'the server runs as somebody else than app'
  kill -TERM "$server"
  wait "$buildah_run" || fail "SIGTERM ends it with $? on a read-only root"
  [ -s "$work/data/trunkline.db" ] || fail 'the database is not in /data'
  echo "read-only root: ready as 999, writes /data alone, SIGTERM ends it with 0"
else
  echo 'SKIPPED: a read-only root, for which a mount namespace is needed'
fi

buildah push -q localhost/trunkline:try "docker-archive:$work/image.tar"
own=$(du -sm "$root/app" | cut -f1)
echo "size: $(( $(stat -c %s "$work/image.tar") / 1024 / 1024 )) MB, of which $own MB are ours and the rest the base made here"
