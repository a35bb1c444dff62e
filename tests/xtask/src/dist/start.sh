#!/bin/sh
# Starts Instep, with its saved games in this folder if it can be written to.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 3
if mkdir -p "$here/saved" 2>/dev/null && [ -w "$here/saved" ]; then
    exec "$here/instep" --data "$here/saved" "$@"
fi
exec "$here/instep" "$@"
