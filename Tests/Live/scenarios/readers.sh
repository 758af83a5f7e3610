# shellcheck shell=bash disable=SC2154
# Readers that come first, last, several, and that stay while the writer goes and comes back: every picture they see is
# whole, and of the writer's.
start writer probe show "$virtual" --size 320x240 --rate 20 --pattern count --frames 100000
until_said writer '^first'

# Last: after the writer.
probe capture "$virtual" --size 320x240 --in-order --frames 20 >"$(log last)" || fail "the reader that came last cannot read"
(($(count last '^frame .* number=[0-9]+ ') == 20)) || fail "the reader that came last saw torn pictures"

# Two at a time. From 0.14 on v4l2loopback lets one stream at a time; the other is told who it is.
start one probe capture "$virtual" --size 320x240 --frames 60 --seconds 20
until_said one '^frame'
if probe capture "$virtual" --size 320x240 --frames 10 >"$(log two)"; then
    (($(count two '^frame .* number=[0-9]+ ') == 10)) || fail "the second reader saw torn pictures"
else
    expect_said two "^failure busy: .* is in use by .*'live-probe'"
fi
finish one || fail "the first reader ended early"
(($(count one '^frame .* number=[0-9]+ ') == 60)) || fail "the first reader saw torn pictures"

# The writer goes, also without a word, and comes back; the reader stays.
start stays probe capture "$virtual" --size 320x240 --frames 100000 --seconds 40
until_said stays '^frame'
for signal in TERM KILL; do
    silences=$(count stays '^silence')
    end writer "$signal"
    falls_silent() { (($(count stays '^silence') > silences)); }
    until_true "the reader that stayed to see no pictures" falls_silent
    before=$(count stays '^frame')
    start writer probe show "$virtual" --size 320x240 --rate 20 --pattern count --frames 100000
    until_said writer '^first'
    goes_on() { (($(count stays '^frame .* number=[0-9]+ ') >= before + 10)); }
    until_true "the reader that stayed to see pictures again" goes_on
done
! said stays 'number=-' || fail "the reader that stayed saw a torn picture"
! said stays '^failure' || fail "the reader that stayed failed"
end stays
end writer

# First: the device is open before the writer is there, and waits for it to become a camera.
exec 7<>"$virtual"
start writer probe show "$virtual" --size 320x240 --rate 20 --pattern count --frames 100000
await_camera "$virtual"
probe capture "$virtual" --size 320x240 --frames 20 >"$(log first)" || fail "the reader that came first cannot read"
(($(count first '^frame .* number=[0-9]+ ') == 20)) || fail "the reader that came first saw torn pictures"
end writer
