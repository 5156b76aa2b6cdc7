#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How fast the command verifies an export, its start included, on one core with 64 MB of heap, beside sha256sum of the
# same file.
#
#   deploy/bench/verify.sh [ENTRIES] [ROUNDS]
#
#   OTHER=...    the launcher of another checkout, to compare this one with in turns
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
entries=${1:-1000000} rounds=${2:-3}
"$root/skein" --version > /dev/null # builds what is out of date
{ read -r _; read -r java; } < "${SKEIN_HOME:-$root/.skein}/java"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
now() { date +%s.%N; }
(cd "$root" && "$java/bin/java" -cp "$(< target/built/paths)" deploy/bench/Verify.java "$entries" "$work/record.jsonl" "$work/key" 2> /dev/null)
[ -z "${OTHER:-}" ] || "$OTHER" --version > /dev/null
verified() { # LAUNCHER: how long it took
    local began
    began=$(now)
    JAVA_TOOL_OPTIONS=-Xmx64m taskset -c 0 "$1" audit verify "$work/record.jsonl" --key "$work/key" --whole > /dev/null 2> "$work/said" ||
        { cat "$work/said" >&2; exit 1; }
    echo "$(now) - $began" | bc -l
}
for round in $(seq 1 "$rounds"); do
    began=$(now)
    taskset -c 0 sha256sum "$work/record.jsonl" > /dev/null
    floor=$(echo "$(now) - $began" | bc -l)
    took=$(verified "$root/skein")
    printf 'round %d: %s entries, %d MB: %.2f s (%.0f entries a second); sha256sum %.2f s; ratio %.1f\n' "$round" "$entries" \
        "$(($(stat -c %s "$work/record.jsonl") / 1000000))" "$took" "$(echo "$entries / $took" | bc -l)" "$floor" "$(echo "$took / $floor" | bc -l)"
    [ -z "${OTHER:-}" ] || {
        other=$(verified "$OTHER")
        printf '         the other one: %.2f s (%.0f entries a second); this one beside it %.2f\n' "$other" \
            "$(echo "$entries / $other" | bc -l)" "$(echo "$took / $other" | bc -l)"
    }
done
