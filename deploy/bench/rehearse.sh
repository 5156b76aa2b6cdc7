#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long `rehearse` and `lint` take for a long history, beside a loop of psql and pg_dump that does the same by hand:
# up, down, up again, and the schema dumped and compared after each; in one run, on servers with the same settings.
#
#   deploy/bench/rehearse.sh [REVISIONS] [LINTED] [ROUNDS]
#
# Needs the programs of a PostgreSQL server and pg_dump. The history is generated: tables with keys, indexes, views,
# functions, triggers, types, and changes of all of them; it grows to some 60 tables at 250 revisions.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
revisions=${1:-250} linted=${2:-100} rounds=${3:-3}
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")
work=$(mktemp -d /dev/shm/skein-bench.XXXXXX)
chmod 755 "$work"
port=$((20000 + RANDOM % 10000))
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
finish() {
    "${as[@]}" "$bin/pg_ctl" -s -m immediate -D "$work/data/cluster" stop 2> /dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# One change and its way back, by number: writes $work/up/N.sql and $work/down/N.sql.
change() { # N TABLE OTHER
    local n=$1 t=t$2 o=t$3
    case $((n % 10)) in
        1 | 6)
            cat > "$work/up/$n.sql" << END
CREATE TABLE t$n (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, state text NOT NULL DEFAULT 'new',
    amount numeric(12,2) CHECK (amount >= 0), at timestamptz NOT NULL DEFAULT now(), owner bigint${2:+ REFERENCES $t}, UNIQUE (name, state));
CREATE INDEX t${n}_owner ON t$n (owner);
CREATE INDEX t${n}_at ON t$n (at) WHERE state <> 'done';
COMMENT ON TABLE t$n IS 'What was made at $n';
END
            echo "DROP TABLE t$n;" > "$work/down/$n.sql" ;;
        2)
            echo "ALTER TABLE $t ADD COLUMN extra_$n jsonb, ADD COLUMN count_$n int NOT NULL DEFAULT 0;" > "$work/up/$n.sql"
            echo "ALTER TABLE $t DROP COLUMN extra_$n, DROP COLUMN count_$n;" > "$work/down/$n.sql" ;;
        3)
            echo "CREATE VIEW v$n AS SELECT a.id, a.name, b.state, sum(b.amount) AS total FROM $t a LEFT JOIN $o b ON b.id = a.owner GROUP BY a.id, a.name, b.state;" > "$work/up/$n.sql"
            echo "DROP VIEW v$n;" > "$work/down/$n.sql" ;;
        4)
            cat > "$work/up/$n.sql" << END
CREATE FUNCTION touch_$n() RETURNS trigger LANGUAGE plpgsql AS \$\$ BEGIN NEW.at := now(); RETURN NEW; END \$\$;
CREATE TRIGGER touched_$n BEFORE UPDATE ON $t FOR EACH ROW EXECUTE FUNCTION touch_$n();
END
            printf 'DROP TRIGGER touched_%s ON %s;\nDROP FUNCTION touch_%s();\n' "$n" "$t" "$n" > "$work/down/$n.sql" ;;
        5)
            printf "CREATE TYPE kind_%s AS ENUM ('a', 'b', 'c');\nALTER TABLE %s ADD COLUMN kind_%s kind_%s NOT NULL DEFAULT 'a';\n" "$n" "$t" "$n" "$n" > "$work/up/$n.sql"
            printf 'ALTER TABLE %s DROP COLUMN kind_%s;\nDROP TYPE kind_%s;\n' "$t" "$n" "$n" > "$work/down/$n.sql" ;;
        7)
            echo "ALTER TABLE $t ADD CONSTRAINT low_$n CHECK (amount < $n) NOT VALID;" > "$work/up/$n.sql"
            echo "ALTER TABLE $t DROP CONSTRAINT low_$n;" > "$work/down/$n.sql" ;;
        8)
            printf "CREATE INDEX by_%s ON %s (lower(name), at DESC);\nUPDATE %s SET state = 'old' WHERE at < '2020-01-01';\n" "$n" "$t" "$o" > "$work/up/$n.sql"
            echo "DROP INDEX by_$n;" > "$work/down/$n.sql" ;;
        9)
            echo "ALTER TABLE $t ADD COLUMN ref_$n bigint; ALTER TABLE $t ADD CONSTRAINT ref_$n FOREIGN KEY (ref_$n) REFERENCES $o ON DELETE SET NULL;" > "$work/up/$n.sql"
            echo "ALTER TABLE $t DROP COLUMN ref_$n;" > "$work/down/$n.sql" ;;
        0)
            printf 'CREATE TABLE link_%s (a bigint REFERENCES %s ON DELETE CASCADE, b bigint REFERENCES %s, note varchar(80), PRIMARY KEY (a, b));\n' "$n" "$t" "$o" > "$work/up/$n.sql"
            echo "DROP TABLE link_$n;" > "$work/down/$n.sql" ;;
    esac
}

mkdir -p "$work/up" "$work/down" "$work/project/revisions" "$work/data" "$work/dumps"
printf 'revisions: revisions\n' > "$work/project/skein.yaml"
tables=()
for n in $(seq 1 "$revisions"); do
    count=${#tables[@]}
    if [ "$count" = 0 ]; then change "$n" '' ''; else change "$n" "${tables[$((n * 7 % count))]}" "${tables[$((n * 3 % count))]}"; fi
    case $((n % 10)) in 1 | 6) tables+=("$n") ;; esac
    id=$(printf 'r%04d' "$n")
    {
        printf -- '--@ revision: %s\n--@ revises: %s\n--@ message: change %s\n\n--@ upgrade\n' "$id" "${before:-}" "$n"
        cat "$work/up/$n.sql"
        printf -- '\n--@ downgrade\n'
        cat "$work/down/$n.sql"
    } > "$work/project/revisions/$id.sql"
    before=$id
done

[ "$(id -u)" != 0 ] || chown postgres: "$work/data"
"${as[@]}" "$bin/initdb" -D "$work/data/cluster" -U postgres -A trust --no-sync > /dev/null
"${as[@]}" "$bin/pg_ctl" -s -w -D "$work/data/cluster" -l "$work/data/log" -o "-p $port -k $work/data -c listen_addresses=127.0.0.1 -c fsync=off
    -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c jit=off -c shared_buffers=64MB" start
psql=("$bin/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres)
dump() { "$bin/pg_dump" -s -h 127.0.0.1 -p "$port" -U postgres by_hand | sed '/^\\\(un\)\?restrict/d' > "$work/dumps/$1"; }
by_hand() { # REVISIONS
    "${psql[@]}" postgres -c 'DROP DATABASE IF EXISTS by_hand' -c 'CREATE DATABASE by_hand' 2> /dev/null
    dump before
    local n
    for n in $(seq 1 "$1"); do
        "${psql[@]}" by_hand -1 -f "$work/up/$n.sql"
        dump after
        "${psql[@]}" by_hand -1 -f "$work/down/$n.sql"
        dump back
        cmp -s "$work/dumps/before" "$work/dumps/back" || printf 'the way back of %s leads elsewhere\n' "$n" >&2
        "${psql[@]}" by_hand -1 -f "$work/up/$n.sql"
        dump again
        cmp -s "$work/dumps/after" "$work/dumps/again" || printf 'the second way up of %s leads elsewhere\n' "$n" >&2
        mv "$work/dumps/again" "$work/dumps/before"
    done
}
seconds() { # COMMAND…: how long it takes
    local began
    began=$(date +%s.%N)
    "$@" > "$work/out" || { tail -3 "$work/out" >&2; }
    echo "$(date +%s.%N) - $began" | bc -l
}
rehearse() { (cd "$work/project" && "${SKEIN:-$root/skein}" rehearse --all 2> /dev/null); }
lint() { (cd "$work/project" && "${SKEIN:-$root/skein}" lint "r0001:$(printf 'r%04d' "$linted")" --fail-on never 2> /dev/null); }

printf 'psql+pg_dump: up, down, up of %s (s)   rehearse (s)   ratio   lint of %s (s)\n' "$revisions" "$linted"
for _ in $(seq 1 "$rounds"); do
    hand=$(seconds by_hand "$revisions")
    rehearsed=$(seconds rehearse)
    judged=$(seconds lint)
    printf '%39.1f %14.1f %7.2f %17.1f\n' "$hand" "$rehearsed" "$(echo "$rehearsed / $hand" | bc -l)" "$judged"
done
