#!/bin/sh
# Chromium and a Japanese font for the browser's tests: by apt when root and missing, else a message.
there() { command -v "$1" >/dev/null; }

missing=""
[ -n "$NINTEI_CHROMIUM" ] || there chromium || there chromium-browser || there google-chrome || missing="chromium"
{ there fc-list && fc-list :lang=ja | grep -q .; } || missing="${missing:+$missing }fonts-noto-cjk"
[ -n "$missing" ] || exit 0

case $missing in
chromium*) without="the browser's tests are skipped by name" ;;
*) without="the browser shows Japanese only in the fonts that come with the pages" ;;
esac

if [ "$(id -u)" != 0 ] || ! there apt-get; then
    echo "Missing: $missing. Without, $without; 'sudo apt-get install $missing fontconfig' would mend it."
    exit 0
fi
echo "apt-get install $missing fontconfig"
export DEBIAN_FRONTEND=noninteractive
# One source of apt that is down is no reason to stop: what it does not hold may still be installed.
apt-get update -qq >/dev/null || echo "apt-get update did not reach every source; trying with what is known."
# shellcheck disable=SC2086  # two words are two packages
apt-get install -qq -y --no-install-recommends $missing fontconfig >/dev/null ||
    echo "apt-get could not install $missing; $without."
