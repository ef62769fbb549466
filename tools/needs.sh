#!/usr/bin/env bash
# Makes sure that the tests have what they need beside Go and Node: the PostgreSQL
# server binaries, Chromium, and the tools that read a PDF. Installs them where it may (Debian, as root), and
# says what to install where it may not.
set -euo pipefail

need=()
command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "${BAKEN_CHROMIUM:-}" ] || need+=(chromium)
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v initdb >/dev/null || need+=(postgresql)
command -v pdfinfo >/dev/null || need+=(poppler-utils)
[ ${#need[@]} -eq 0 ] && exit 0

run=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null && run=(sudo)
fi
if ! command -v apt-get >/dev/null || { [ "$(id -u)" -ne 0 ] && [ ${#run[@]} -eq 0 ]; }; then
  echo "The tests need: ${need[*]}. Install them and run again." >&2
  exit 1
fi
echo "installing for the tests: ${need[*]}"
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
