#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# A schema of 300 tables with 12 columns each: read, hashed and seen to be unchanged, beside pg_dump -s of the same database.
#
#   deploy/bench/catalog.sh
#
# Needs a PostgreSQL server and pg_dump on this machine.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
"$root/skein" --version > /dev/null # builds what is out of date
{ read -r _; read -r java; } < "${SKEIN_HOME:-$root/.skein}/java"
cd "$root" # the class path is written from here
exec "$java/bin/java" -cp "$(< target/built/paths)" deploy/bench/CatalogBench.java "${TMPDIR:-/tmp}"
