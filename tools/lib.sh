# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by tools/run and tools/test; sourced, not run.

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# install_missing ASSUME_YES FILE... : installs the packages the files list that are not there yet.
install_missing() {
    local assume_yes=$1; shift
    command -v dpkg-query >/dev/null || {
        say "This is not Debian or Ubuntu: install the equivalents of tools/dependencies*.txt yourself. Going on."
        return 0
    }
    local missing=() package
    while read -r package; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done < <(grep -hv '^#' "$@")
    [ ${#missing[@]} -eq 0 ] && return 0

    say "Missing packages: ${missing[*]}"
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    if [ "$assume_yes" != 1 ]; then
        [ -t 0 ] || die "cannot ask here; run again with --yes, or: apt install ${missing[*]}"
        read -r -p "Install them with apt now? [Y/n] " answer
        case "$answer" in n*|N*) die "then install them yourself: apt install ${missing[*]}";; esac
    fi
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
        || die "apt could not install: ${missing[*]}"
}

# Configures only when there is no build yet: ninja reconfigures by itself when a CMake file changes.
configure() {
    local preset=$1; shift
    [ -f "build/$preset/build.ninja" ] && [ $# -eq 0 ] && return 0
    cmake --preset "$preset" "$@" >"build-$preset.log" 2>&1 \
        || { tail -n 30 "build-$preset.log" >&2; die "CMake could not configure '$preset' (see build-$preset.log)"; }
    rm -f "build-$preset.log"
}

# need_room GB FOR : says so now rather than letting the linker fail when the disk is full.
need_room() {
    local free
    free=$(($(df --output=avail -k . | tail -n 1) / 1000000))
    [ "$free" -ge "$1" ] || die "only $free GB are free in $PWD, $2 needs about $1 GB; build/ may hold builds you no longer need"
}
