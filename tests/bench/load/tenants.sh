#!/usr/bin/env bash
# Memory of one process with many tenants (P10): what a tenant costs that nobody calls for, and what one costs that is in use.
#   TENANTS  in the database, each with its policies (default 100000)      ACTIVE  of them in use (default 1000)
#   PG_BIN   Postgres' programs (default /usr/lib/postgresql/15/bin; run as user postgres when this runs as root)
# Needs: .NET SDK, wrk, curl, Postgres. Takes about three minutes. Ends what it started, by pid.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../../.." && pwd)
tenants=${TENANTS:-100000}; active=${ACTIVE:-1000}; pg_bin=${PG_BIN:-/usr/lib/postgresql/15/bin}
port=${LOAD_PORT:-18560}; work=$(mktemp -d "${TMPDIR:-/tmp}/interven-tenants.XXXXXX"); chmod 755 "$work"
app=$root/api-frontend/bin/Release/net10.0
declare -A pid key url rps us lat
started=()
source "$here/measure.sh"
trap finish EXIT
[ "${LOAD_NO_BUILD:-}" = 1 ] || dotnet build "$root/api-frontend" -c Release -nologo -v quiet
vault=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')

start() {
  start_product "$1" $((port + 2)) "ConnectionStrings__Interven=Host=127.0.0.1;Port=$((port + 9));Username=postgres;Database=interven" Interven__HostSilo=true \
    INTERVEN_CREDENTIAL_ENCRYPTION_KEY="$vault" Interven__Silo__Port=$((port + 3)) Interven__Silo__GatewayPort=$((port + 4)) > /dev/null
}
stop() { kill "${pid[$1]}"; for _ in $(seq 300); do kill -0 "${pid[$1]}" 2> /dev/null || return 0; sleep .1; done; }
sql() { as_postgres "$pg_bin/psql" -h 127.0.0.1 -p $((port + 9)) -U postgres -d interven -qAt -v ON_ERROR_STOP=1 -c "$1"; }
rss() { awk '/VmRSS/ { print $2 }' "/proc/${pid[$1]}/status"; }
# What a process takes that has compiled its code and collected its garbage: one key, the same load each time.
settled() { LOAD_CHECK=0 drive "$1" 16 8; sleep 3; rss "$1"; }

start_postgres
start one
alone=$(settled one)

token=$(sed -n 's/.*INTERVEN_ADMIN_TOKEN=//p' "$work/one.log" | head -1 | tr -d ' \r')
mint() { local made; made=$(curl -fsS -X POST -H "Authorization: Bearer $2" -H 'Content-Type: application/json' -d "{\"name\":\"key $3\",\"default_agent_id\":\"agent-$3\"}" "$1/api/keys" | sed -n 's/.*"key":"\([^"]*\)".*/\1/p'); echo "$made"; }
export -f mint
seq "$active" | xargs -P 8 -I{} bash -c "mint ${url[one]} $token {}" > "$work/keys"
[ "$(wc -l < "$work/keys")" = "$active" ] || { echo "not all keys were made"; exit 1; }
sql "
  CREATE TABLE made AS SELECT n, md5('tenant ' || n)::uuid AS id FROM generate_series(1, $tenants) n;
  INSERT INTO tenants (tenant_id, name, settings) SELECT id, 'tenant ' || n, settings FROM made, (SELECT * FROM tenants LIMIT 1) one;
  INSERT INTO tenant_head (tenant_id, seq) SELECT id, 0 FROM made;
  INSERT INTO policies (tenant_id, policy_id, name, env, enabled, version, content_hash) SELECT id, policy_id, name, env, enabled, version, content_hash FROM made, policies;
  INSERT INTO policy_versions (tenant_id, policy_id, version, content, content_hash, author) SELECT id, policy_id, version, content, content_hash, author FROM made, policy_versions;
  UPDATE api_keys SET tenant_id = id FROM (SELECT key_id AS given, row_number() OVER () AS at FROM api_keys WHERE name LIKE 'key %') mine JOIN made ON n = at WHERE key_id = given;
  ANALYZE"
stop one
key[many]=${key[one]}
start many
known=$(settled many)
LOAD_KEYS=$work/keys LOAD_CHECK=1 drive many 16 20; calls=$requests; wrong=$failed
used=$(settled many)

echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%FT%TZ), commit $(git -C "$root" rev-parse --short HEAD)"
echo "one tenant: $((alone / 1024)) MB; $tenants with $(sql 'SELECT count(*) FROM policies') policies known: $((known / 1024)) MB, $(awk -v a="$known" -v b="$alone" -v n="$tenants" 'BEGIN { printf "%.2f", (a - b) / n }') KB for each idle one (bar 2)"
echo "$active of them in use ($calls calls, $wrong of them not a durable ALLOW): $((used / 1024)) MB (bar 1024), $(((used - known) / active)) KB for each"
