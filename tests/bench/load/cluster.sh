#!/usr/bin/env bash
# Silos and a front end as processes of their own: throughput and CPU per scan (front end + silos + Postgres), with one silo (P2) and with four (P11), against a
# bare Kestrel endpoint. Everything shares this machine; compare ratios, and trust CPU per scan first.
#   ROUNDS   interleaved rounds (default 3)       SECONDS_EACH  length of one measurement (default 5)      MANY  silos of the larger cluster (default 4)
#   PG_BIN   Postgres' programs (default /usr/lib/postgresql/15/bin; run as user postgres when this runs as root)
# Needs: .NET SDK, wrk, curl, Postgres. Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
rounds=${ROUNDS:-3}; each=${SECONDS_EACH:-5}; many=${MANY:-4}; pg_bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
port=${LOAD_PORT:-18500}; work=$(mktemp -d "${TMPDIR:-/tmp}/interven-cluster-load.XXXXXX"); chmod 755 "$work"
silo=$root/silo/bin/Release/net10.0; app=$root/api-frontend/bin/Release/net10.0; bare=$here/Bare/bin/Release/net10.0
declare -A pid key url cpu rps us lat parts
started=(); silos=()
source "$here/measure.sh"
trap finish EXIT
vault=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')

connection() { echo "Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=interven;SSL Mode=Disable"; }

start_silo() {
  mkdir -p "$work/silo-$1"
  env "ConnectionStrings__Interven=$(connection)" INTERVEN_CREDENTIAL_ENCRYPTION_KEY="$vault" INTERVEN_DATA="$work/silo-$1" INTERVEN_SILO_URL=http://127.0.0.1:$((port + 20 + $1)) \
    Interven__Silo__Name="silo-$1" Interven__Silo__Port=$((port + 40 + $1)) Interven__Silo__GatewayPort=$((port + 60 + $1)) \
    dotnet "$silo/Interven.Silo.dll" --contentRoot "$silo" > "$work/silo-$1.log" 2>&1 &
  started+=($!); silos+=($!)
  until_ready "http://127.0.0.1:$((port + 20 + $1))/health/ready" "$work/silo-$1.log"
}

until_ready() {
  for _ in $(seq 600); do [ "$(curl -s -m 2 -o /dev/null -w '%{http_code}' "$1")" != 200 ] || return 0; sleep .1; done
  echo "$1 did not answer"; tail -20 "$2"; exit 1
}

# CPU ticks of everything that a scan passes through.
postgres_ticks() {
  local sum one; sum=$(awk '{ sub(/^.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$pg_pid/stat")
  for one in $(ps -o pid= --ppid "$pg_pid"); do sum=$((sum + $(ticks "$one"))); done
  echo "$sum"
}
silo_ticks() { local sum=0 one; for one in "${silos[@]}"; do sum=$((sum + $(ticks "$one"))); done; echo "$sum"; }
ticks_of() { if [ "$1" = bare ]; then ticks "${pid[bare]}"; else echo $(($(ticks "${pid[frontend]}") + $(silo_ticks) + $(postgres_ticks))); fi; }

split() { # requests, and where their CPU went since the ticks given
  awk -v n="$requests" -v f=$(($(ticks "${pid[frontend]}") - $1)) -v s=$(($(silo_ticks) - $2)) -v p=$(($(postgres_ticks) - $3)) \
    'BEGIN { printf "front end %.0f + silos %.0f + Postgres %.0f us/scan", f * 10000 / n, s * 10000 / n, p * 10000 / n }'
}

measured() {
  local name=$1 f s p
  full bare "$2"
  url[$name]=${url[frontend]}; key[$name]=${key[frontend]}
  f=$(ticks "${pid[frontend]}"); s=$(silo_ticks); p=$(postgres_ticks)
  full "$name" "$2"
  parts[$name]=$(split "$f" "$s" "$p")
}

[ "${LOAD_NO_BUILD:-}" = 1 ] || {
  dotnet build "$root/silo" -c Release -nologo -v quiet
  dotnet build "$root/api-frontend" -c Release -nologo -v quiet
  dotnet build "$here/Bare" -c Release -nologo -v quiet
}
start_postgres
BARE_URL=http://127.0.0.1:$port dotnet "$bare/Interven.Bench.Bare.dll" > "$work/bare.log" 2>&1 &
pid[bare]=$!; started+=($!); url[bare]=http://127.0.0.1:$port; key[bare]=none
start_silo 1
for _ in $(seq 300); do grep -q INTERVEN_API_KEY= "$work/silo-1.log" && break; sleep .1; done
key[frontend]=$(sed -n 's/.*INTERVEN_API_KEY=//p' "$work/silo-1.log" | head -1 | tr -d ' \r')
env "ConnectionStrings__Interven=$(connection)" Interven__HostSilo=false INTERVEN_URL=http://127.0.0.1:$((port + 1)) INTERVEN_RATELIMIT_DISABLED=1 \
  dotnet "$app/Interven.ApiFrontend.dll" --contentRoot "$app" > "$work/frontend.log" 2>&1 &
pid[frontend]=$!; started+=($!); url[frontend]=http://127.0.0.1:$((port + 1))
until_ready "${url[frontend]}/health/serving" "$work/frontend.log"

echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD)"
warm bare; warm frontend
for round in $(seq "$rounds"); do measured silos-1 "$round"; done
for number in $(seq 2 "$many"); do start_silo "$number"; done
# A front end spreads its lanes over silos that have come within a minute; then they have code to compile.
warm frontend; sleep 40; warm frontend; warm frontend
for round in $(seq "$rounds"); do measured "silos-$many" "$round"; done

echo; echo "64 connections, medians of $rounds rounds of $each s, load at the end $(cut -d' ' -f1 /proc/loadavg)"
bare_rps=$(median "${rps[bare]}"); bare_us=$(median "${us[bare]}")
for run in silos-1 "silos-$many"; do
  printf '%-9s %7.0f req/s (%.2f of bare)  %6.1f us CPU/scan (%.1f of bare)  p50/p95/p99 %s\n          %s\n' "$run" "$(median "${rps[$run]}")" \
    "$(awk -v a="$(median "${rps[$run]}")" -v b="$bare_rps" 'BEGIN { print a / b }')" "$(median "${us[$run]}")" \
    "$(awk -v a="$(median "${us[$run]}")" -v b="$bare_us" 'BEGIN { print a / b }')" "${lat[$run]}" "${parts[$run]}"
done
echo "P11 CPU per scan with $many silos / with 1: $(awk -v a="$(median "${us[silos-$many]}")" -v b="$(median "${us[silos-1]}")" 'BEGIN { printf "%.2f", a / b }')"
