# shellcheck shell=bash disable=SC2154
# Every pixel format of a camera becomes the right picture.
show_bars
for format in YUYV UYVY YVYU NV12 YU12 RGB3 BGR3; do
    probe capture "$camera" --size 320x180 --formats "$format" --frames 5 >"$(log "$format")" ||
        fail "cannot capture $format"
    expect_said "$format" "^open $camera $format 320×180"
    expect_bars "$format" 5
done
