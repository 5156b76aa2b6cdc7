#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How fast the command verifies an export, its start included, on one core with 64 MB of heap, beside sha256sum of the
# same file.
#
#   deploy/bench/verify.sh [ENTRIES] [ROUNDS]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
entries=${1:-1000000} rounds=${2:-3}
"$root/skein" --version > /dev/null # builds what is out of date
{ read -r _; read -r java; } < "${SKEIN_HOME:-$root/.skein}/java"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
now() { date +%s.%N; }
"$java/bin/java" -cp "$(< "$root/target/built/class-path")" "$root/deploy/bench/Verify.java" "$entries" "$work/record.jsonl" "$work/key" 2> /dev/null
for round in $(seq 1 "$rounds"); do
    began=$(now)
    taskset -c 0 sha256sum "$work/record.jsonl" > /dev/null
    floor=$(echo "$(now) - $began" | bc -l)
    began=$(now)
    JAVA_TOOL_OPTIONS=-Xmx64m taskset -c 0 "$root/skein" audit verify "$work/record.jsonl" --key "$work/key" --whole > /dev/null 2> "$work/said" ||
        { cat "$work/said"; exit 1; }
    took=$(echo "$(now) - $began" | bc -l)
    printf 'round %d: %s entries, %d MB: %.2f s (%.0f entries a second); sha256sum %.2f s; ratio %.1f\n' "$round" "$entries" \
        "$(($(stat -c %s "$work/record.jsonl") / 1000000))" "$took" "$(echo "$entries / $took" | bc -l)" "$floor" "$(echo "$took / $floor" | bc -l)"
done
