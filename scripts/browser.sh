#!/bin/sh
# Chromium and a Japanese font for the browser's tests: by apt when root and missing, else a message.
missing=""
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing="chromium"
fc-list :lang=ja 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "apt-get install $missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # two words are two packages
    apt-get update -qq >/dev/null && apt-get install -qq -y --no-install-recommends $missing fontconfig >/dev/null ||
        echo "apt-get could not install $missing; the browser's tests will be skipped."
else
    echo "Missing: $missing. The browser's tests will be skipped; 'sudo apt-get install $missing' would run them."
fi
