#!/usr/bin/env bash
# Installs what the tests need, builds everything with warnings as errors, and runs every test.
#   ./test.sh          all but the slow suites
#   ./test.sh --full   the slow ones too (killed databases, soak)
set -euo pipefail
cd "$(dirname "$0")"
filter='Category!=Slow'
[ "${1:-}" = "--full" ] && filter=''

missing=()
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing+=(postgresql)
[ -x /usr/sbin/haproxy ] || missing+=(haproxy)
[ -x /usr/bin/chromium ] || missing+=(chromium)
[ -x /usr/bin/faketime ] || missing+=(faketime)
if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]} ..."
  sudo=''; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}" >/dev/null
fi

npm ci --prefix tests/Console.Tests --silent --no-audit --no-fund
dotnet build Interven.Orleans.sln -c Release -nologo -v quiet
# The formatter looks while tests run, of which most wait more than they work.
formatting=$(mktemp)
dotnet format whitespace Interven.Orleans.sln --verify-no-changes --no-restore >"$formatting" 2>&1 &
formatter=$!

passed=0 failed=0 broken=0
failures=$(mktemp)

# Adds what one run of tests has passed and failed, and keeps what it said of failures; a run of nothing is a failure.
count() {
  local p=$2 f=$3 log=$4
  [ $((p + f)) -gt 0 ] || { echo "No test ran in $1" | tee -a "$failures"; f=1; }
  passed=$((passed + p)); failed=$((failed + f))
  [ "$f" = 0 ] || { echo "$1:"; grep -A 12 -E '^ +Failed |^✖|^(FAIL|ERROR): ' "$log" | head -n 200 || true; } >>"$failures"
  rm -f "$log"
}

for project in tests/*.Tests/*.csproj; do
  log=$(mktemp)
  dotnet test "$project" -c Release --no-build -nologo ${filter:+--filter "$filter"} >"$log" 2>&1 || broken=1
  cat "$log"
  read -r p f < <(awk '/Passed:|Failed:/ && /Total:/ { for (i = 1; i <= NF; i++) { if ($i == "Passed:") p += $(i+1); if ($i == "Failed:") f += $(i+1) } } END { print p + 0, f + 0 }' "$log")
  count "$project" "$p" "$f" "$log"
done

javascript() {
  if ! command -v npm >/dev/null 2>&1; then
    echo "Installing Node.js ..."
    local sudo=''; [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq nodejs npm >/dev/null
  fi
  # What is installed already is what the lock names: nothing to fetch.
  cmp -s package-lock.json node_modules/.installed-lock || { npm ci --no-progress --loglevel=error && cp package-lock.json node_modules/.installed-lock; }
  npm run --silent build && npm test --silent
}
log=$(mktemp)
(cd clients/js && javascript) >"$log" 2>&1 || broken=1
cat "$log"
read -r p f < <(awk '$2 == "pass" { p += $3 } $2 == "fail" { f += $3 } END { print p + 0, f + 0 }' "$log")
count clients/js "$p" "$f" "$log"

log=$(mktemp)
clients/python/test.sh >"$log" 2>&1 || broken=1
cat "$log"
read -r p f < <(awk '/^Ran [0-9]+ test/ { n = $2 } /^FAILED/ { gsub(/[^0-9]+/, " "); for (i = 1; i <= NF; i++) f += $i } END { print n - f, f + 0 }' "$log")
count clients/python "$p" "$f" "$log"

wait "$formatter" || { cat "$formatting"; echo "The code is not formatted: dotnet format whitespace Interven.Orleans.sln"; broken=1; }
rm -f "$formatting"

[ "$broken" = 0 ] || [ "$failed" -gt 0 ] || failed=1
[ ! -s "$failures" ] || { echo; echo "What failed:"; cat "$failures"; }
rm -f "$failures"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
