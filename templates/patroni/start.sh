#!/bin/sh
# Starts one Patroni member. Rendered by careinit; changes here are lost.
#
# Backends that outlive their postmaster read standard input: from supervisord's pipe they would wait for ever.
exec </dev/null
{{#if ends_leader}}

# A Patroni before 4 that finds its PostgreSQL running as leader, since only Patroni itself was killed, may leave
# synchronous_standby_names at '*': commits would then wait for any standby, also for one that Patroni does not know of
# and would not promote. So such a PostgreSQL is ended first, and the member joins anew: the standby takes over within
# seconds, with every note that was acknowledged. It is told by its own command line: a process id may have come round.
data={{data_folder|word}}
pid=$(head -n 1 "$data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && [ ! -e "$data/standby.signal" ] && tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -e "-D $data "; then
    echo "PostgreSQL runs as leader without its Patroni: ending it; Patroni will start it anew"
    {{pg_ctl|word}} stop --pgdata="$data" --mode=immediate --silent
fi
{{/if}}
{{#if writes_leader_blindly}}

# By the Python that the program itself names.
exec $(sed -n '1s/^#!//p' {{patroni|word}}) {{launcher|word}} {{patroni|word}} {{configuration|word}}
{{else}}
exec {{patroni|word}} {{configuration|word}}
{{/if}}
