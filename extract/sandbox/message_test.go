package sandbox

import (
	"bufio"
	"bytes"
	"testing"
)

func FuzzReadMessage(f *testing.F) {
	f.Add([]byte{0, 0, 0, 4, 'D', 1, 2, 3})
	f.Add([]byte{0, 0, 0, 0, 'D'})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 'E'})
	f.Add([]byte{3, 0, 0, 0, 'D', 1})
	f.Fuzz(func(t *testing.T, in []byte) {
		k, body, err := readMessage(bytes.NewReader(in), 1<<24, nil)
		if cap(body) > len(in)+2*growStep {
			t.Fatalf("%d bytes of memory for %d bytes of input", cap(body), len(in))
		}
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := writeMessage(bufio.NewWriter(&out), k, body); err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(in, out.Bytes()) {
			t.Fatalf("%x read and written again is %x", in, out.Bytes())
		}
	})
}
