#!/bin/sh
# The browser tests want Chromium. Install it where we may, say how where we may not.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests…"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core libnss3-tools >/dev/null && exit 0
fi
echo "No Chromium found: the browser tests will be skipped. Install it to run them (Debian: apt-get install chromium)."
