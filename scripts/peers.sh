#!/bin/sh
# Go and its golang.org/x/mod from Debian: software by others that reads our journal. By apt when root and missing.
library=/usr/share/gocode/src/golang.org/x/mod/sumdb
command -v go >/dev/null && [ -d "$library" ] && exit 0

packages="golang-go golang-golang-x-mod-dev"
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing: Go. Without, its test is skipped by name; 'sudo apt-get install $packages' would mend it."
    exit 0
fi
echo "apt-get install $packages"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # two words are two packages
apt-get install -qq -y --no-install-recommends $packages >/dev/null 2>&1 ||
    { apt-get update -qq >/dev/null; apt-get install -qq -y --no-install-recommends $packages >/dev/null; } ||
    echo "apt-get could not install $packages; Go's test is skipped by name."
