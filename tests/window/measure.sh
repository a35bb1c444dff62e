#!/usr/bin/env bash
# The window's figures, in one run, beside an empty window of Bevy and egui on the same machine (docs/figures.md).
#
#   cargo build --workspace --bins --examples     (into the folder that `cargo xtask needs` names)
#   tests/window/measure.sh FOLDER                e.g. ~/.cache/instep/target/debug
#
# It needs Xvfb, xdotool, ImageMagick's `import` and awk, and a machine that does nothing else.
set -euo pipefail
folder=${1:?the folder with instep and examples/empty_window}
data=$(mktemp -d)
trap 'kill "$game" "$screen" 2>/dev/null; rm -rf "$data"' EXIT
exec 7>"$data/display"
Xvfb -displayfd 7 -screen 0 1920x1080x24 -nolisten tcp >/dev/null 2>&1 & screen=$!
until [ -s "$data/display" ]; do sleep 0.1; done
DISPLAY=:$(cat "$data/display")
export DISPLAY
game=$screen
echo "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2), $(nproc) cores, $(date +%F), load $(cut -d' ' -f1 /proc/loadavg)"

ticks() { awk '{print $14+$15}' "/proc/$game/stat"; }
at_rest() { local a; a=$(ticks); sleep 10; echo "$1: $(( $(ticks) - a )) ticks of 10 ms in 10 s"; }
memory() { echo "$1: $(awk '/VmRSS/ {print int($2/1024)}' "/proc/$game/status") MB resident"; }
keys() { for key in "$@"; do xdotool key "$key"; sleep 1.5; done; }

echo "empty window: $("$folder/examples/empty_window" 10 2>/dev/null | tail -1)"
echo '(volumes: (on: false))' > "$data/settings.ron"
begun=$(date +%s%N)
HOME=$data XDG_RUNTIME_DIR=$data RUST_LOG=error,instep=debug "$folder/instep" --data "$data" >/dev/null 2>"$data/log" & game=$!
# The green of the first button tells that Home is drawn.
until [ "$(import -window root -crop 1x1+120+420 -format '%[hex:u.p{0,0}]' info: 2>/dev/null | cut -c1-6)" != 000000 ]; do :; done
echo "first picture: $(( ($(date +%s%N) - begun) / 1000000 )) ms"
sleep 4
window=$(xdotool search --onlyvisible --name '^Instep$' | tail -1)
xdotool windowmove "$window" 0 0 windowsize "$window" 1920 1080 windowfocus "$window"
sleep 2
at_rest "Home at rest"
memory "Home"
keys Return Return
sleep 2
keys 1 2 3 1
sleep 3
at_rest "the table at rest, timer off"
keys r f
sleep 3
at_rest "a talk with its timer"
memory "the table"
keys t 1 r f t
grep -o "frame after [0-9]*" "$data/log" | awk '{n++; s+=$3} END {if (n) print "animating: " s/n/1000 " ms a frame over " n " frames"}'
echo "empty window: $("$folder/examples/empty_window" 10 2>/dev/null | tail -1)"
