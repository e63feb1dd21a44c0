#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests: the one that CXRNET_CHROMIUM names, else an installed one, else
# Debian's or Ubuntu's package, installed where this runs as root. Exit code 1 with the reason where none can be had.
set -euo pipefail

found() {
    local name
    if [ -n "${CXRNET_CHROMIUM:-}" ]; then
        [ -x "$CXRNET_CHROMIUM" ] || { echo "CXRNET_CHROMIUM is '$CXRNET_CHROMIUM', which is no program." >&2; exit 1; }
        echo "$CXRNET_CHROMIUM"
        return
    fi

    for name in chromium google-chrome-stable google-chrome chrome microsoft-edge-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
        if command -v "$name"; then
            return
        fi
    done
    # Ubuntu's chromium-browser may be a script that only asks for a snap.
    if command -v chromium-browser >/dev/null && chromium-browser --version >/dev/null 2>&1; then
        command -v chromium-browser
        return
    fi

    return 1
}

if found; then
    exit 0
fi

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "No Chromium or Chrome is installed, and it cannot be installed here (apt-get and root are needed); install one, or name it in CXRNET_CHROMIUM." >&2
    exit 1
fi

echo "== Chromium for the browser tests is being installed" >&2
export DEBIAN_FRONTEND=noninteractive
install() { timeout 900 apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends chromium fonts-dejavu-core >/dev/null; }
# The lists of a bare container are empty or old.
install 2>/dev/null || { apt-get -o DPkg::Lock::Timeout=300 update >/dev/null && install; } >&2 || true

found || { echo "apt-get could not install chromium; install a Chromium or Chrome, or name it in CXRNET_CHROMIUM." >&2; exit 1; }
