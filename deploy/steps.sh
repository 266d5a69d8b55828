# Steps that up, test and bench share. To be sourced; every step says what it does before it does it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
postgres_bin=/usr/lib/postgresql/15/bin

say() { printf '\033[1m%s\033[0m\n' "$*" | if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# timed "what it is" command …: runs it and says how long it took.
timed() {
    local what=$1 start status=0
    shift
    say "▸ $what"
    start=$(date +%s.%N)
    "$@" || status=$?
    printf '  %s: %.1f s%s\n' "$what" "$(echo "$(date +%s.%N) $start" | awk '{print $1 - $2}')" "$([ $status = 0 ] || echo ', failed')"
    return $status
}

# install_packages up|test|bench: what is missing, from Debian.
install_packages() {
    local missing=() name section
    while read -r name section _; do
        case $name in
        '#'* | '') continue ;;
        ---) case "$1 $section" in 'test test' | bench*) continue ;; *) break ;; esac ;;
        esac
        dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
    done <"$root/deploy/packages"
    [ ${#missing[@]} = 0 ] && return
    local sudo=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "These packages are missing and you are not root: ${missing[*]}. Run: apt-get install ${missing[*]}"
        sudo=sudo
    fi
    say "▸ Installing from Debian: ${missing[*]}"
    $sudo apt-get update -qq || fail "The package lists cannot be read: is this machine connected to a Debian mirror?"
    # Debian would start a cluster of its own on port 5432; ours lives under var/.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        $sudo mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    # Nor does any other package start a service of its own: what we need running, we run ourselves.
    local policy=/usr/sbin/policy-rc.d status=0
    if [ -e $policy ]; then
        policy=
    else
        printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
        $sudo chmod +x $policy
    fi
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || status=1
    [ -z "$policy" ] || $sudo rm -f "$policy"
    # … at the next boot neither.
    local unit
    for unit in $(dpkg -L "${missing[@]}" 2>/dev/null | sed -n 's|.*/systemd/system/\([^/@]*\.service\)$|\1|p'); do
        ! command -v systemctl >/dev/null || $sudo systemctl disable --quiet "$unit" 2>/dev/null || true
    done
    [ $status = 0 ] || fail "apt-get could not install: ${missing[*]}"
}

# install_front_end: what browsers run that is not ours, to Public/vendor: from Debian's packages and from PyPI, each file
# with the checksum that deploy/ keeps. It is fetched once for each set of versions.
install_front_end() {
    local pinned=$root/deploy/front-end.txt vendor=$root/Public/vendor work
    mkdir -p "$vendor"
    install_debian_scripts "$vendor"
    cmp -s "$pinned" "$vendor/front-end.txt" && [ -s "$vendor/htmx.min.js" ] && return
    say "▸ Installing from PyPI: htmx"
    work=$(mktemp -d)
    {
        /usr/bin/python3 -m venv "$work/venv" &&
            "$work/venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
                --require-hashes --dest "$work" -r "$pinned" &&
            /usr/bin/python3 -m zipfile -e "$work"/django_htmx-*.whl "$work/wheel" &&
            cp "$work/wheel/django_htmx/static/django_htmx/htmx-2.min.js" "$vendor/htmx.min.js" &&
            cp "$pinned" "$vendor/front-end.txt"
    } || { rm -rf "$work"; fail "htmx could not be fetched: is this machine connected to PyPI? Without it every page works, with reloads."; }
    rm -rf "$work"
}

# Files of another version than was tested are left out: then charts and the map are as the server draws them.
install_debian_scripts() {
    local vendor=$1 sums=$root/deploy/front-end.sha256 scripts=/usr/share/javascript
    (cd "$vendor" && sha256sum --check --status "$sums" 2>/dev/null) && return
    cp "$scripts"/leaflet/leaflet.min.js "$scripts"/leaflet/leaflet.css "$scripts"/dygraphs/dygraph.min.js \
        "$scripts"/dygraphs/dygraph.min.css "$vendor" 2>/dev/null || true
    (cd "$vendor" && sha256sum --check --status "$sums" 2>/dev/null) && return
    rm -f "$vendor"/leaflet.min.js "$vendor"/leaflet.css "$vendor"/dygraph.min.js "$vendor"/dygraph.min.css
    say "▸ Debian's Leaflet or dygraphs is not the version that was tested: charts and the map do not zoom"
}

# The user that runs the database and the server: whoever calls, or "mastil" when root calls.
service_user() {
    if [ "$(id -u)" != 0 ]; then id -un; return; fi
    id mastil >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin mastil
    echo mastil
}

# "${as_service[@]}" command …: as that user. A checkout that only root may enter stays readable through one capability.
as_service=()
if [ "$(id -u)" = 0 ]; then
    as_service=(setpriv --reuid="$(service_user)" --regid="$(service_user)" --clear-groups
        --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search)
fi

# A directory of the service user's, made if it is not there.
own_directory() {
    mkdir -p "$1" 2>/dev/null || fail "The directory $1 cannot be made: check its owner and the free space (df -h)."
    if [ "$(id -u)" = 0 ]; then chown "$(service_user):" "$1"; fi
    chmod "${2:-700}" "$1"
}

# Where a cluster's socket is: beside its data, or under /tmp when that path is too long for a socket (107 bytes).
socket_directory() {
    if [ ${#1} -le 70 ]; then echo "$1/socket"; else echo "/tmp/mastil-$(printf %s "$1" | cksum | cut -d' ' -f1)"; fi
}

# place_in_memory directory: where a cluster is that in_memory made.
place_in_memory() { echo "/dev/shm/mastil-$(printf %s "$1" | cksum | cut -d' ' -f1)"; }

# in_memory directory: a cluster there that is not running is made anew in memory, where there is room for it.
in_memory() {
    local place
    place=$(place_in_memory "$1")
    [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $4}')" -gt 8000000 ] || return 0
    ! "${as_service[@]}" $postgres_bin/pg_ctl -D "$1/data" status >/dev/null 2>&1 || return 0
    rm -rf "$1/data" "$place"
    own_directory "$1" 755
    own_directory "$place"
    ln -s "$place" "$1/data"
}

# start_postgres directory [option …]: a private cluster on a unix socket, made on first use.
start_postgres() {
    local directory=$1 socket
    shift
    [ -x $postgres_bin/postgres ] || fail "PostgreSQL 15 is not installed in $postgres_bin: apt-get install postgresql-15"
    socket=$(socket_directory "$directory")
    own_directory "$directory" 755
    own_directory "$socket"
    if [ ! -s "$directory/data/PG_VERSION" ]; then
        say "▸ Making a PostgreSQL cluster in $directory/data"
        own_directory "$directory/data"
        "${as_service[@]}" $postgres_bin/initdb -D "$directory/data" -U postgres --encoding=UTF8 --locale=C.UTF-8 \
            --auth-local=peer --auth-host=reject >"$directory/initdb.log" 2>&1 ||
            fail "PostgreSQL could not make its cluster: $(tail -n 1 "$directory/initdb.log")"
        # Tests make roles of their own: their cluster trusts whoever may enter the directory of its socket.
        echo "local all all ${postgres_trust:-peer map=mastil}" | "${as_service[@]}" tee "$directory/data/pg_hba.conf" >/dev/null
    fi
    # The operating system says who connects; these are the roles that the two users may be.
    for user in $(printf '%s\n' "$(service_user)" "$(id -un)" | sort -u); do
        for role in postgres mastil_owner mastil_app mastil_platform mastil_radius; do echo "mastil $user $role"; done
    done | "${as_service[@]}" tee "$directory/data/pg_ident.conf" >/dev/null
    local version
    version=$(cat "$directory/data/PG_VERSION")
    [ "$version" = 15 ] || fail "The cluster in $directory/data is of PostgreSQL $version, Mastil needs 15: move it away, or upgrade it with pg_upgrade."
    if ! "${as_service[@]}" $postgres_bin/pg_ctl -D "$directory/data" status >/dev/null 2>&1; then
        "${as_service[@]}" $postgres_bin/pg_ctl -D "$directory/data" -l "$directory/postgres.log" -w -t 60 \
            -o "-c listen_addresses='' -c unix_socket_directories='$socket' $*" start >/dev/null 2>&1 ||
            fail "PostgreSQL did not start: $(tail -n 1 "$directory/postgres.log" 2>/dev/null)"
    fi
}

stop_postgres() {
    "${as_service[@]}" $postgres_bin/pg_ctl -D "$1/data" -m fast -w stop >/dev/null 2>&1 || true
}

# run_radius directory connection address auth-port acct-port: FreeRADIUS as a child of this shell, by our own configuration.
run_radius() {
    [ -x /usr/sbin/freeradius ] || fail "FreeRADIUS is not installed: apt-get install freeradius freeradius-postgresql"
    own_directory "$1"
    RADIUS_DIRECTORY=$1 RADIUS_DATABASE=$2 RADIUS_ADDRESS=$3 RADIUS_AUTH_PORT=$4 RADIUS_ACCT_PORT=$5 \
        exec "${as_service[@]}" /usr/sbin/freeradius -f -l stdout -d "$root/deploy/radius" -D /usr/share/freeradius -n radiusd
}

# run_kamailio directory connection address:port: Kamailio as a child of this shell, by our own configuration. Its address of the
# database cannot name a socket, which libpq takes from the environment.
run_kamailio() {
    [ -x /usr/sbin/kamailio ] || fail "Kamailio is not installed: apt-get install kamailio kamailio-postgres-modules"
    own_directory "$1"
    local word host= dbname=
    for word in $2; do case $word in host=*) host=${word#*=} ;; dbname=*) dbname=${word#*=} ;; esac; done
    PGHOST=$host VOICE_DATABASE=postgres://mastil_voice:-@/$dbname VOICE_LISTEN=udp:$3 TZ=UTC \
        exec "${as_service[@]}" /usr/sbin/kamailio -DD -E -f "$root/deploy/kamailio/kamailio.cfg" -Y "$1" -P "$1/kamailio.pid" \
        -w "$1" -m 64 -M 8
}

need_swift() {
    command -v swift >/dev/null || fail "The Swift toolchain is not on the PATH: install Swift 6.3 for Debian 12 from swift.org, or add its usr/bin to PATH."
}
