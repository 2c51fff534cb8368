#!/bin/sh
# Starts nginx. Rendered by careinit; changes here are lost. With `-t FILE` nginx only looks at that configuration.
#
# Workers outlive a master that was killed: they hold the ports, and the next nginx could not listen. They go on answering
# meanwhile, and SIGQUIT makes them close the ports, finish what they have begun and end (nginx, "Controlling nginx"). Each is
# told by the folder that it works in, which is this nginx' own and no other's.
exec </dev/null
folder={{folder|word}}
if [ "$1" = -t ]; then exec {{nginx|word}} -e stderr -p {{folder|word}} -c "$2" -t; fi

# The workers that still listen, by their titles: one that shuts down has another.
workers() {
    for process in /proc/[0-9]*; do
        # No POSIX, but every /bin/sh of Debian's has it: the same folder, without a program for each process.
        # shellcheck disable=SC3013
        [ "$process/cwd" -ef "$folder" ] || continue
        title=$(tr '\0' ' ' 2>/dev/null <"$process/cmdline")
        case $title in
        "nginx: worker process is shutting down"*) ;;
        "nginx: worker process"*) printf '%s\n' "${process#/proc/}" ;;
        esac
    done
}

end() {
    for worker in $(workers); do
        echo "nginx's worker $worker has no master any more: SIG$1"
        kill -s "$1" "$worker" 2>/dev/null
    done
}

end QUIT
# Most have closed their ports by the first look. One that does not within five seconds never will.
left=250
while [ -n "$(workers)" ]; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { end KILL; break; }
    sleep 0.02
done
exec {{nginx|word}} -e stderr -p {{folder|word}} -c {{configuration|word}}
