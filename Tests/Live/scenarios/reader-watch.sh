# shellcheck shell=bash disable=SC2154
# Whether somebody reads the virtual camera: by v4l2loopback's event where it has one, else by who has it open.
start writer probe show "$virtual" --size 320x240 --frames 100000
until_said writer '^first'
start watch probe readers "$virtual" --seconds 50
until_said watch '^method'
nobody=0
# Without the event the writer, another program here, is seen too.
if said watch openFiles; then nobody=1; fi
until_said watch "^readers $nobody\$"
start reader probe capture "$virtual" --size 320x240 --frames 100000 --seconds 50
until_said watch "^readers $((nobody + 1))\$"
end reader KILL
none_again() { [[ $(tail -n 1 "$(log watch)") == "readers $nobody" ]]; }
until_true "the reader that was killed to be missed" none_again
probe capture "$virtual" --size 320x240 --frames 30 >/dev/null
twice() { (($(count watch "^readers $((nobody + 1))\$") == 2)); }
until_true "the second reader to be seen" twice
until_true "its end to be seen" none_again
end watch
end writer
