# What run.sh measures with. Sourced; uses its variables.

finish() {
  local one
  for one in "${started[@]}"; do kill "$one" 2> /dev/null || true; done
  for one in "${started[@]}"; do for _ in $(seq 50); do kill -0 "$one" 2> /dev/null || break; sleep .1; done; kill -9 "$one" 2> /dev/null || true; done
  [ -z "${pg_pid:-}" ] || { kill -INT "$pg_pid" 2> /dev/null || true; sleep 1; }
  rm -rf "$work"
}

as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start_postgres() {
  mkdir "$work/pg"
  [ "$(id -u)" != 0 ] || chown postgres "$work/pg"
  as_postgres "$pg_bin/initdb" -D "$work/pg/data" -U postgres -A trust > "$work/initdb.log"
  as_postgres "$pg_bin/pg_ctl" -D "$work/pg/data" -l "$work/pg/log" -w -o "-p $((port + 9)) -k $work/pg -c listen_addresses=127.0.0.1 -c min_wal_size=1GB" start > /dev/null
  pg_pid=$(head -1 "$work/pg/data/postmaster.pid")
  as_postgres "$pg_bin/createdb" -h 127.0.0.1 -p $((port + 9)) -U postgres interven
}

# A database that has run for a while writes its log into files that it has used before; a new one makes a file of 16 MB for each 16 MB that it writes, and commits wait for that.
settle() {
  [ "$1" = postgres ] || return 0
  { for _ in $(seq 24); do echo "SELECT pg_create_restore_point('settle'); SELECT pg_switch_wal();"; done; echo 'CHECKPOINT;'; } \
    | "$pg_bin/psql" -qAt -h 127.0.0.1 -p $((port + 9)) -U postgres > /dev/null
}

now_ms() { date +%s%3N; }

# start_product NAME PORT [SETTING=VALUE...]: starts it on an empty store, takes the key it prints, and says when it answered its first scan (P12).
start_product() {
  local name=$1 at=$2 began; shift 2
  began=$(now_ms); mkdir -p "$work/$name"
  env INTERVEN_RATELIMIT_DISABLED=1 INTERVEN_URL=http://127.0.0.1:$at INTERVEN_DATA="$work/$name" "$@" \
    dotnet "$app/Interven.ApiFrontend.dll" --contentRoot "$app" >> "$work/$name.log" 2>&1 &
  pid[$name]=$!; started+=($!); url[$name]=http://127.0.0.1:$at
  for _ in $(seq 600); do
    [ -n "${key[$name]:-}" ] || key[$name]=$(sed -n 's/.*INTERVEN_API_KEY=//p' "$work/$name.log" | head -1 | tr -d ' \r')
    [ -n "${key[$name]}" ] && answers "$name" && { echo "P12 $name: $(($(now_ms) - began)) ms from the process's start to the first answered scan"; return; }
    kill -0 "${pid[$name]}" 2> /dev/null || { cat "$work/$name.log"; exit 1; }
    sleep .02
  done
  echo "$name did not answer within its time"; tail -20 "$work/$name.log"; exit 1
}

answers() {
  curl -s -m 2 -H "Authorization: Bearer ${key[$1]}" -H 'Content-Type: application/json' --data-binary "@$here/request.json" "${url[$1]}/v1/scan" 2> /dev/null | grep -q '"decision":"ALLOW"'
}

# The same store again: what a restart costs.
restart() {
  kill "${pid[$1]}"; for _ in $(seq 100); do kill -0 "${pid[$1]}" 2> /dev/null || break; sleep .1; done
  echo -n "again, store made: "; start_product "$1" $((port + 5))
}

# CPU ticks (1/100 s) of a process; for Postgres of all of its processes and of those that have ended.
ticks() { awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat" 2> /dev/null || echo 0; }
ticks_of() {
  local sum one; sum=$(ticks "${pid[$1]}")
  if [ "$1" = postgres ]; then
    for one in $(ps -o pid= --ppid "$pg_pid"); do sum=$((sum + $(ticks "$one"))); done
    sum=$((sum + $(awk '{ sub(/^.*\) /, ""); print $12 + $13 + $14 + $15 }' "/proc/$pg_pid/stat")))
  fi
  echo "$sum"
}

# drive SYSTEM CONNECTIONS SECONDS: sets requests, seconds, failed, p50, p95, p99, used (us of CPU per request)
drive() {
  local before out; before=$(ticks_of "$1")
  out=$(LOAD_KEY=${key[$1]} LOAD_BODY=$here/request.json wrk -t1 -c"$2" -d"$3"s --timeout 5s -s "$here/scan.lua" "${url[$1]}" | grep '^RESULT') || { echo "wrk failed on $1"; exit 1; }
  read -r _ requests seconds failed p50 p95 p99 <<< "$out"
  used=$(awk -v t=$(($(ticks_of "$1") - before)) -v n="$requests" 'BEGIN { printf "%.1f", n ? t * 10000 / n : 0 }')
}

# Until the compiler has done its work; every answer is looked at but the yardstick's.
warm() {
  local check=1; [ "$1" != bare ] || check=0
  LOAD_CHECK=$check drive "$1" 64 12
  echo "warm-up $1: $requests requests, $failed not a durable ALLOW"
}

full() {
  local system=${1%+key}
  LOAD_KEYED=$([ "$1" = "$system" ] || echo "r$2-$$-") drive "$system" 64 "$each"
  rps[$1]+="$(awk -v n="$requests" -v s="$seconds" 'BEGIN { printf "%.0f", n / s }') "
  us[$1]+="$used "; lat[$1]+="$p50/$p95/$p99 "
  [ "$failed" = 0 ] || echo "round $2 $1: $failed failed"
}

median() { tr ' ' '\n' <<< "$1" | grep . | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratios() { paste <(tr ' ' '\n' <<< "$1" | grep .) <(tr ' ' '\n' <<< "$2" | grep .) | awk '{ printf "%.3f ", $1 / $2 }'; }

report_full() {
  local run
  echo; echo "64 connections, medians of $rounds rounds of $each s (ratios: medians of each round's own)"
  printf '%-14s %9s %8s %12s %8s   %s\n' run req/s "/ bare" "CPU us/req" "/ bare" "p50/p95/p99 ms by round"
  for run in bare sqlite sqlite+key postgres postgres+key; do
    printf '%-14s %9.0f %8.2f %12.1f %8.2f   %s\n' "$run" "$(median "${rps[$run]}")" "$(median "$(ratios "${rps[$run]}" "${rps[bare]}")")" \
      "$(median "${us[$run]}")" "$(median "$(ratios "${us[$run]}" "${us[bare]}")")" "${lat[$run]}"
  done
  echo "P8 sqlite / postgres: $(median "$(ratios "${rps[sqlite]}" "${rps[postgres]}")") throughput, $(median "$(ratios "${us[sqlite]}" "${us[postgres]}")") CPU"; echo
}

# Half of the full load: 64 connections that pause between their requests.
half() {
  local rate pause check=1; [ "$1" != bare ] || check=0
  rate=$(median "${rps[$1]}")
  pause=$(awk -v r="$rate" 'BEGIN { printf "%d", 64 * 2000 / r - 1 }')
  LOAD_PAUSE=$pause LOAD_CHECK=$check drive "$1" 64 $((each * 2))
  printf 'P3 %-9s at %5.0f req/s (full %5.0f): p50 %s  p95 %s  p99 %s ms, CPU %s us/req, %s not a durable ALLOW\n' "$1" \
    "$(awk -v n="$requests" -v s="$seconds" 'BEGIN { print n / s }')" "$rate" "$p50" "$p95" "$p99" "$used" "$failed"
}
