# Completion of pmctl's commands and options in bash:  source bin/pmctl-completion.bash

_pmctl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb="" each
  local verbs="init start stop restart reload status promote logrotate kill ps why log workers start-worker stop-worker"
  local options="--pgdata --silent --timeout --wait --no-wait --allow-root --help --version"
  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $verbs " in *" $each "*) verb=$each; break ;; esac
  done
  case $verb in
    start | restart) options+=" --log --options --core-files" ;;
    init) options+=" --options" ;;
    log) options+=" --follow --kind --pid --level" ;;
  esac
  case $verb in stop | restart) options+=" --mode" ;; esac

  case $before in
    -D | --pgdata) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
    -l | --log | -p) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    -m | --mode) mapfile -t COMPREPLY < <(compgen -W "smart fast immediate" -- "$word"); return ;;
    --level) mapfile -t COMPREPLY < <(compgen -W "debug1 log info notice warning error fatal panic" -- "$word"); return ;;
    --kind)
      mapfile -t COMPREPLY < <(compgen -W "postmaster backend startup checkpointer bgwriter wal_writer archiver \
        wal_receiver syslogger bgworker" -- "$word")
      return
      ;;
    kill) mapfile -t COMPREPLY < <(compgen -W "ABRT HUP INT KILL QUIT TERM USR1 USR2" -- "$word"); return ;;
  esac
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *) if [ -z "$verb" ]; then mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$word"); else COMPREPLY=(); fi ;;
  esac
}
complete -F _pmctl pmctl bin/pmctl ./bin/pmctl
