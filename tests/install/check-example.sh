#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-example.sh BUILD_FOLDER SOURCE_FOLDER GESSO [LINK_OPTIONS…] : what another project sees of Gesso::Core.
set -euo pipefail
build=$1 source=$2 gesso=$3 link_options=${*:4}
work=$build/install-example
rm -rf "$work/prefix" "$work/pictures"
mkdir -p "$work/pictures"

cmake --install "$build" --prefix "$work/prefix" --component Development >/dev/null
cmake -S "$source/examples/submit-run" -B "$work/build" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_EXE_LINKER_FLAGS="$link_options" >"$work/configure.log" 2>&1 \
    || { cat "$work/configure.log"; exit 1; }
cmake --build "$work/build" >"$work/build.log" 2>&1 || { tail -40 "$work/build.log"; exit 1; }

linked=$(ldd "$work/build/submit-run")
for forbidden in Qt6Widgets Qt6HttpServer; do
    if grep -q "$forbidden" <<<"$linked"; then
        echo "the example links $forbidden"
        exit 1
    fi
done

# The demo server prints its address as one JSON line.
"$gesso" demo-server --port 0 --json >"$work/server.json" &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in $(seq 100); do
    url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$work/server.json")
    [ -n "$url" ] && break
    kill -0 $server || { echo "the demo server ended"; exit 1; }
    sleep 0.1
done
"$work/build/submit-run" "$url" "$source/resources/workflows/text-to-picture.json" "$work/pictures"
ls "$work/pictures"/*.png
