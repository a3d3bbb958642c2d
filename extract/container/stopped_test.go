package container

import (
	"bytes"
	"hash/crc32"
	"testing"
	"time"
)

// A file of which the budget let only a part be read is not said to lack what
// stands in the rest.
func TestWhatWasNotReachedIsNotMissing(t *testing.T) {
	chunk := func(name string, body []byte) []byte {
		sum := crc32.ChecksumIEEE(append([]byte(name), body...))
		return bytes.Join([][]byte{putUint32(uint32(len(body))), []byte(name), body, putUint32(sum)}, nil)
	}
	head := append([]byte(pngSignature), chunk("IHDR", append(append(putUint32(1), putUint32(1)...), 8, 0, 0, 0, 0))...)
	file := append(append(head, bytes.Repeat(chunk("tEXt", []byte("a\x00b")), 500)...), chunk("IDAT", []byte("x"))...)
	b := NewBudget()
	b.Values = 100
	info, err := Read(bytes.NewReader(file), int64(len(file)), b)
	if err != nil {
		t.Fatal(err)
	}
	if len(info.Problems) != 1 || info.Problems[0].Code != "limit" || info.Problems[0].Fatal {
		t.Errorf("%+v, want the limit alone", info.Problems)
	}
}

func putUint32(v uint32) []byte { return []byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)} }

// A deadline passes when this process worked through the time, not when others
// kept the machine busy.
func TestTimeOfOthersDoesNotCount(t *testing.T) {
	if processorTime() == 0 {
		t.Skip("this system does not say how much a process has worked")
	}
	b := NewBudget()
	b.Deadline = time.Now().Add(-time.Second)
	if b.Over() {
		t.Error("a clock that ran while others worked ends the reading")
	}
	b.worked = 1
	if !b.Over() {
		t.Error("a clock that ran while this process worked ends nothing")
	}
}
