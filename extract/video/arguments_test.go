package video

import (
	"strings"
	"testing"
	"time"
)

// Which frames are decoded at all is what a pass costs.
func TestWhatIsDecoded(t *testing.T) {
	tests := []struct {
		name, codec string
		plan        Plan
		stages      int
		skip        string
	}{
		{"key frames", "h264", Plan{}, 1, "-skip_frame nokey"},
		{"key frames of an unknown codec", "", Plan{}, 1, "-skip_frame nokey"},
		{"key frames of a decoder that ignores the wish", "vp9", Plan{}, 2, ""},
		{"the same", "av1", Plan{}, 2, ""},
		{"one a second", "av1", Plan{Every: time.Second}, 1, "-skip_frame noref"},
	}
	for _, tt := range tests {
		j := job{task: taskFrames, plan: tt.plan.withDefaults(), format: "mov", codec: tt.codec, input: []string{"-i", "x"}}
		if got := j.twoStages(); got != (tt.stages == 2) {
			t.Errorf("%s: two stages %v", tt.name, got)
		}
		args := strings.Join(j.decode(dialect{}), " ")
		if tt.skip == "" && strings.Contains(args, "-skip_frame") || !strings.Contains(args, tt.skip) {
			t.Errorf("%s: %s", tt.name, args)
		}
		for _, stage := range []string{args, strings.Join(j.selectKeyPackets(), " ")} {
			if !strings.Contains(stage, "-f mov -enable_drefs 0 -use_absolute_path 0 -i x -map 0:V:0 ") {
				t.Errorf("%s: the format is not forced on the input: %s", tt.name, stage)
			}
		}
	}
}

// A plan from the other side of a pipe cannot ask for more than there is.
func TestPlanBounds(t *testing.T) {
	p := Plan{Every: -1, Apart: 1 << 62, Longest: 1 << 30, MaxFrames: -5}.withDefaults()
	if p.Every != 0 || p.Apart != time.Hour || p.Longest != maxLongest || p.MaxFrames != 1 || p.Limits.Wall <= 0 {
		t.Errorf("got %+v", p)
	}
}
