#!/bin/sh
# Chromium as a kiosk of Établi; installed as /usr/local/bin/etabli-kiosk and started by etabli-kiosk.service.
# /etc/default/etabli-kiosk gives:
#   ETABLI_ADDRESS  https://etabli.usine/kiosk/
#   ETABLI_SCALE    device scale factor of this screen (docs/kiosk.md has a table), 1 by default
#   ETABLI_PROFILE  folder of the browser's profile; it must last, since the enrolment and unsent answers lie in it
set -eu
: "${ETABLI_ADDRESS:?say where the server is, in /etc/default/etabli-kiosk}"

for name in chromium chromium-browser google-chrome; do
  browser=$(command -v "$name") && break
done
: "${browser:?no Chromium on this machine}"

exec "$browser" \
  --kiosk \
  --user-data-dir="${ETABLI_PROFILE:-$HOME/etabli-profile}" \
  --force-device-scale-factor="${ETABLI_SCALE:-1}" \
  --no-first-run \
  --noerrdialogs \
  --hide-crash-restore-bubble \
  --password-store=basic \
  --disable-pinch \
  --overscroll-history-navigation=0 \
  --disable-features=Translate \
  "$@" \
  "$ETABLI_ADDRESS"
