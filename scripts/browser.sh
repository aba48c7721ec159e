#!/bin/sh
# Chromium and a Japanese font for the browser's tests: by apt when root and missing, else a message.
# Debian's headless shell is the same engine without a browser's windows, a third less work; a whole browser will do.
there() { command -v "$1" >/dev/null; }

any="" shell="chromium-headless-shell" font=""
for browser in chromium-headless-shell chromium chromium-browser google-chrome; do
    ! there $browser || any="$any $browser"
done
[ -z "$NINTEI_CHROMIUM" ] || any="own chromium-headless-shell"
case $any in *chromium-headless-shell*) shell="" ;; esac
{ there fc-list && fc-list :lang=ja | grep -q .; } || font="fonts-noto-cjk"

can_install=""
[ "$(id -u)" != 0 ] || ! there apt-get || can_install="yes"
# Who cannot install is content with a whole browser.
[ -n "$can_install" ] || [ -z "$any" ] || shell=""
missing="$shell${shell:+${font:+ }}$font"
[ -n "$missing" ] || exit 0

without="the browser shows Japanese only in the fonts that come with the pages"
[ -z "$shell" ] || without="the browser's tests are skipped by name"
[ -z "$shell" ] || [ -z "$any" ] || without="the tests drive$any"

if [ -z "$can_install" ]; then
    echo "Missing: $missing. Without, $without; 'sudo apt-get install $missing fontconfig' would mend it."
    exit 0
fi
echo "apt-get install $missing fontconfig"
export DEBIAN_FRONTEND=noninteractive
# One source of apt that is down is no reason to stop: what it does not hold may still be installed.
apt-get update -qq >/dev/null || echo "apt-get update did not reach every source; trying with what is known."
install() { apt-get install -qq -y --no-install-recommends "$@" fontconfig >/dev/null; }
# shellcheck disable=SC2086  # two words are two packages
install $missing || { [ -n "$shell" ] && [ -z "$any" ] && install chromium $font; } ||
    echo "apt-get could not install $missing; $without."
