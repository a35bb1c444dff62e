# What Instep says, in British English. docs/translating.md explains this file.
#
# Plain, short and kind; for readers of 9 to 11. Names of seats ($seat), stones ($stone) and cards come from the pack.
# AN($seat) is "a staff"; OWNER($seat) is "managers'". A translation may use { $seat } alone.

language-tag = en-GB
language-name = English

## Little pieces that other sentences take in

# "managers'"
seat-owner = { OWNER($seat) }
# What a space of the board is.
space-footprint = { AN($seat) } footprint
space-poem = { AN($deck) }
tile-on = { AN($seat) } tile on { $stone }
tile-on-times = { AN($seat) } tile on { $stone } ({ $times } times)
# Who did something, where the team has no name of its own: "the managers rolled 4".
who-seat = the { $seat }
# Between the parts of a list.
list-comma = {", "}
list-semicolon = {"; "}

## What a card asks for

action-place = lay { AN($seat) } tile
action-remove = lift { AN($seat) } tile
action-place-any = lay any one tile
action-remove-any = lift any one tile
action-talk = talk; no tile moves
choose-two = choose: (1) { $first }, or (2) { $second }
choose-three = choose: (1) { $first }, or (2) { $second }, or (3) { $third }

## The log: one line for each thing that happened. $who is a team's name, or its seat's

log-opened = The table is open
log-path-continued = The path goes on with { $tiles ->
    [one] { $tiles } tile
   *[other] { $tiles } tiles
} from an earlier session
log-seat-taken = Somebody plays { $seat }
log-seat-left = Nobody plays { $seat } any more
log-setting = The facilitator changed a setting: { $setting }
log-opening-ended = The opening tiles are laid, and the first turn is the { OWNER($seat) }
log-rolled = { $who }: rolled { $face }
log-rolled-typed = { $who }: rolled { $face } on the real die
log-walked = { $who }: walked { $way ->
    [forward] forward
   *[back] back
} to space { $space }, { $there }
log-drew-poem = { $who }: drew a poem, { $title }
log-drew-card = { $who }: drew { AN($deck) } card
log-drew = { $who }: drew a card
log-talk-ended = { $who }: the talk has ended
log-chose = { $who }: chose option { $option }
log-laid = { $who }: laid { AN($seat) } tile on { $stone }
log-laid-opening = { $who }: laid { AN($seat) } tile on { $stone } as an opening tile
log-laid-instead = { $who }: laid { AN($seat) } tile on { $stone }, because every stone has the colour that the card named
log-cracked = { $who }: { AN($seat) } tile on { $stone } cracked
log-mended = { $who }: kept { AN($seat) } tile on { $stone } by a real step
log-mended-step = { $who }: kept { AN($seat) } tile on { $stone } by a real step: { $step }
log-lifted = { $who }: lifted { AN($seat) } tile on { $stone }
log-met = ★ { $stone } is met
log-unmet = { $stone } is unmet again
log-complete = ★★ The path is complete
log-no-effect = No tile moved: { $reason }
log-pass-asked = Somebody asked to pass over this card
log-pass-declined = The facilitator goes on with the card
log-passed = The card was passed over; no reason is needed
log-redrawn = The facilitator put the card aside for another
log-undone = The facilitator took { $steps ->
    [one] one step
   *[other] { $steps } steps
} back
log-closed = The game is closed

no-effect-lay = every stone has the tile that the card would lay
no-effect-lift = no stone has a tile that the card could lift; finished stones are safe unless it is set otherwise
no-effect-option = none of the card's options would change anything

## Settings

setting-die-faces = the die has { $faces } faces
setting-real-die-on = a real die is rolled, and its face typed in
setting-real-die-off = the die is rolled here, not by hand
setting-walking-forward = everyone walks forward only
setting-walking-either-way = everyone may walk forward or back
setting-opening-tiles-none = there are no opening tiles
setting-opening-tiles = each seat lays { $tiles ->
    [one] one opening tile
   *[other] { $tiles } opening tiles
}
setting-finished-safe = finished stones are safe
setting-finished-may-break = finished stones may lose a tile again
setting-blocked-any-missing = where every stone has the card's colour, any missing tile may be laid instead
setting-blocked-no-effect = where every stone has the card's colour, no tile is laid
setting-removal-mend = a tile that would be lifted cracks, and a real step may keep it
setting-removal-lift = a tile that a card takes is lifted at once
setting-passing-at-once = whoever asks to pass over a card is heard at once
setting-passing-facilitator = the facilitator confirms a pass
setting-empty-voiced = anyone may act for a seat that nobody holds
setting-empty-skipped = seats that nobody holds have no turn
setting-team-anyone = anyone of a team acts for it
setting-team-speaker = a team's speaker acts for it
setting-team-hands = a team acts by a show of hands
setting-timer-off = there is no talk timer
setting-timer = the talk timer is { $time }
time-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
time-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
time-minutes-seconds = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}

## Why something was not done, and what would help

denied-moved-on = The table has moved on since you pressed: look at it again.
denied-not-your-seat = Somebody else plays { $seat }.
denied-only-the-speaker = The speaker of the { $seat } team acts for it.
denied-looks-on = You look on at this table: take a seat to play.
denied-only-facilitator = Only the facilitator can do that.
denied-last-facilitator = The table needs a facilitator: make somebody else one first.
denied-facilitator-here = A facilitator is here.
denied-not-yet = The facilitator may come back: in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
} you can take over.
denied-no-such-person = Nobody of that number is at the table.
denied-not-of-the-team = That person does not play for that seat.
denied-words-missing = Some words are needed: a real step, and who takes it.
denied-words-too-long = That is too long: at most { $most } characters.
denied-no-such-words = There is no note of that number.
denied-paused = The table is paused: go on first.
denied-not-taken = The table could not take that: try once more.
denied-table-stopped = The table has stopped; nothing that was shown is lost: start again.
denied-elsewhere = You came in from another device, so this one has let go of your place: come back here whenever you like.
denied-sent-away = The facilitator has asked you to leave this table. To come back, ask for a new invite.
denied-closing = The server stops for a short while. Everything is kept, and Instep comes back by itself.
denied-too-slow = The connection here could not keep up, so it is made anew. Nothing is lost.
denied-disorderly = The server heard something that made no sense to it and ended the connection: join once more.
denied-no-chat = The facilitator has not opened the chat at this table.
denied-muted = The facilitator has asked you not to write for now. You can still play and raise your hand.
denied-nobody-waits = Nobody of that number waits any more.
denied-table-full = The table is full: somebody has to leave it first.
denied-words-too-fast = That was a lot of writing in a short time. What you wrote is not lost: send it in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
denied-no-more-words = This table holds as many notes as it can keep. What you wrote is not lost: copy it, and go on at a new table.
denied-no-more-events = This table holds as many moves as it can keep. All of them are safe: close the game, and begin another.

## Coming in from elsewhere

enter-version = The server speaks version { $oldest } to { $newest } of Instep's language and this program speaks { $ours }: use the newer Instep at both ends.
enter-no-such-table = No table opens with that. Look at the invite once more, or ask for a new one.
enter-not-good-any-more = Your place at this table can't be opened from here any more: the table was deleted, or you came back from elsewhere since. Ask for a new invite.
enter-turned-away = The facilitator has not let you in this time.
enter-table-full = { $most } people are at this table or wait for it, and that is as many as it takes.
enter-server-full = The server has no room for more just now: try again in a few minutes.
enter-too-many-tries = That was tried too often from here: wait { $seconds } seconds, then try again.
enter-no-such-pack = The server does not have one of the packs of this table, so it can't be played there: choose other cards, or ask whoever looks after the server.
enter-bad-setup = The server could not set up a table like that: choose other cards or settings.
enter-pass-needed = This server makes tables only for those who know its pass: ask whoever looks after it.
enter-words = A name of 1 to 40 characters is needed.
enter-stopped = The server's disk does not keep what it is given, so this table can't be opened now. What was kept is safe: tell whoever looks after the server.
enter-closing = The server stops for a short while: try again in a moment.
enter-busy = The table is just being put in order: try again in a moment.
enter-not-here = That way in is not open here.

refused-turn = It is the { OWNER($seat) } turn.
refused-not-now = Not now: { $wanted }.
refused-type-the-face = A real die is in use: roll it, and say which face it shows, 1 to { $faces }.
refused-no-real-die = No real die is in use: the die is rolled here.
refused-no-such-face = The die has the faces 1 to { $faces }.
refused-no-such-stone = There are the stones 1 to { $stones }: choose one of those in play.
refused-another-day = { $stone } is for another day: choose a stone in play.
refused-already-laid = { $stone } already has { AN($seat) } tile: choose another stone.
refused-not-there = { $stone } has no { $seat } tile: choose a stone that has one.
refused-finished = { $stone } is met, and finished stones are safe: choose another stone.
refused-wrong-colour = It is { AN($seat) } tile that is asked for.
refused-no-such-option = The card has { $options ->
    [one] { $options } option
   *[other] { $options } options
}.
refused-option-without-effect = Option { $option } would change nothing now: choose another.
refused-no-card = No card is in play.
refused-already-resolved = The card is done with: it can't be passed over now.
refused-pass-already-asked = Somebody has asked to pass already.
refused-no-pass-asked = Nobody has asked to pass.
refused-no-other-card = This deck has no other card.
refused-nothing-to-take-back = There is nothing to take back.
refused-not-so-many-steps = { $steps ->
    [one] Only { $steps } step can be taken back.
   *[other] Only { $steps } steps can be taken back: ask for 1 to { $steps }.
}
refused-fixed-at-first-roll = That setting is fixed since the first roll.
refused-fixed-at-first-tile = The number of opening tiles is fixed since the first one was laid.
refused-setting-out-of-range = That setting has no such value.
refused-seat-as-before = Nothing changes for { $seat }.
refused-closed = The game is closed: begin another.

wanted-opening-tile = first an opening tile is laid
wanted-roll = first the die is rolled
wanted-walk = first choose a way to walk, forward or back
wanted-end-talk = the table is talking about the card; end the talk first
wanted-choose = first choose one of the card's options
wanted-place = the card wants a tile laid on a stone
wanted-remove = the card wants a tile picked to be lifted
wanted-mend = a tile is cracked: keep it by a real step, or let it go

## Whose turn it is: a heading

turn-whose = It's the { OWNER($seat) } turn
turn-whose-team = It's { OWNER($team) } turn ({ $seat })
turn-opening = Opening tiles: it's the { OWNER($seat) } turn
turn-opening-team = Opening tiles: it's { OWNER($team) } turn ({ $seat })
turn-complete = The path is complete. If you go on, it's the { OWNER($seat) } turn
turn-complete-team = The path is complete. If you go on, it's { OWNER($team) } turn ({ $seat })
turn-closed = The game is closed

## What to do now, where things are pressed

next-closed = The game is closed. Look back at the path, or begin another game.
next-paused = The table is paused. Go on when everyone is ready.
next-complete = The path is complete. Go on, or close the game.
next-opening = Say what works here already, and choose { $stones ->
    [one] the stone that glows
   *[other] one of the { $stones } stones that glow
} for { AN($seat) } tile.
next-roll = Roll the die.
next-roll-real = Roll your die, and choose the number that it shows.
next-walk = Choose which way to walk: forward to { $forward }, or back to { $back }.
next-talk = Read the card aloud and talk. End the talk when you are ready.
next-talk-poem = Read the poem aloud and talk. End the talk when you are ready.
next-pass-asked = Somebody asked to pass over this card. The facilitator can pass over it, or go on with it.
next-choose = Choose what to do.
next-place = Choose { $stones ->
    [one] the stone that glows
   *[other] one of the { $stones } stones that glow
} for { AN($seat) } tile.
next-place-any = Choose { $tiles ->
    [one] the place that glows, and lay its tile.
   *[other] one of the { $tiles } places that glow, and lay its tile.
}
next-place-instead = Every stone has its { $seat } tile. Choose { $tiles ->
    [one] the place that glows, and lay its tile instead.
   *[other] one of the { $tiles } places that glow, and lay its tile instead.
}
next-remove = Choose { $stones ->
    [one] the stone that glows, to lift its { $seat } tile.
   *[other] one of the { $stones } stones that glow, to lift its { $seat } tile.
}
next-remove-any = Choose { $tiles ->
    [one] the tile that glows, to lift it.
   *[other] one of the { $tiles } tiles that glow, to lift it.
}
next-mend = The { $seat } tile on { $stone } has cracked. Name a real step to keep it, or let it go.

## What the last command did. $who is a team's name, or "the managers"

happened-path-continued = The path goes on with { $tiles ->
    [one] { $tiles } tile
   *[other] { $tiles } tiles
} from an earlier session.
happened-seat-taken = Somebody plays { $seat } now.
happened-seat-left = Nobody plays { $seat } any more.
happened-setting = The facilitator changed a setting: { $setting }.
happened-rolled = { $who } rolled { $face }.
happened-walked = { $who } walked { $way ->
    [forward] forward
   *[back] back
} to { $there }.
happened-walked-card = { $who } walked { $way ->
    [forward] forward
   *[back] back
} to { $there } and drew { AN($deck) } card.
happened-walked-poem = { $who } walked { $way ->
    [forward] forward
   *[back] back
} to { $there } and drew the poem “{ $title }”.
happened-rolled-walked = { $who } rolled { $face } and walked to { $there }.
happened-rolled-walked-card = { $who } rolled { $face }, walked to { $there } and drew { AN($deck) } card.
happened-rolled-walked-poem = { $who } rolled { $face }, walked to { $there } and drew the poem “{ $title }”.
happened-talk-ended = The talk has ended.
happened-talk-no-effect = The talk has ended, and no tile moved: { $reason }.
happened-chose = { $who } chose option { $option }.
happened-laid = { $who } laid { AN($seat) } tile on { $stone }.
happened-laid-met = { $who } laid { AN($seat) } tile, and { $stone } is met!
happened-laid-complete = { $who } laid { AN($seat) } tile on { $stone }, and the path is complete!
happened-cracked = { AN($seat) } tile on { $stone } cracked.
happened-mended = { $who } kept the { $seat } tile on { $stone } by a real step.
happened-lifted = { $who } lifted { AN($seat) } tile from { $stone }.
happened-lifted-unmet = { $who } lifted { AN($seat) } tile, and { $stone } is unmet again.
happened-let-go = { $who } let the { $seat } tile on { $stone } go.
happened-let-go-unmet = { $who } let the { $seat } tile go, and { $stone } is unmet again.
happened-pass-asked = Somebody asked to pass over this card.
happened-pass-declined = The facilitator goes on with the card.
happened-passed = The card was passed over; no reason is needed.
happened-redrawn = The facilitator put the card aside for another.
happened-undone = The facilitator took { $steps ->
    [one] one step
   *[other] { $steps } steps
} back.
happened-closed = The game is closed.

## What was typed

words-step = { $number }. step, { $by }: { $text }
words-note = { $number }. note, { $by }: { $text }
words-reason = { $number }. reason, { $by }: { $text }
words-chat = { $name }: { $text }
words-unsigned = unsigned
words-hidden = (hidden)
words-erased = (erased)

## How it stands at the end

ending-turns = { $turns ->
    [one] { $turns } turn
   *[other] { $turns } turns
}
ending-met = { $all ->
    [one] { $met } of { $all } outcome is met
   *[other] { $met } of { $all } outcomes are met
}
ending-met-all = all { $all } outcomes are met
ending-complete = The path is complete: { $met }, after { $turns }.
ending-so-far = The path so far: { $met }, after { $turns }.
ending-planned = A planned stop is no failure.
ending-kept = The game is kept as it is.
ending-tiles = Tiles laid: { $laid }. Kept by a real step: { $kept }. Lifted: { $lifted }.
ending-in-the-way = What stood in the way lifted { $tiles }.

## The text twin: the board in words, line by line

twin-path = THE PATH: { $laid } of { $all } tiles
twin-stone = { $number } { $stone }  { $places }
twin-stone-met = { $number } { $stone }  { $places }  ★ met
twin-stone-another-day = { $number } { $stone }  for another day
twin-cracked = A letter in brackets is a cracked tile.
twin-closed = THE GAME IS CLOSED, turns played: { $turns }
twin-opening = OPENING TILES, round { $round }: { $name } ({ $letter })
twin-turn = TURN { $turn }: { $name } ({ $letter }), on space { $space }, { $there }
twin-die = The die shows { $face }.
twin-board = THE BOARD: a loop of { $spaces } spaces, counted from 0. { $about }
twin-board-signs = A letter is a footprint; * is { $corner }.
twin-board-row = from { $space }: { $signs }
twin-shoes = { $letter } { $name } ({ $shoes }): on space { $space }, { $there }
twin-decks = THE DECKS: cards not yet drawn
twin-deck = { $deck }: { $left } of { $all }
twin-deck-empty = { $deck }: { $left } of { $all }; the used cards are next
twin-notes = NOTES: { $notes ->
    [one] { $notes } note
   *[other] { $notes } notes
}, { $reasons ->
    [one] { $reasons } reason
   *[other] { $reasons } reasons
}, { $steps ->
    [one] { $steps } real step
   *[other] { $steps } real steps
}
twin-hands = { $hands ->
    [one] { $hands } hand is up.
   *[other] { $hands } hands are up.
}
twin-paused = The table is paused.
twin-card = THE CARD
twin-card-voice = THE CARD. { $name }:
twin-card-speaker = THE CARD. { $name }: { $speaker } says:
twin-poem = POET'S CORNER: { $title }
twin-note = To know beforehand: { $note }
twin-prompt = To talk about: { $prompt }
twin-asks = It asks: { $action }.
twin-chosen = Chosen: option { $option }.
twin-pass-asked = Somebody asked to pass over it.
twin-hint = A hint: it may be about { $stones }. Any stone that is offered may be chosen.

## Where things are typed: the terminal

terminal-wanted-opening-tile = first an opening tile is laid (place COLOUR STONE)
terminal-wanted-end-talk = the table is talking about the card; end the talk first (end-talk)
terminal-wanted-mend = a tile is cracked: keep it by a real step (mend WORDS), or let it go
terminal-type-the-face = A real die is in use: type its face, 1 to { $faces }, after roll.
terminal-no-real-die = No real die is in use: roll without a number.

# At a table with others. Words in capitals stand for what is typed.
terminal-help-others = WITH OTHERS
terminal-help-seats = {"  "}seats, who   who plays what, who is away
terminal-help-take = {"  "}take SEAT, leave SEAT
terminal-help-name = {"  "}name NAME    what you are called
terminal-help-team = {"  "}team NAME    what your team calls itself
terminal-help-point = {"  "}point STONE, point card
terminal-help-chat = {"  "}chat, chat TEXT   what was said in writing; say something
terminal-help-claim = {"  "}claim        be the facilitator, where there has been none for two minutes
terminal-help-door = THE FACILITATOR'S DOOR
terminal-help-invite = {"  "}invite, new-invite   show the invite, and the code where one leads here; make others, and the old open nothing
terminal-help-waiting = {"  "}waiting      who waits to be let in
terminal-help-admit = {"  "}admit N, admit N observer, admit all, turn-away N
terminal-help-chat-on = {"  "}chat on, chat off   let people write to each other, or not
terminal-help-mute = {"  "}mute N, unmute N   keep somebody from writing, or let them again
terminal-help-send-away = {"  "}send-away N  ask somebody to leave; to come back they need a new invite
terminal-help-hand-over = {"  "}hand-over N  somebody else facilitates from now on, and you play
terminal-help-facilitator = {"  "}facilitator N, role N player   make somebody a facilitator too, or a player, observer or screen
terminal-help-speaker = {"  "}speaker SEAT N   who speaks for a seat
terminal-help-listed = {"  "}listed on, listed off   show the table in the server's list, or not
terminal-name-what = After name stands what you are called.
terminal-team-what = After team stands what your team calls itself.
terminal-point-what = After point stands a stone, or card.
terminal-take-what = After take stands the seat that you would like to play.
terminal-leave-what = After leave stands the seat that you play. q leaves the table.
terminal-admit-what = After admit stands the number of somebody who waits, and observer if they are to look on. waiting lists them.
terminal-turn-away-what = After turn-away stands the number of somebody who waits. waiting lists them.
terminal-person-what = Here stands a person's number. who lists them.
terminal-role-what = After role stands a person's number, and player, observer, screen or facilitator. who lists them.
terminal-speaker-what = After speaker stands a seat, and the number of somebody who plays it. who lists them.
terminal-listed-what = After listed stands on or off.
# $turn is a heading such as "The managers' turn"; $people are names.
terminal-others-turn = { $turn }: { $people }.
terminal-looking-on = You look on. h raises your hand, ? lists what else you can do.
terminal-no-seat = You play no seat yet: take SEAT takes one, seats shows them.
terminal-seats = SEATS
terminal-seat-held = {"  "}{ $seat }: { $people }
terminal-seat-empty = {"  "}{ $seat }: nobody, so anybody may act for it
terminal-seat-voiced = {"  "}{ $seat }: { $people }; nobody of them is here, so anybody may act for it
terminal-speaks = { $name } (speaker)
terminal-is-away = { $name } (away)
terminal-people = PEOPLE
terminal-person = {"  "}{ $number }  { $name }: { $about }
terminal-role-player = plays
terminal-role-facilitator = facilitates
terminal-role-observer = looks on
terminal-role-screen = a screen for the room
terminal-you = that is you
terminal-away = away
terminal-hand-up = a hand up
terminal-muted = may not write for now
terminal-nobody-waits = Nobody waits to be let in.
terminal-waiting-how = admit N lets somebody in, admit all lets in everyone, turn-away N does not.
terminal-some-wait = { $count ->
    [one] One person waits
   *[other] { $count } people wait
} to be let in: waiting lists them.
terminal-waits = {"  "}{ $number }  { $name }
terminal-enter-leaves = Press Enter to leave.
terminal-leaves-others = { $people ->
    [one] { $who } is
   *[other] { $who } are
} at this table. If you leave, it closes for them until you open it again. Nothing is lost. To leave and close it, do that once more.

## Tables elsewhere: coming, coming back, and what others do

online-person = Person { $number }
online-facilitator = Facilitator
online-connecting = Calling { $host }…
online-waiting = The facilitator has been asked to let you in. Ctrl+C leaves.
online-waiting-at = The facilitator of { $table } has been asked to let you in. Ctrl+C leaves.
online-entering = The table is { $table }.
online-fetching = The cards are on their way here: { $packs }.
online-trying = It is tried again and again; Ctrl+C leaves. Your place at the table is kept.
online-lost = The connection is lost; what you typed is kept. Trying again…
online-back = Back.
online-left = You have left the table.
online-not-answered = The table has not answered yet: start again.
online-you-are-in = You are at the table as { $name }. { $people ->
    [one] Nobody else is here yet.
   *[other] { $people } people are here, with you.
}
online-you-play = You play { $seats }.
online-invite = Others come in with this invite: send it to them, or let them scan it.
online-code = Read out, for whoever can't be sent an invite: { $spoken }. Whoever comes with that waits until you let them in.
online-new-invite = There is a new invite and a new code. The old ones open nothing any more.

# Why there is no table, and what to do.
online-no-answer = { $host } did not answer within { $seconds } seconds. It may be off, or its address may be another now. Or a firewall between you and it does not let UDP through. Ask whoever sent the invite, or try another network, such as a phone's.
online-no-such-host = No computer called { $host } can be found from here. Look at the address once more, and whether this computer is on the internet.
online-somebody-else = The computer at { $host } is not the one that the invite was made for, so nothing was sent to it. Ask for a new invite.
online-not-trusted = { $host } could not show that it is what it says, so nothing was sent to it ({ $why }). Use an invite instead of the bare address, or tell whoever looks after that server.
online-other-language = { $host } answers, but does not speak Instep's language. Look at the address once more, or use the newer Instep at both ends.
online-lost-for-good = The connection was lost ({ $why }). Join once more.
online-no-socket = This computer gave no way into the network ({ $why }). Look whether it is connected, then try again.
online-no-pack = The table is played with { $pack }, which is not on this computer and could not be had from the server. Ask the facilitator for it.
online-bad-pack = The table is played with { $pack }, but what the server gave is not a pack that can be played with. Tell the facilitator.
online-other-setup = The server set up this table in a way that this Instep can't play. Use the newer Instep at both ends.
online-invite-form = That is no invite. One begins with INSTEP:// or is an address with a code, such as instep.example.org/7K2-M0A.
online-invite-address = The server's address in this invite can't be read. Copy the whole invite once more.
online-invite-key = The part of this invite that opens the table is not whole. Copy the whole invite once more.
online-invite-fingerprint = The part of this invite that names the server is not whole. Copy the whole invite once more.
online-server-address = After --server stands an address such as instep.example.org or 203.0.113.5:4433. For a server with a certificate of its own, # and its fingerprint follow.
online-name-missing = A name is needed: say what you are called with --name.
online-your-name = What are you called?

# Places: tables elsewhere that somebody can come back to, and what is known of them meanwhile.
place-last-there = You were there { $day }.
place-left-yours = When you left, it was your turn.
place-left-of = When you left, it was the { OWNER($seat) } turn.
place-left-complete = When you left, the path was complete.
place-left-closed = The game was over by then.
# A day in a sentence: "You were there yesterday", "moved on 12 November".
day-today = today
day-yesterday = yesterday
day-of-month = on { $day } { $month }
day-of-year = on { $day } { $month } { $year }
moved-to = moved to { $address } { $day }
month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
}
online-coming-back = Back to { $table }, as { $name }.
online-place = { $number }  { $table }, at { $address }, as { $name }. { $last }
online-newest-place = Back to the newest of them. --back N goes to another.
online-moved = Game { $number } { $moved }, and goes on there. Its copy is not gone on with here: instep export DIR --table { $number } writes it out.
online-moved-record = It { $moved }: what happened there since is not in this record.
online-no-places = There is no table elsewhere to come back to: join one with its invite. A table that this computer keeps is opened again by instep host.
online-no-place = There is no such place to come back to: --list shows those that there are.
online-not-moved = The table was not moved, because { $why }.
online-place-not-kept = Your place at this table could not be kept on this computer ({ $why }). If you leave, you need an invite to come back.
online-places-unread = Your places at tables could not be looked up ({ $why }).
online-places-aside = The list of your places at tables was damaged. It was put aside as { $file }, and a new one begins. Ask for a new invite where you need one.
online-looking = Looking for tables on this network…
online-none-found = None was found. A table is found only where its host chose so (instep host --found).
online-found = { $number }  { $table }, at { $address }
online-none-listed = That server shows no table to everyone just now.
online-listed = { $number }  { $table }: { $people ->
    [one] { $people } person
   *[other] { $people } people
} there, { $stones ->
    [one] { $stones } stone
   *[other] { $stones } stones
}
online-not-found = No table of that number was found: instep join --nearby lists them.

# What others do.
online-came = { $name } is here.
online-went = { $name } is away for now.
online-left-for-good = { $name } has left the table.
online-hand = { $name } raises a hand.
online-facilitates = { $name } facilitates now.
online-takes = { $name } plays { $seat }.
online-leaves = { $name } does not play { $seat } any more.
online-voiced = Nobody who plays { $seat } is here: anybody may act for it until they are back.
online-you-facilitate = You facilitate now.
online-your-role-changed = The facilitator has changed what you do at this table: who shows it.
online-paused = The table is paused.
online-goes-on = The table goes on.
online-chat-on = People may write to each other now: chat TEXT.
online-chat-off = The chat is closed.
online-votes = { $votes } of { $of } have voted.
online-says = { $name }: { $text }
online-note = A note: { $text }
online-team-name = { $name } is what those who play { $seat } call themselves.
online-points = { $name } points at { $stone }.
online-points-card = { $name } points at the card.
online-knocks-in-vain = { $name } waits to be let in, and nobody is at this keyboard. Whoever has the invite comes in at once; else host at a terminal.
online-knocks = { $name } waits to be let in. admit { $number } lets them in, turn-away { $number } does not.

## The window: its names for what can be done

ui-do-roll = Roll the die
ui-do-forward = Walk forward
ui-do-back = Walk back
ui-do-end-talk = End the talk
ui-do-note = Write a note
ui-do-hand = Raise a hand, or put it down
ui-do-pass = Pass over the card
ui-do-redraw = Draw another card
ui-do-undo = Take a step back
ui-do-pause = Pause the table, or go on
ui-do-timer = Pause the talk timer, or go on
ui-do-read = Show the card large
ui-do-speak = Read the card aloud
ui-do-in-words = The table in words
ui-do-log = Notes, or what happened
ui-do-people = Who is at the table (online)
ui-do-chat = The chat (online)
ui-do-projector = A window for the room
ui-do-help = How to play
ui-do-keys = Keys
ui-do-settings = Settings
ui-do-full-screen = Fill the screen
ui-do-larger = Larger text
ui-do-smaller = Smaller text

## Home

ui-home-what = Step into each other's shoes, and lay a path together.
ui-home-picture = A garden path of stepping stones leads to a small house. Four pairs of shoes wait where it begins.
ui-home-continue = Go on with your game
ui-home-new = New game
ui-home-earlier = Other games
ui-quit = Close Instep
# A saved game: its packs and stones.
ui-saved = { $packs }, { $stones ->
    [one] { $stones } stone
   *[other] { $stones } stones
}
ui-saved-closed = { $game } (closed)
ui-saved-moved = { $game } ({ $moved })
ui-guide = The guide for facilitators
ui-no-guide = These cards have no guide.
ui-about = Thanks
ui-about-what = Instep is a board game for people who use, give, buy and manage care and support. There is no score and no winner. The talk is the game.
ui-about-thanks = It is inspired by Whose Shoes?, a board game and approach whose name belongs to its owner. We are not part of it, and every word here is our own.
ui-about-licence = The program may be used under the MIT or the Apache 2.0 licence. Cards, poems, drawings and sounds are under CC BY 4.0. The letters are Atkinson Hyperlegible Next, under the SIL Open Font Licence.

## Set-up

ui-setup = A new game
ui-back-home = Back to the beginning
ui-how-long = How long have you got?
ui-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
ui-whole-path = The whole path: { $stones } stones
ui-fewer-minutes = Five minutes less
ui-more-minutes = Five minutes more
# What fits, and when play would end by the clock.
ui-fit = { $stones ->
    [one] { $stones } stone
   *[other] { $stones } stones
}, about { $turns } turns. If you start now, play ends at about { $end }.
ui-fit-tight = That is tight: even one stone may take longer.
ui-which-stones = Which stones? The first of the path, as many as fit, unless you choose others.
ui-fitting-stones = As many as fit
ui-going-on = Go on from the path of your earlier game
ui-working-out = One moment: working out what fits.
ui-packs = Cards
ui-pack = { $name }: { $cards } cards, { $poems } poems
ui-packs-together = The board, the stones and the rules are those of { $first }. The other packs bring their cards.
ui-cards-of = { $cards } of { $all } cards are in play.
ui-left-out = Left out: { $card }. { $why }
ui-choose-themes = Choose themes
ui-themes = Themes
ui-themes-what = A theme with a tick is played. Take the tick away to leave its cards out.
ui-themes-all = Play all themes
ui-theme = { $name } ({ $cards })
ui-sensitive = Cards to look at first
ui-sensitive-what = These cards have a note, because they may be close to somebody. To leave one out, leave out its theme.
ui-sensitive-themes = Themes: { $themes }
ui-rules = Rules
ui-real-die = Roll a real die, and type what it shows
ui-talk-timer = A talk timer of three minutes
ui-teams = Names for the four teams
ui-teams-what = They can stay empty. Choose names that you made up.
ui-team-of = { $seat }
ui-comfort = So that all can see and hear
ui-start = Start the game

## The table

ui-turn = Turn { $turn }
ui-progress = { $met } of { $all ->
    [one] { $all } stone
   *[other] { $all } stones
} met
ui-time-left = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} left, about { $turns } turns
ui-time-over = The planned time is over
ui-cue = Two turns are left in the time that you planned.
ui-hands = { $hands ->
    [one] { $hands } hand is up
   *[other] { $hands } hands are up
}
ui-leave = To the beginning (your game is kept)
ui-saving = Saving…
ui-roll = Roll the die
ui-rolled = You rolled { $face }. Which way?
# At a table with people elsewhere: to somebody who may act for an empty seat, and to those who look on.
ui-rolled-for = { $who } rolled { $face }. Which way?
ui-rolled-by = { $who } rolled { $face }. They choose which way.
ui-your-turn = It's your turn
# To somebody who plays for several: "It's your turn: managers".
ui-your-turn-for = It's your turn: { $seat }
ui-seat-nobody = Nobody plays this seat: anyone may act for it.
ui-real-die-which = Roll your own die. What does it show?
ui-real-die-face = The die shows { $face }
ui-walk-forward-to = Forward to space { $space }, { $there }
ui-walk-back-to = Back to space { $space }, { $there }
ui-works-here = What works here already? You may write it down
ui-choose-on-board = Press a stone that glows, or its number.
ui-why = Why this stone? You may write it down
ui-why-hint = Because…
ui-says = { $who } says
ui-to-know = To know first: { $note }
ui-card-asks = The card says: { $what }.
ui-card-choose = The card says: choose one.
ui-option-no-effect = { $option } (would change nothing now)
ui-end-talk = End the talk
ui-read-large = Read it large
ui-speak = Read it aloud
ui-hush = Stop reading
ui-no-voice = This computer has no voice to read with
ui-pass-asked = Somebody asked to pass over this card.
ui-pass-confirm = Pass over it
ui-pass-go-on = Go on with it
ui-pass-confirms = The facilitator confirms a pass
ui-step = A real step, and who would take it
ui-step-hint = By Friday…
ui-keep-tile = Keep the tile
ui-let-go = Let it go
ui-paused = The table is paused
ui-paused-more = Take your time. Nothing is lost.
ui-go-on = Go on
ui-pause = Pause
ui-pass = Pass
ui-undo = Undo
ui-more = More
ui-redraw = Draw another card
ui-hide-log = Hide what happened
ui-save-record = Save the record
ui-back-to-table = Back to the table
ui-put-away = Close this
ui-side-stage = Card
ui-side-board = Board
ui-does-open = Lays a tile
ui-does-roll = Rolls the die
ui-does-walk = Chooses a way
ui-does-talk = Leads the talk
ui-does-choose = Chooses a stone
ui-does-mend = Mends, or lets go
ui-heard = Had a say
ui-not-heard = Not yet heard
ui-mark-heard = { $who }: not yet heard. Press when they had a say.

## Stones

ui-stone-another-day = { $stone }: for another day.
ui-stone-empty = { $stone }: no tile yet.
ui-stone-holds = { $stone }: { $tiles ->
    [one] { $tiles } tile
   *[other] { $tiles } tiles
} of 4 ({ $list }).
ui-stone-met = { $stone }: met, with all 4 tiles.
ui-stones = The stones
ui-lay = Lay { AN($seat) } tile on { $stone }.
ui-lay-and-meet = Lay { AN($seat) } tile on { $stone }: that makes it whole.
ui-lift = Pick the { $seat } tile on { $stone }, to be lifted.
ui-point-at = { $about } Press to point at it.
ui-pointed = Somebody points at { $stone }.

## The talk timer

ui-timer = Talk { $left }
ui-timer-paused = Talk { $left }, paused
ui-timer-over = Talk as long as you like
ui-timer-start = Start a talk timer
ui-timer-pause = Pause the timer
ui-timer-go-on = Let the timer go on
ui-timer-more = One minute more
ui-timer-off = Timer off

## Notes

ui-notes = Notes
ui-log = What happened
ui-since-title = Welcome back
ui-since = Since you were here last, { $count ->
    [one] one thing has happened
   *[other] { $count } things have happened
}, and { $whose ->
    [you] it's your turn
    [complete] the path is complete
    [closed] the game is closed
   *[another] it's the { OWNER($seat) } turn
}.
ui-add-note = Write a note
ui-no-notes = No notes yet. A question, an idea, a worry, something that works: write it down before it is gone.
ui-note-what = What do you want to keep?
ui-note-names = Leave out real people's names.
ui-note-sign = Who says it?
ui-note-nobody = Nobody (unsigned)
ui-note-keep = Keep the note
ui-note-note = note
ui-note-step = real step
ui-note-reason = reason
ui-note-by = { $kind }, { $who }
ui-note-hidden = (hidden)
ui-note-erased = (erased)

## Taking steps back, and closing

ui-undo-title = Take steps back
ui-undo-what = This is what would be taken back. The last step comes first. What people wrote stays.
ui-undo-nothing = There is nothing to take back.
ui-undo-more = { $steps ->
    [one] Show { $steps } earlier step
   *[other] Show { $steps } earlier steps
}
ui-undo-do = { $steps ->
    [one] Take { $steps } step back
   *[other] Take { $steps } steps back
}
ui-undo-not = Leave it as it is
ui-close-title = Close the game?
ui-close-what = Closing ends this game for good, and shows what you built. To stop for today and go on later, leave it open: it is kept as it is.
ui-close-do = Close the game
ui-close-not = Leave it open
ui-complete-title = The path is complete
ui-complete-what = { $met ->
    [one] Your stone is met
   *[other] All { $met } stones are met
}, the windows are lit and the door is open. You may play on, or close the game.
ui-play-on = Play on
ui-closed = The game is closed
ui-closed-so-far = This is the path so far
ui-closing-words = What built the path? What stood in the way? Say one thing that you will do in the next week.
ui-thanks = Thank you for walking in each other's shoes.
ui-written = What people wrote
ui-go-on-later = Go on from this path

## How to play

ui-how-1 = Four teams, one path
ui-how-1-text = Each team steps into the shoes of one group: people who use services and their carers; providers and commissioners; staff; managers. Nobody plays their day job. You build one path together, and nobody wins against anybody.
ui-how-1-picture = Four small teams sit around one table and look at one big screen.
ui-how-2 = Roll, and walk
ui-how-2-text = Roll the die and choose a way to walk. The colour of the footprint that you reach says who speaks on the card. It is often not your own group. In a Poet's Corner there is a poem.
ui-how-2-picture = A die, and shoes on a row of footprints in four colours, with a way to the left and a way to the right.
ui-how-3 = Read it aloud, and talk
ui-how-3-text = Somebody reads the card aloud, or the computer does. Then talk. There is no right answer. Anyone may pass over a card, at any time, and nobody asks why.
ui-how-3-picture = Somebody reads a card aloud, and the others listen.
ui-how-4 = Lay a tile, or mend one
ui-how-4-text = The card lays a tile of one colour: choose a stone that glows, and say why. Some cards lift a tile. It cracks first. You keep it if you name one real step and who would take it; or you let it go.
ui-how-4-picture = A tile is laid on a stepping stone with four places, and a cracked tile is mended.
ui-how-5 = The way home
ui-how-5-text = A stone with all four tiles is met. When every stone in play is met, the path is complete and the house is lit. You may stop at any time, and go on another day from where you were.
ui-how-5-picture = The path is complete, the house is lit, and people walk to its door together.
ui-previous = Before
ui-next = Next
ui-done = Done
ui-page = { $page } of { $pages }

## Settings

ui-set-seeing = To see well
ui-set-hearing = To hear well
ui-set-reaching = To reach well
ui-set-text = Text size
ui-set-light = Light
ui-set-dark = Dark
ui-set-projector = Large, to be read from across a room
ui-set-full-screen = Fill the screen
ui-set-calm = Less movement
ui-set-sound = Sounds
ui-set-read-aloud = Read each card aloud
ui-set-speed = Reading speed
ui-set-die = The die
ui-set-steps = Steps and cards
ui-set-tiles = Tiles
ui-set-bells = Bells
ui-set-touch = Large buttons, for fingers
ui-set-single-keys = Letters and numbers as keys
ui-less = { $what }: less
ui-more-of = { $what }: more
ui-value = { $what }: { $value }

## Keys

ui-keys-move = Tab and the arrows move. Enter and the space bar press. Escape leads back. Page Up and Page Down scroll what is long, and with Shift the notes.
ui-keys-stones = 1 to 9 choose a stone, an option of a card, or the face of a real die.
ui-keys-change = Press a row to give it another key.
ui-no-key = no key
ui-press-a-key = { $what }: press the new key now
ui-change-key = { $what }: { $key }. Press to change it.
ui-keys-opened = The list of keys was opened to be printed. It is the file { $file }.
ui-keys-written = The list of keys is the file { $file }: open it, and print it from there.
ui-keys-not-written = The list of keys could not be written to { $file }: look whether there is room on the disk.
ui-keys-title = Keys
ui-key = Key
ui-key-does = What it does
ui-key-none = no key
ui-key-tab = Tab
ui-key-tab-does = moves to the next thing, with Shift to the one before
ui-key-arrows = Arrows
ui-key-arrows-does = move up, down, left and right
ui-key-enter = Enter, Space
ui-key-enter-does = press
ui-key-escape = Escape
ui-key-escape-does = leads back
ui-key-numbers = 1 to 9
ui-key-numbers-does = choose a stone, an option of a card, or the face of a real die
ui-record-saved = The record is in the folder { $folder }: what happened, and what people wrote.
ui-print-keys = Print this list
ui-usual-keys = The usual keys

## Play with people elsewhere: the beginning

ui-join = Join a table
ui-host = Host for people elsewhere
ui-places = Tables that you were at
ui-come-back = Come back to { $table }
# What one is called at a table that one was at.
ui-called-there = You are called { $name }.
ui-let-place-go = Let go of it
ui-let-place-go-of = Let go of { $table }
ui-let-place-go-title = Let go of this table?
ui-let-place-go-copy = The copy of it that is here stays among your other games.
ui-moved-title = A game that has moved
ui-moved-what = This game { $moved }, and goes on there. Here is a copy of it as it was then. You can read it, and save its record.
ui-moved-take-back-what = If the one there is gone for good, you can go on with the copy. Then they are two games, and what happens in one is not in the other.
ui-moved-read = Read the copy
ui-moved-take-back = Go on with the copy
ui-moved-copy = A copy, to be read: this game { $moved }.
ui-let-place-go-what = Instep forgets the way back to { $table }. The table itself stays as it is. To come back later you need an invite again.

## Joining

ui-invite-title = What were you given?
ui-invite-field = An invite, or an address and a code
ui-invite-hint = Paste the whole invite here. Or type what you were told, such as instep.example.org/7K2-M0A. An address alone shows the tables that are open there.
ui-paste = Paste
ui-paste-nothing = There is nothing to paste yet. Copy the invite first, then come back here.
ui-your-name = Your name, as others will see it
ui-come-as = How do you come?
ui-come-play = I play
ui-come-look-on = I look on
ui-come-screen = This is a screen for the room
ui-come-decides = With a code, the facilitator lets you in and decides how you come.
ui-join-do = Join
ui-see-tables = See its tables
ui-fault-nothing = Paste an invite here first, or type an address and a code.
ui-fault-form = This can't be read as an invite. Copy it once more, the whole of it.
ui-fault-only-code = This is a code. The address belongs before it: ask for it, then type the address, a slash and the code.
ui-fault-address = The address in this can't be read. Look at it once more.
ui-fault-cut = A piece of this invite is missing or has changed. Copy it once more, the whole of it.
ui-fault-name = Type the name that others will see. It need not be your real one.
ui-fault-server = Type the server's address, such as instep.example.org.
ui-type-the-code = Now type the code after the slash. The facilitator of the table can tell you.
ui-nearby = Tables on this network
ui-nearby-table = { $table } ({ $address })
ui-nearby-hint = These are open on a computer near you. The facilitator lets you in.
ui-nearby-looking = Looking for tables near you…
ui-nearby-none = None was found. Some networks hide computers from each other: paste the invite then, or type the address and the code.
ui-look-again = Look again
ui-listed = Tables at { $host }
ui-listed-none = No table is open to all there now. For others you need an invite or a code.
ui-listed-table = { $table }: { $here ->
    [one] { $here } person is there
   *[other] { $here } people are there
}, { $stones ->
    [one] { $stones } stone
   *[other] { $stones } stones
}
ui-listed-hint = Choose one, and its facilitator is asked to let you in.
ui-table-n = Table { $number }
ui-no-answer = { $host } does not answer. Is this computer online, and is the address right? If the table is on somebody's computer, that computer has to be on and on the same network.
ui-other-server = What answers at { $host } is not the server that made this invite, so nothing was sent to it. Ask for a new invite.
ui-no-cards = The cards of this table could not be fetched. Try once more.
ui-no-network = This computer has no network, or does not let Instep use it.

## While one is on the way

ui-connecting = Connecting to { $host }…
ui-connecting-more = This takes a few seconds. You can stop it at any time, and nothing that you typed is lost.
ui-trying-more = Perhaps the computer that keeps the table is not on just now. Instep goes on trying. You can stop it and come back later: your place stays yours.
ui-waiting-title = Nearly there
ui-waiting = The facilitator has been asked to let you in.
ui-waiting-at = The facilitator of { $table } has been asked to let you in.
ui-waiting-more = You need do nothing. The table opens by itself as soon as they do.
ui-making = Making the table…
ui-moving = Moving the table to { $host }…
ui-moving-more = Its whole history goes along. Until it has arrived, the table here stays as it is.
ui-cancel = Cancel

## Hosting

ui-open-up = Open this table to people elsewhere
ui-open-up-do = Open it
ui-move = Move this table to a server
ui-move-do = Move it there
ui-host-where = Where is the table?
ui-host-here = On this network, from this computer
ui-host-here-what = For people in the same building, or on the same Wi-Fi. This computer has to stay on while you play.
ui-host-here-reach = A firewall mostly keeps people outside from reaching this computer. Are some of them elsewhere? Then use a server, or ask whoever looks after your network.
ui-host-server = At a server
ui-host-server-what = For people anywhere. The server keeps the table, and this computer may be off. Whoever looks after the server knows its address.
ui-host-move-what = The table and its history move to the server, and go on there for people anywhere. The one here stays as it is now, as a copy.
ui-host-address = The server's address
ui-host-with-pass = The server wants a pass
ui-host-pass = The pass for making tables
ui-host-public = Show this table in the server's list
ui-public-on = Anyone who looks may see its name and ask to come in. You let people in.
ui-public-off = Only those with the invite or the code find it.
ui-host-names = Names
ui-host-called = A name for the table (it may stay empty)
ui-host-called-what = It helps people to see that they are in the right place, such as “Tuesday group”.
ui-host-next = Next: choose the game
ui-back-host = Back to where the table is
ui-setup-hosted = A new game, for people elsewhere too
ui-start-hosted = Open the table

## Who is at the table

ui-lobby = At this table
ui-lobby-of = At this table: { $table }
ui-to-the-table = To the table
ui-leave-table = Leave for now
ui-seats = The four seats
ui-seat-free = Nobody sits here yet. Anyone may act for it.
ui-seat-voiced = They are away: anyone may act for them
ui-seat-away = Away
ui-seat-take = Take this seat
ui-seat-take-of = Take this seat: { $seat }
ui-seat-share = Share this seat
ui-seat-share-of = Share this seat: { $seat }
ui-seat-leave = Leave this seat
ui-seat-leave-of = Leave this seat: { $seat }
ui-seats-look-on = You look on. To play, ask the facilitator to let you.
ui-person-n = Person { $number }
names-and = { $list } and { $last }
ui-names-more = { $list } and { $more } more
# "Jo (you, speaker)"
ui-person-about = { $who } ({ $about })
# "Jo: player, staff, here"
ui-person-line = { $who }: { $about }
ui-is-you = you
# On one's own seat at the table.
ui-you = You
# The same for whoever hears it: "Staff (you)".
ui-seat-yours = { $seat } (you)
ui-is-speaker = speaker
ui-is-here = here
ui-is-away = away
ui-is-hand = hand up
ui-is-muted = asked not to write
ui-role-facilitator = facilitator
ui-role-player = player
ui-role-observer = looks on
ui-role-screen = screen for the room
# What the window for the room is called at a table elsewhere.
ui-room-screen = The screen for the room
ui-everyone = Everyone
ui-everyone-what = Press a name for what you can do.
ui-make-speaker = { $who } speaks for { $seat }
ui-make-player = Let { $who } play
ui-make-observer = Let { $who } only look on
ui-make-facilitator = Make { $who } a facilitator too
ui-make-player-only = Make { $who } a player only
ui-only-facilitator = The table needs a facilitator: make somebody else one first.
ui-hand-over = Hand the table over to { $who }
ui-hand-over-title = Hand the table over?
ui-hand-over-what = { $who } becomes the facilitator, and you become a player. Only a facilitator can give it back to you.
ui-mute = Ask { $who } not to write for now
ui-unmute = Let { $who } write again
ui-send-away = Ask { $who } to leave
ui-send-away-title = Ask somebody to leave?
ui-send-away-what = { $who } leaves the table, and can come back only with a new invite. What they did in the game stays.
ui-change-name = Change my name
ui-you-are-muted = The facilitator has asked you not to write for now. You can still play and raise your hand.
ui-at-the-door = At the door
ui-waits = { $who } waits to be let in.
ui-let-in = Let in
ui-let-in-of = Let { $who } in
ui-let-look-on = Let in to look on
ui-let-look-on-of = Let { $who } in to look on
ui-turn-away = Turn away
ui-turn-away-of = Turn { $who } away
ui-invite = Invite people
ui-invite-what = Send the invite to those who should come: whoever has it can come in.
ui-copy-invite = Copy the invite
ui-copied = The invite is copied. Paste it into a message.
ui-copy-code = Copy address and code
ui-copied-code = Address and code are copied. Paste them into a message.
ui-qr = The invite as a QR code, for a phone's or a computer's camera
ui-code = Or read this code out:
ui-code-how = They type { $typed } and wait until you let them in.
ui-move-people = Whoever is at the table now needs the new invite, which you find there: send it to them.
ui-code-needs-found = To read out a short code instead, let people on this network find this table.
ui-code-not-here = This server has a certificate of its own, so a code that is read out does not lead here: send the invite.
ui-leave-others-title = Leave, and close it?
ui-leave-others-what = { $people ->
    [one] { $who } is
   *[other] { $who } are
} at this table. If you leave, it closes for them until you open it again. Nothing is lost.
ui-leave-others-gone = Nobody else is at this table any more. If you leave, it is kept as it is.
ui-leave-others-not = Stay
ui-leave-others = Leave, and close it
ui-open-again-title = Open this table again?
ui-open-again-what = { $people ->
    [one] { $who } was
   *[other] { $who } were
} at this table. Open it to them again?
ui-open-again = Open it again
ui-open-again-not = Not now
ui-place-again = You have a place here already, as { $name }: you are back in it.
ui-new-invite = Make a new invite
ui-new-invite-title = Make a new invite?
ui-new-invite-what = The old invite and the old code open nothing from then on. Whoever is at the table stays.
ui-stay-on = The table is on this computer. It has to stay on, and Instep open, while you play.
ui-lobby-options = What you let people do
ui-let-chat = Let people chat in writing
ui-list-nearby = Let people on this network find this table
ui-team-acts = Who acts where several people share a seat?
ui-team-anyone = Anyone of them
ui-team-speaker = Their speaker
ui-team-hands = A show of hands
ui-table-called = The name of the table
ui-change-table = Change the table's name
ui-alone = No facilitator is here. After two minutes somebody who plays can take over.
ui-alone-soon = No facilitator is here. If they stay away, you can take over in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
ui-alone-now = No facilitator is here. You can take over until they come back.
ui-be-facilitator = Be the facilitator

## At the table, with people elsewhere

ui-people = People
ui-people-wait = People ({ $waiting } at the door)
ui-at-the-door-n = At the door: { $waiting }
ui-hand-raise = Raise my hand
ui-hand-down = Put my hand down
ui-hands-of = Hands up: { $names }
ui-away = Away: { $names }
ui-voiced-turn = { $seat } are away: anyone may act for them
ui-votes = Show of hands: { $votes } of { $of }
ui-counted = Your hand is counted: { $votes } of { $of } so far.
ui-connected = Connected
ui-lost = Reconnecting… (since { $seconds } s)
ui-lost-what = Reconnecting… What you see is the table as it was. Nothing is lost. As soon as Instep is back you can go on.
ui-server-stops = The server stops for a while ({ $seconds } s)
ui-host-stopped = The computer that kept this table has stopped. What you see here stays until you go back to the beginning.
ui-line-ended = Not connected
ui-line-back = Connected again.
ui-try-now = Try now
ui-others-turn = { $whose }. You can talk, point and raise a hand.
ui-others-turn-watched = { $whose }. You look on, and can raise a hand.
ui-point-card = Point at the card
ui-pointed-by = { $who } points at { $stone }.
ui-pointed-card = { $who } points at the card.
ui-came = { $who } is here.
ui-went = { $who } is away.
ui-somebody-left = Somebody has left the table.
ui-hand-up = { $who } has a hand up.
ui-hand-up-own = Your hand is up.
ui-hand-down-own = Your hand is down.

## The chat

ui-chat = Chat
ui-chat-read = Read the chat
ui-chat-unread = Chat ({ $new } new)
ui-chat-new = In the chat, { $said }
ui-chat-what = Everyone at the table reads this. The newest comes first.
ui-chat-none = Nobody has written anything yet.
ui-chat-off = The facilitator has closed the chat.
ui-chat-field = What do you want to say?
ui-chat-send = Send
ui-chat-write = Write in the chat
ui-chat-reported = Somebody asked you to look at this.
ui-chat-hidden = Hidden from everyone else.
ui-report = Tell the facilitator
ui-report-of = Tell the facilitator that this troubles you: { $what }
ui-report-told = The facilitator has been told. Nobody learns that it was you.
ui-hide = Hide
ui-hide-of = Hide this from everyone else: { $what }
ui-show-again = Show again
ui-show-again-of = Show this to everyone again: { $what }
