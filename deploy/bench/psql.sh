#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Databases migrated per second by a rollout, beside one `psql -1` per database with the same
# revisions at the same parallelism, in one run on one server; and where a rollout's time and the
# processor's go.
#
#   deploy/bench/psql.sh [databases] [parallel] [rounds]
#
# Needs a stack (./skein up, with ./skein demo told once for its people and revisions) and psql.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
home=${SKEIN_HOME:-$root/.skein}
export SKEIN_CONFIG_HOME=$home/login
databases=${1:-48} parallel=${2:-4} rounds=${3:-3}
port=$(sed -n 's/^postgres-eu=//p' "$home/ports.properties")
PGPASSWORD=$(cat "$home/secret/postgres-eu")
export PGPASSWORD PGOPTIONS='-c client_min_messages=warning'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
psql=(psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres)
skein() { "$root/skein" "$@"; }
now() { date +%s.%N; }

# What each process of the stack and its children, also those that have ended, used so far: in hundredths of a second.
used() {
    local file pid
    for file in "$home"/run/*.pid; do
        read -r pid _ < "$file"
        printf '%s %s\n' "$(basename "$file" .pid)" "$(spent "$pid" $(pgrep -P "$pid"))"
    done
}
spent() {
    local pid sum=0 ended=1
    for pid in "$@"; do
        # shellcheck disable=SC2046
        set -- $(sed 's/.*) //' "/proc/$pid/stat" 2> /dev/null)
        [ $# -gt 0 ] || continue # it has ended meanwhile
        sum=$((sum + ${12} + ${13} + ended * (${14} + ${15})))
        ended=0
    done
    printf '%s' "$sum"
}

# The upgrade sections in their order, as one script; psql -1 cannot build an index concurrently.
for file in "$home"/demo/billing/*.sql; do
    sed -n '/^--@ upgrade/,/^--@ \(verify\|downgrade\)/{/^--@/d;p}' "$file" | sed 's/ CONCURRENTLY//'
done > "$work/all.sql"

fresh() { # prefix: so many new databases like the demo's tenants
    seq 1 "$databases" | while read -r n; do
        printf 'DROP DATABASE IF EXISTS %s%s WITH (FORCE);\nCREATE DATABASE %s%s TEMPLATE seed_of_tenants;\n' "$1" "$n" "$1" "$n"
    done | "${psql[@]}" postgres
}

discovered() { skein targets --json --profile ann --select "name = $1*" | grep -o '"problem":null' | wc -l; }

printf 'round  psql -1 (db/s)  rollout (db/s)  ratio\n'
for round in $(seq 1 "$rounds"); do
    fresh bench_
    used > "$work/before"
    began=$(now)
    seq 1 "$databases" | xargs -P "$parallel" -I{} "${psql[@]}" -1 -f "$work/all.sql" bench_{}
    floor=$(echo "$(now) - $began" | bc -l)
    used > "$work/after"
    server=$(paste "$work/before" "$work/after" | awk -v n="$databases" '$1 == "postgres-eu" { print ($4 - $2) * 10 / n }')
    name=tenant_bench${round}_$$_
    fresh "$name"
    until [ "$(discovered "$name")" -ge "$databases" ]; do sleep 1; done
    id=bench-$round-$$
    digest=$(skein push "$home/demo/billing" --profile ann 2>/dev/null)
    printf 'rollout: %s\nbundle: %s\nselect: name = %s*\nbackup: none "it is measured"\nwaves:\n  - { name: all, parallel: %s }\n' \
        "$id" "$digest" "$name" "$parallel" > "$work/rollout.yaml"
    skein rollout create "$work/rollout.yaml" --profile ann > /dev/null 2>&1
    used > "$work/before"
    skein rollout approve "$id" --profile bob 2> /dev/null
    skein rollout watch "$id" --profile ann > /dev/null 2>&1
    used > "$work/after"
    # From the first release to the last outcome, by the control plane's own clock.
    skein rollout show "$id" --json --profile ann > "$work/show.json"
    approved=$(sed -n 's/.*"changed":"\([^"]*\)".*/\1/p' "$work/show.json")
    created=$(sed -n 's/.*"approved":"\([^"]*\)".*/\1/p' "$work/show.json")
    took=$(echo "$(date -d "$approved" +%s.%N) - $(date -d "$created" +%s.%N)" | bc -l)
    printf '%5d  %14.1f  %14.1f  %5.2f\n' "$round" "$(echo "$databases / $floor" | bc -l)" \
        "$(echo "$databases / $took" | bc -l)" "$(echo "$took / $floor" | bc -l)"
    { read -r _; read -r java; } < "$home/java"
    "$java/bin/java" -cp "$root/agent/target/quarkus-app/lib/main/*" "$root/deploy/bench/RolloutPath.java" "$id" \
        "127.0.0.1:$(sed -n 's/^kafka=//p' "$home/ports.properties")" eu "$parallel" 2> "$work/path.log" || cat "$work/path.log"
    paste "$work/before" "$work/after" |
        awk -v n="$databases" '$1 !~ /stack/ { printf "  %-17s %6.1f ms of a core a database\n", $1, ($4 - $2) * 10 / n }'
    printf '  psql -1: postgres-eu %6.1f ms of a core a database\n' "$server"
    for n in $(seq 1 "$databases"); do printf 'DROP DATABASE %s%s WITH (FORCE);\nDROP DATABASE bench_%s;\n' "$name" "$n" "$n"; done | "${psql[@]}" postgres
done
