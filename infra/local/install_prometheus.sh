#!/bin/sh
# Installs Prometheus and Alertmanager of Debian or Ubuntu where they are missing, without their services: Tenfold starts
# its own. They are optional, so where that cannot be done one line says so, and the exit code is 0 all the same.
set -u
PACKAGES="prometheus prometheus-alertmanager"
POLICY=${POLICY_RC_D:-/usr/sbin/policy-rc.d}

if command -v prometheus >/dev/null && command -v promtool >/dev/null && command -v amtool >/dev/null; then
	exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
	echo "Prometheus is optional and not installed; on Debian and Ubuntu: sudo $0" >&2
	exit 0
fi

restore() {
	rm -f "$POLICY"
	if [ -e "$POLICY.before-tenfold" ]; then mv "$POLICY.before-tenfold" "$POLICY"; fi
}
trap restore EXIT
trap 'exit 1' HUP INT TERM
if [ -e "$POLICY" ]; then mv "$POLICY" "$POLICY.before-tenfold"; fi
printf '#!/bin/sh\nexit 101\n' >"$POLICY" # 101: no action is allowed, see invoke-rc.d(8)
chmod 755 "$POLICY"

if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $PACKAGES; then
	# The packages would also have them start with the machine.
	if command -v systemctl >/dev/null; then systemctl disable --quiet $PACKAGES 2>/dev/null || true; fi
else
	echo "Prometheus is optional and could not be installed: see the lines above" >&2
fi
exit 0
