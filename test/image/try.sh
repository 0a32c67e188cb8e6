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

server=
for process in $(below "$buildah_run"); do
  [ "$(cat "/proc/$process/comm")" = node ] && server=$process
done
[ -n "$server" ] || fail 'the server cannot be found'
kill -TERM "$server"
wait "$buildah_run" || fail "SIGTERM ends it with $?"
echo "stop: SIGTERM ends it with 0"

buildah push -q localhost/trunkline:try "docker-archive:$work/image.tar"
echo "size: $(( $(stat -c %s "$work/image.tar") / 1024 / 1024 )) MB, of which the base made here is the most"
