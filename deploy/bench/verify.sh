#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How fast an export is verified offline, on one core with 64 MB of heap, beside one SHA-256 over the same file.
#
#   deploy/bench/verify.sh [ENTRIES]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd -P)
"$root/skein" --version > /dev/null # builds what is out of date
{ read -r _; read -r java; } < "${SKEIN_HOME:-$root/.skein}/java"
exec taskset -c 0 "$java/bin/java" -Xmx64m -cp "$(< "$root/target/built/class-path")" "$root/deploy/bench/Verify.java" "${1:-200000}"
