#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Databases migrated per second by a rollout, beside one `psql -1` per database with the same
# revisions at the same parallelism, in one run on one server.
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
    began=$(now)
    seq 1 "$databases" | xargs -P "$parallel" -I{} "${psql[@]}" -1 -f "$work/all.sql" bench_{}
    floor=$(echo "$(now) - $began" | bc -l)
    name=tenant_bench${round}_$$_
    fresh "$name"
    until [ "$(discovered "$name")" -ge "$databases" ]; do sleep 1; done
    id=bench-$round-$$
    digest=$(skein push "$home/demo/billing" --profile ann 2>/dev/null)
    printf 'rollout: %s\nbundle: %s\nselect: name = %s*\nwaves:\n  - { name: all, parallel: %s }\n' \
        "$id" "$digest" "$name" "$parallel" > "$work/rollout.yaml"
    skein rollout create "$work/rollout.yaml" --profile ann > /dev/null
    skein rollout approve "$id" --profile bob 2> /dev/null
    skein rollout watch "$id" --profile ann 2> /dev/null
    # From the first release to the last outcome, by the control plane's own clock.
    skein rollout show "$id" --json --profile ann > "$work/show.json"
    approved=$(sed -n 's/.*"changed":"\([^"]*\)".*/\1/p' "$work/show.json")
    created=$(sed -n 's/.*"approved":"\([^"]*\)".*/\1/p' "$work/show.json")
    took=$(echo "$(date -d "$approved" +%s.%N) - $(date -d "$created" +%s.%N)" | bc -l)
    printf '%5d  %14.1f  %14.1f  %5.2f\n' "$round" "$(echo "$databases / $floor" | bc -l)" \
        "$(echo "$databases / $took" | bc -l)" "$(echo "$took / $floor" | bc -l)"
    for n in $(seq 1 "$databases"); do printf 'DROP DATABASE %s%s WITH (FORCE);\nDROP DATABASE bench_%s;\n' "$name" "$n" "$n"; done | "${psql[@]}" postgres
done
