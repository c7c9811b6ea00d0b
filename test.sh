#!/usr/bin/env bash
# Installs what the tests need, builds everything with warnings as errors, and runs every test.
#   ./test.sh          all but the slow suites
#   ./test.sh --full   the slow ones too (killed databases, soak)
set -euo pipefail
cd "$(dirname "$0")"
filter='Category!=Slow'
[ "${1:-}" = "--full" ] && filter=''

if ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
  echo "Installing PostgreSQL ..."
  sudo=''; [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq postgresql >/dev/null
fi

dotnet build Interven.Orleans.sln -c Release -nologo -v quiet
dotnet format whitespace Interven.Orleans.sln --verify-no-changes --no-restore

passed=0 failed=0 broken=0
for project in tests/*.Tests/*.csproj; do
  log=$(mktemp)
  dotnet test "$project" -c Release --no-build -nologo ${filter:+--filter "$filter"} >"$log" 2>&1 || broken=1
  cat "$log"
  read -r p f < <(awk '/Passed:|Failed:/ && /Total:/ { for (i = 1; i <= NF; i++) { if ($i == "Passed:") p += $(i+1); if ($i == "Failed:") f += $(i+1) } } END { print p + 0, f + 0 }' "$log")
  [ $((p + f)) -gt 0 ] || { echo "No test ran in $project"; f=$((f + 1)); }
  passed=$((passed + p)); failed=$((failed + f))
  rm -f "$log"
done
[ "$broken" = 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
