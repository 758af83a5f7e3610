# shellcheck shell=bash disable=SC2154
# Damaged, dropped and refused buffers, and a stream that breaks: counted, mended, never shown.
show_bars
start capture probe capture "$camera" --size 320x180 --in-order --frames $((60 * patience)) --seconds 30
until_said capture '^frame'
for _ in 1 2 3; do
    fault inject_v4l2_buf_flag_error
    sleep 0.2
done
finish capture || fail "damaged buffers ended the capture"
expect_said capture ' damaged=3 '
expect_bars capture $((60 * patience))

fault percentage_of_dropped_buffers 50
probe capture "$camera" --size 320x180 --in-order --frames 30 >"$(log dropped)" || fail "dropped buffers ended the capture"
fault percentage_of_dropped_buffers 0
lost=$(sed -n 's/.* lost=\([0-9]*\).*/\1/p' "$(log dropped)")
((lost >= 8)) || fail "of about 30 dropped buffers $lost were counted"

for refusal in reqbufs qbuf streamon; do
    fault "inject_vidioc_${refusal}_error"
    probe capture "$camera" --size 320x180 --frames 5 >"$(log "$refusal")" || fail "a refused $refusal was not asked again"
    expect_bars "$refusal" 5
done

start breaking probe capture "$camera" --size 320x180 --frames 100000 --seconds 30
until_said breaking '^frame'
fault inject_fatal_streaming_error
until_said breaking '^failure streamBroken'
until_said breaking '^restarted'
frames=$(count breaking '^frame')
goes_on() { (($(count breaking '^frame') >= frames + 5)); }
until_true "pictures after the restart" goes_on
end breaking
