#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How fast the audit service commits what agents send, beside COPY of the same rows; on a stack of its own.
#
#   deploy/bench/ingest.sh [ENTRIES]
#
# Needs psql.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
SKEIN_HOME=$(mktemp -d)
export SKEIN_HOME
chmod 755 "$SKEIN_HOME"
finish() {
    "$root/skein" down > /dev/null || true
    rm -rf "$SKEIN_HOME"
}
trap finish EXIT
export SKEIN_PORT_KAFKA=${SKEIN_PORT_KAFKA:-19092} SKEIN_PORT_POSTGRES_CONTROL=${SKEIN_PORT_POSTGRES_CONTROL:-15432}
"$root/skein" up > "$SKEIN_HOME/up.log" 2>&1 &
up=$!
until grep -q 'skein_audit\|Console\|console' "$SKEIN_HOME/up.log" 2> /dev/null; do
    kill -0 "$up" 2> /dev/null || { cat "$SKEIN_HOME/up.log"; exit 1; }
    sleep 0.5
done
{ read -r _; read -r java; } < "$SKEIN_HOME/java"
"$java/bin/java" -Xmx4g -cp "$root/agent/target/quarkus-app/lib/main/*" "$root/deploy/bench/Ingest.java" "${1:-200000}" \
    "127.0.0.1:$SKEIN_PORT_KAFKA" "postgresql://postgres@127.0.0.1:$SKEIN_PORT_POSTGRES_CONTROL/skein_audit" \
    "$(cat "$SKEIN_HOME/secret/postgres-control")"
