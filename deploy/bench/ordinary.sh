#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whether ordinary work on untouched schemas is ever taken for drift; on a stack of its own.
#
#   deploy/bench/ordinary.sh [MINUTES] [DATABASES]
#
# Load, ANALYZE, VACUUM FULL, REINDEX, CLUSTER, REFRESH, TRUNCATE, temporary tables, dump and restore, and servers
# that are restarted, while agents look every 5 s. In the end a change by hand, which must be found. Needs pgbench.
set -eEuo pipefail
shopt -s inherit_errexit
root=$(cd "$(dirname "$0")/../.." && pwd -P)
minutes=${1:-60} databases=${2:-12}
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/pgbench | tail -1)")
SKEIN_HOME=$(mktemp -d)
export SKEIN_HOME SKEIN_CONFIG_HOME=$SKEIN_HOME/login
chmod 755 "$SKEIN_HOME"
finish() {
    "$root/skein" down > /dev/null || true
    rm -rf "$SKEIN_HOME"
}
trap finish EXIT
skein() { "$root/skein" "$@"; }
port_of() { sed -n "s/^$1=//p" "$SKEIN_HOME/ports.properties"; }

skein up > "$SKEIN_HOME/up.log" 2>&1 &
up=$!
until grep -q '^Console' "$SKEIN_HOME/up.log"; do
    kill -0 "$up" 2> /dev/null || { cat "$SKEIN_HOME/up.log"; exit 1; }
    sleep 0.5
done
PGPASSWORD=$(cat "$SKEIN_HOME/secret/postgres-eu")
export PGPASSWORD PGHOST=127.0.0.1 PGUSER=postgres PGOPTIONS='-c client_min_messages=warning'
PGPORT=$(port_of postgres-eu)
export PGPORT
sql() { "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$@"; }

# What pgbench works on, and kinds of objects that maintenance touches, as a revision.
mkdir -p "$SKEIN_HOME/ordinary/revisions"
printf 'revisions: revisions\n' > "$SKEIN_HOME/ordinary/skein.yaml"
cat > "$SKEIN_HOME/ordinary/revisions/20261101000000_o100_pgbench.sql" << 'END'
--@ revision: o100
--@ message: what pgbench works on

--@ upgrade
CREATE TABLE pgbench_branches (bid int PRIMARY KEY, bbalance int, filler char(88)) WITH (fillfactor = 100);
CREATE TABLE pgbench_tellers (tid int PRIMARY KEY, bid int REFERENCES pgbench_branches, tbalance int, filler char(84)) WITH (fillfactor = 100);
CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int REFERENCES pgbench_branches, abalance int, filler char(84)) WITH (fillfactor = 100);
CREATE TABLE pgbench_history (tid int REFERENCES pgbench_tellers, bid int, aid int, delta int, mtime timestamp, filler char(22));
CREATE INDEX accounts_branch ON pgbench_accounts (bid) WHERE abalance > 0;
CREATE INDEX accounts_filler ON pgbench_accounts (lower(filler::text));
CREATE STATISTICS accounts_both (dependencies) ON bid, abalance FROM pgbench_accounts;
CREATE MATERIALIZED VIEW balances AS SELECT bid, sum(abalance) AS total FROM pgbench_accounts GROUP BY bid;
CREATE UNIQUE INDEX balances_branch ON balances (bid);
CREATE VIEW rich AS SELECT * FROM pgbench_accounts WHERE abalance > 1000;
CREATE SEQUENCE tickets;
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT now(), mood mood, what jsonb, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_now PARTITION OF events FOR VALUES FROM ('2000-01-01') TO ('2100-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE INDEX events_what ON events USING gin (what);
CREATE UNLOGGED TABLE scratchpad (id int PRIMARY KEY, note text);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := coalesce(NEW.note, ''); RETURN NEW; END $$;
CREATE TRIGGER scratchpad_noted BEFORE INSERT ON scratchpad FOR EACH ROW EXECUTE FUNCTION noted();
END
names=()
for n in $(seq 1 "$databases"); do
    names+=("tenant_o$n")
    sql postgres -c "CREATE DATABASE tenant_o$n"
done
urls=()
for name in "${names[@]}"; do urls+=(--url "postgresql://postgres@127.0.0.1:$PGPORT/$name"); done
(cd "$SKEIN_HOME/ordinary" && skein upgrade "${urls[@]}") > "$SKEIN_HOME/upgrade.log" 2>&1 || { cat "$SKEIN_HOME/upgrade.log"; exit 1; }

looks() { # NAME: a counter of the agents
    local total=0 agent value
    for agent in agent-eu-1 agent-us-1; do
        value=$(curl -s "http://127.0.0.1:$(port_of $agent)/q/metrics" | sed -n "s/^$1{*[^ ]* \([0-9]*\).*/\1/p")
        total=$((total + ${value:-0}))
    done
    echo "$total"
}
findings() { # of any state, by hand or not
    skein drift list --all --json > "$SKEIN_HOME/findings.json"
    { grep -o '"observed":' "$SKEIN_HOME/findings.json" || true; } | wc -l
}
looked() { # until every database was looked at twice more
    local enough=$(($(looks skein_looks_total) + 2 * databases)) began=$SECONDS
    until [ "$(looks skein_looks_total)" -ge $enough ]; do
        [ $((SECONDS - began)) -lt 60 ] || { printf 'the agents do not look\n'; return 1; }
        sleep 0.5
    done
}

filled() { "$bin/pgbench" -q -n -i -I g -s 1 "$1" > /dev/null 2>&1 && sql "$1" -c 'REFRESH MATERIALIZED VIEW balances'; }
load() { "$bin/pgbench" -n -c 2 -T 5 -R 40 "$1" > /dev/null 2>&1; }
events() { sql "$1" -c "INSERT INTO events (mood, what) SELECT 'ok', jsonb_build_object('n', n) FROM generate_series(1, 500) n; SELECT nextval('tickets'); SELECT setval('tickets', 7)" > /dev/null; }
restored() { # dumped, dropped, made anew from the dump
    local file=$SKEIN_HOME/$1.dump
    "$bin/pg_dump" -Fc -f "$file" "$1"
    sql postgres -c "DROP DATABASE $1 WITH (FORCE)" -c "CREATE DATABASE $1"
    "$bin/pg_restore" -d "$1" "$file"
    rm "$file"
}
server() { # ended, and started again by who watches over it
    local pid began=$SECONDS
    pid=$(sed -n 's/ .*//;1p' "$SKEIN_HOME/run/postgres-eu.pid")
    kill -INT "$pid"
    while kill -0 "$pid" 2> /dev/null || ! sql postgres -c 'SELECT' 2> /dev/null; do
        [ $((SECONDS - began)) -lt 60 ] || { printf 'the server did not come back\n'; return 1; }
        sleep 0.2
    done
}

declare -A done_of
doing=
trap 'printf "failed at: %s\n" "$doing"' ERR
work() { # KIND DATABASE
    doing="$1 $2"
    case $1 in
        load) load "$2" ;;
        filled) filled "$2" ;;
        events) events "$2" ;;
        analyze) sql "$2" -c 'ANALYZE' ;;
        vacuum) sql "$2" -c 'VACUUM (FREEZE)' ;;
        vacuum-full) sql "$2" -c 'VACUUM FULL' ;;
        reindex) sql "$2" -c "REINDEX DATABASE $2" ;;
        reindex-catalogs) sql "$2" -c "REINDEX SYSTEM $2" ;;
        reindex-concurrently) sql "$2" -c 'REINDEX TABLE CONCURRENTLY pgbench_accounts' -c 'REINDEX INDEX CONCURRENTLY events_now_what_idx' ;;
        cluster) sql "$2" -c 'CLUSTER pgbench_accounts USING pgbench_accounts_pkey' ;;
        refresh) sql "$2" -c 'REFRESH MATERIALIZED VIEW CONCURRENTLY balances' ;;
        truncate) sql "$2" -c 'TRUNCATE pgbench_history, events RESTART IDENTITY' ;;
        temporary) sql "$2" -c 'CREATE TEMP TABLE t AS SELECT * FROM rich; CREATE INDEX ON t (aid); ANALYZE t' ;;
        rolled-back) sql "$2" -c 'BEGIN; ALTER TABLE events ADD COLUMN more int; DROP VIEW rich; ROLLBACK' ;;
        restored) restored "$2" ;;
        server) server ;;
    esac
    done_of[$1]=$((${done_of[$1]:-0} + 1))
}
kinds=(load events analyze load vacuum load vacuum-full temporary load reindex load cluster refresh load reindex-concurrently
    load truncate rolled-back load reindex-catalogs filled load)

for name in "${names[@]}"; do filled "$name"; done
found=0 round=0 end=$((SECONDS + minutes * 60))
printf '%s databases, %s minutes\n' "$databases" "$minutes"
while [ $SECONDS -lt $end ]; do
    for n in "${!kinds[@]}"; do
        work "${kinds[n]}" "${names[(n + round * 5) % databases]}"
    done
    [ $((round % 5)) != 0 ] || work restored "${names[round % databases]}"
    [ $((round % 10)) != 0 ] || work server "${names[0]}"
    round=$((round + 1))
    doing=looking
    looked
    found=$(findings)
    printf '%4d s: %d findings, %d looks, %d catalogs read\n' $SECONDS "$found" "$(looks skein_looks_total)" "$(looks skein_catalog_reads_total)"
    [ "$found" = 0 ] || break
done
for kind in "${!done_of[@]}"; do printf '%s ×%d  ' "$kind" "${done_of[$kind]}"; done
printf '\n'
if [ "$found" != 0 ]; then
    skein drift list
    printf 'found something on an untouched schema\n'
    exit 1
fi
[ $round -gt 0 ] || { printf 'nothing was done\n'; exit 1; }
for name in "${names[@]}"; do sql "$name" -c 'CREATE INDEX by_hand ON pgbench_history (mtime)'; done
changed=$SECONDS
until [ "$(findings)" = "$databases" ] && grep -q by_hand "$SKEIN_HOME/findings.json"; do
    [ $((SECONDS - changed)) -lt 60 ] || { printf 'a change by hand was not found\n'; exit 1; }
    sleep 0.5
done
printf 'no finding in %d rounds; a change by hand found on all of them after %d s\n' "$round" $((SECONDS - changed))
