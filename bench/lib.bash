# shellcheck shell=bash disable=SC2034 # variables that the rows use
# Shared by the rows of bin/bench: servers that end with the script, samples, and the figures made of them.
#
# A row is a script in bench/rows. It takes its measurements in turns, this one and its peer, and prints figures, which
# bin/bench makes a table of. It may be run alone. BENCH_ROUNDS and BENCH_SECONDS say how often and how long.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
app=$root/target/quarkus-app
row=$(basename "$0")
rounds=${BENCH_ROUNDS:-5}
seconds=${BENCH_SECONDS:-5}
postgresql=/usr/lib/postgresql/15/bin
pgbench=$postgresql/pgbench
JAVA_HOME=$("$root/bin/java-home")
export JAVA_HOME
java=$JAVA_HOME/bin/java

"$root/bin/run" --version >/dev/null # builds, if that is due

work=$(mktemp -d)
chmod 755 "$work" # PostgreSQL is another user
mkdir "$work/samples"
declare -A pid=() port=() # of each server by its name

note() { printf '%s: %s\n' "$row" "$*" >&2; }
fail() { note "$@"; exit 1; }

# need PROGRAM PACKAGE: ends if there is no such program.
need() { command -v "$1" >/dev/null || fail "$1 is missing: install Debian's package $2"; }

# Ends all servers, by force if they are not gone in half a minute.
finish() {
  if [ ${#pid[@]} -gt 0 ]; then
    kill -INT "${pid[@]}" 2>/dev/null || true
    for _ in {1..300}; do
      kill -0 "${pid[@]}" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "${pid[@]}" 2>/dev/null || true
    wait "${pid[@]}" || true
  fi
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# await SECONDS COMMAND...: until the command succeeds.
await() {
  local patience=$1 end
  end=$((SECONDS + patience))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || fail "not within $patience s: $*"
    sleep 0.02
  done
}

says_ready() { grep -q 'ready to accept connections' "$work/$1.log"; }

# await_ready NAME: until the log of this server says so.
await_ready() {
  local end=$((SECONDS + 60))
  until says_ready "$1"; do
    if ! kill -0 "${pid[$1]}" 2>/dev/null || [ $SECONDS -ge $end ]; then
      cat "$work/$1.log" >&2
      fail "the server $1 does not start"
    fi
    sleep 0.02
  done
}

# free_port: below those that the kernel gives to clients, whose dead connections block a port for a while.
free_port() {
  local candidate
  while :; do
    candidate=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
}

# has_setting NAME: whether this version knows it.
has_setting() { grep -q "^| \`$1\` |" "$root/src/docs/settings.md"; }

# launch_ours NAME OPTION...: starts our server on the cluster NAME, which is created if there is none.
launch_ours() { launch_program "$root/bin/run" "$@"; }

# The same with the native executable, if that was built.
native=("$root"/target/*-runner)
has_native() { [ -x "${native[0]}" ]; }
launch_native() {
  [ -d "$work/$1" ] || "$root/bin/pmctl" -D "$work/$1" --allow-root -o "-U postgres" init >/dev/null
  launch_program "${native[0]}" "$@" -c allow_root=on
}

launch_program() {
  local program=$1 name=$2
  shift 2
  port[$name]=$(free_port)
  : >"$work/$name.log"
  "$program" -D "$work/$name" -p "${port[$name]}" -h 127.0.0.1 -k "$work" -c management_port=0 "$@" \
    >"$work/$name.log" 2>&1 &
  pid[$name]=$!
}

start_ours() { launch_ours "$@" && await_ready "$1"; }
start_native() { launch_native "$@" && await_ready "$1"; }

# launch_postgresql NAME OPTION...: likewise PostgreSQL 15, with the settings that initdb writes.
launch_postgresql() {
  local name=$1 user=()
  shift
  need $postgresql/postgres postgresql-15
  [ "$(id -u)" != 0 ] || user=(setpriv --reuid postgres --regid postgres --clear-groups) # it does not run as root
  if [ ! -d "$work/$name" ]; then
    mkdir -m 700 "$work/$name"
    [ "$(id -u)" != 0 ] || chown postgres "$work/$name"
    "${user[@]}" $postgresql/initdb -D "$work/$name" -U postgres -A trust >/dev/null
  fi
  port[$name]=$(free_port)
  : >"$work/$name.log"
  "${user[@]}" $postgresql/postgres -D "$work/$name" -p "${port[$name]}" -h 127.0.0.1 -k "$work/$name" "$@" \
    >"$work/$name.log" 2>&1 &
  pid[$name]=$!
}

start_postgresql() { launch_postgresql "$@" && await_ready "$1"; }

# stop NAME: fast shutdown, and its end.
stop() {
  kill -INT "${pid[$1]}"
  wait "${pid[$1]}" || true
  unset "pid[$1]"
}

# compile: the Java programs beside this file; they run on the class path $classes.
compile() {
  local jars
  jars=("$app"/app/*.jar "$app"/lib/main/net.java.dev.jna.jna-*.jar)
  classes=$work/classes:$(IFS=:; echo "${jars[*]}")
  "$JAVA_HOME/bin/javac" -d "$work/classes" -cp "$classes" "$root"/bench/*.java
}

# now: microseconds since some moment.
now() { echo "${EPOCHREALTIME/[.,]/}"; }

# sample NAME VALUE...: remembers measurements under a name.
sample() {
  local name=$1
  shift
  printf '%s\n' "$@" >>"$work/samples/$name"
}

# spread NAME: median, least and most of the samples, with tabs between them; three nothings if there are none.
spread() {
  [ -s "$work/samples/$1" ] || { printf '\t\t'; return; }
  sort -g "$work/samples/$1" | awk '
    { value[NR] = $1 }
    END {
      median = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
      printf "%.6g\t%.6g\t%.6g", median, value[1], value[NR]
    }'
}

# figure WHAT UNIT SAMPLES GOAL [PEER SAMPLES]: prints a figure, with the ratio to a peer if there is one. A goal is
# ">= 5x" or "<= 1x" of the peer, or "<= 130" units, or empty.
figure() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$(spread "$3")" "$4" "${5:-}" "$(spread "${6:-none}")"; }

# no_figure WHAT UNIT GOAL WHY: for what cannot be measured.
no_figure() { printf '%s\t%s\t\t\t\t%s\t%s\t\t\t\n' "$1" "$2" "$3" "$4"; }
