#!/usr/bin/env bash
# The one test command: installs what the tests need and is not there, builds once, runs every test project,
# and ends with the line "N passed, N failed". Needs the .NET SDK, and root only when something has to be installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Build processes that stay behind would keep the output pipe of this script open.
export MSBUILDDISABLENODEREUSE=1
export npm_config_loglevel=error

readonly node_directory=tests/Dashboard.Interop.Tests/node
readonly results=artifacts/tests

stop() {
    echo
    echo "run.sh: $1"
    echo "0 passed, 1 failed"
    exit 1
}

# Debian packages whose program is not there.
missing_packages() {
    [[ -x /usr/sbin/mosquitto ]] || echo mosquitto
    [[ -x /usr/bin/chromium-headless-shell ]] || echo chromium-headless-shell fonts-liberation
    command -v mosquitto_rr >/dev/null || echo mosquitto-clients
    /usr/bin/python3 -c 'import paho.mqtt.client' 2>/dev/null || echo python3-paho-mqtt
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
}

# A mirror that stumbles is asked again, one that is silent is given up, and another apt is let finish.
apt() {
    apt-get -q -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 -o DPkg::Lock::Timeout=120 "$@"
}

install_packages() {
    local packages
    read -r -d '' -a packages < <(missing_packages; printf '\0')
    (( ${#packages[@]} > 0 )) || return 0

    (( EUID == 0 )) || stop "the tests need ${packages[*]}; run this as root once, or: sudo apt-get install ${packages[*]}"
    command -v apt-get >/dev/null || stop "the tests need ${packages[*]}, and there is no apt-get here to install them"
    echo "Installing ${packages[*]}"
    apt update -q || stop "apt-get update failed"
    # Where the shell of Chromium without a window is no package of its own, the whole of it does.
    apt-cache show chromium-headless-shell >/dev/null 2>&1 || packages=("${packages[@]/chromium-headless-shell/chromium}")
    DEBIAN_FRONTEND=noninteractive apt install -y --no-install-recommends "${packages[@]}" >/dev/null ||
        stop "apt-get could not install ${packages[*]}"
    [[ " ${packages[*]} " != *" mosquitto "* ]] || stop_mosquitto_service
}

# Its package starts a service on port 1883, which nobody here asked for; the tests start their own on a free port.
stop_mosquitto_service() {
    echo "Stopping the service that the package mosquitto started"
    systemctl disable --now mosquitto 2>/dev/null || service mosquitto stop 2>/dev/null || true
}

install_node_modules() {
    [[ $node_directory/node_modules/.package-lock.json -nt $node_directory/package-lock.json ]] && return
    echo "Installing MQTT.js"
    npm ci --prefix "$node_directory" --ignore-scripts --no-audit --no-fund || stop "npm ci failed in $node_directory"
}

passed=0 failed=0 skipped=0

# Runs one test project. Its figures come from its result file; one that left none, ran no test, or ended badly
# without a failed test counts as one failure.
run_project() {
    local project=$1 name started=$SECONDS exit_code=0 counters total executed succeeded
    name=$(basename "$project" .csproj)
    local result=$results/$name/results.trx

    echo
    echo "== $name"
    timeout --kill-after=30s 30m dotnet test "$project" --no-build -c Release \
        --logger "trx;LogFileName=results.trx" --logger "console;verbosity=minimal" \
        --results-directory "$results/$name" --blame-hang-timeout 3m --blame-hang-dump-type none || exit_code=$?

    grep -oh 'seed [0-9]*: [^<&]*' "$result" 2>/dev/null || true # what was generated
    counters=$(grep -o '<Counters [^>]*>' "$result" 2>/dev/null || true)
    total=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"${counters:-" total=\"0\""}")
    executed=$(sed -E 's/.* executed="([0-9]+)".*/\1/' <<<"${counters:-" executed=\"0\""}")
    succeeded=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"${counters:-" passed=\"0\""}")
    local lost=$(( executed - succeeded ))
    if (( lost == 0 && (exit_code != 0 || executed == 0) )); then
        echo "$name did not run to its end (exit code $exit_code, $executed tests)"
        lost=1
    fi

    passed=$(( passed + succeeded ))
    failed=$(( failed + lost ))
    skipped=$(( skipped + total - executed ))
    echo "== $name: $succeeded passed, $lost failed, $(( total - executed )) skipped in $(( SECONDS - started )) s"
}

install_packages
install_node_modules

echo "== Build"
dotnet build Dashboard.sln -c Release -warnaserror || stop "the build failed"
echo "== Build: $SECONDS s"

rm -rf "$results"
for project in tests/*/*.Tests.csproj; do
    run_project "$project"
done

echo
echo "All of it took $SECONDS s"
if (( skipped > 0 )); then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
(( failed == 0 && passed > 0 ))
