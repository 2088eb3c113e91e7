# shellcheck shell=bash
# The ways in which a server of ours gives a client its process, as servers that run side by side. Wants lib.bash.

declare -A variant_options=(
  [default]=""
  [strict]="sessions_per_backend=1"
  [direct]="spares_max=0"
)
# shellcheck disable=SC2034 # for the rows
declare -A variant_words=(
  [default]="default settings"
  [strict]="strict (\`sessions_per_backend=1\`)"
  [direct]="no spares (\`spares_max=0\`)"
)
built=()

# has_variant NAME: whether this version knows its settings.
has_variant() {
  local option
  for option in ${variant_options[$1]}; do
    has_setting "${option%%=*}" || return 1
  done
}

# start_variants: starts each one that there is, and names them in "built".
start_variants() {
  local variant option options
  for variant in default strict direct; do
    if has_variant $variant; then
      options=()
      for option in ${variant_options[$variant]}; do options+=(-c "$option"); done
      start_ours $variant "${options[@]}"
      built+=("$variant")
    fi
  done
}

# variant_figure VARIANT FIGURE...: the figure, or that there is no such variant.
variant_figure() {
  local variant=$1
  shift
  if has_variant "$variant"; then figure "$@"; else no_figure "$1" "$2" "$4" "not built"; fi
}
