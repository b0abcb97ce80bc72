/**
 * The watchdog's program, for any POSIX shell, with the tools of BusyBox or larger ones. It needs ps only without /proc.
 * Arguments: the endpoint's process ID, its mark, and what else to watch: `pipe` (descriptor 3 ends with the extension
 * host), the ID of the endpoint's parent process, or nothing.
 * Its input is a line per process group: `+ ID` when it was started, `- ID` when it has ended. The end of the input is
 * the end of the endpoint.
 */
export const WATCHDOG_SCRIPT = `
endpoint=$1 mark=$2 watched=$3
groups=' ' family=' '

# An empty mark would be found in every process.
[ "\${#mark}" -eq 16 ] || exit 1

# Never 0 (the own group), 1 (init), or an empty text.
isId() { case $1 in '' | 0* | 1 | *[!0-9]*) return 1 ;; esac; }

add() { isId "$1" && case $family in *" $1 "*) ;; *) family="$family$1 " ;; esac; }

# Each process and its parent. With /proc: "/proc/ID/status:PPid: PARENT". The file /dev/null makes grep print names.
table() {
  if [ -r /proc/self/status ]; then grep -s '^PPid:' /dev/null /proc/[0-9]*/status; else ps -A -o pid= -o ppid=; fi
}

parent() {
  id=$(grep -s '^PPid:' "/proc/$endpoint/status" || ps -o ppid= -p "$endpoint")
  echo "\${id##*[!0-9]}"
}

# The processes whose environment contains the mark. Variables end with NUL, at which the grep of BusyBox would stop.
marked() {
  id=
  for word in $(tail -c +1 /proc/[0-9]*/environ /dev/null | tr '\\0' '\\n' | sed -n "s|^==> /proc/\\([0-9]*\\)/.*|\\1|p; s/.*]$mark.*/+/p"); do
    if [ "$word" = + ]; then echo "$id"; else id=$word; fi
  done
}

# Adds the leaders of the groups, the processes with the endpoint's mark, and all their descendants.
find() {
  for id in $groups; do add "$id"; done
  for id in $(marked); do add "$id"; done
  table=$(table) before=
  while [ "$family" != "$before" ]; do
    before=$family id=
    for word in $table; do
      if [ -z "$id" ]; then
        id=\${word#/proc/} id=\${id%%/*}
      else
        case $family in *" $word "*) add "$id" ;; esac
        id=
      fi
    done
  done
}

# Without "--", the kill program of procps takes a group such as -123 for -1, which is every process. The kill of BusyBox
# rejects it, and continues.
signal() {
  for id in $groups; do kill -s "$1" -- "-$id"; done
  for id in $family; do kill -s "$1" "$id"; done
}

clean() {
  # Stop them first. Otherwise, the children of killed processes lose their parent and can't be found by it.
  last= pass=0
  while find; [ "$family" != "$last" ] && [ "$pass" -lt 5 ]; do
    last=$family pass=$((pass + 1))
    signal STOP
  done
  signal KILL
  # Processes that were started meanwhile, or that take long to exit.
  groups= pass=0
  while family=' '; find; [ "$family" != ' ' ] && [ "$pass" -lt 30 ]; do
    signal KILL
    pass=$((pass + 1))
    [ "$pass" -le 10 ] || sleep 1
  done
}

# The host has ended. An endpoint that isn't blocked stops within the second. $$ is the main process, not the subshell.
hostEnded() { sleep 1; if kill -s 0 "$$"; then kill -s KILL "$endpoint"; else clean; fi; }

case $watched in
  pipe) (while read -r line; do :; done <&3; hostEnded) & ;;
  ?*) (while [ "$(parent)" = "$watched" ]; do sleep 1; done; hostEnded) & ;;
esac

while read -r sign id; do
  isId "$id" || continue
  case $sign in
    +) groups="$groups$id " ;;
    -) case $groups in *" $id "*) groups="\${groups%% $id *} \${groups#* $id }" ;; esac ;;
  esac
done
clean
# The rest of the own group.
kill -s KILL -- "-$$"
`;
