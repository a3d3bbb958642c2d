package workbench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"time"

	"github.com/firsthand-media/firsthand/extract"
	"github.com/firsthand-media/firsthand/extract/container"
	"github.com/firsthand-media/firsthand/verify"
	"github.com/firsthand-media/firsthand/verify/casefile"
	"github.com/firsthand-media/firsthand/verify/workbench/api"
)

// media gives the pictures of items. An item is named by its digest, never by
// a path. All that a softened page asks for is soft and strip-soft; the others
// leave only after a person's deliberate act.
//
//	soft          48 pixels, grey, blurred
//	thumb         320 pixels, grey
//	preview       2048 pixels; ?grey=1 in grey
//	strip         frames of a video side by side, 160 pixels each; ?grey=1
//	strip-soft    the same, softened
//	original      the file as it is
//
// ?at=MS takes the frame that a video shows at that millisecond. Parts that
// people masked are painted over here and sent only with ?unmasked=1.
type media struct {
	api    *api.API
	soft   *pictures     // softened ones, ready to send
	frames *pictures     // the last frames of videos, as decoded
	slots  chan struct{} // decodings at the same time
}

// What is kept in memory, and how much is decoded at once: a page of the
// gallery asks for sixty softened pictures, of which each takes about a
// millisecond; a frame of a video takes much more.
const (
	softKept   = 24 << 20 // bytes; about 25,000 pictures
	framesKept = 24 << 20
	decodings  = 2
)

func newMedia(a *api.API) *media {
	return &media{api: a, soft: newPictures(softKept), frames: newPictures(framesKept), slots: make(chan struct{}, decodings)}
}

// mediaPolicy leaves nothing to a file that is looked at by itself.
const mediaPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

var digestPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// wanted is one picture that is asked for.
type wanted struct {
	of       *api.Case
	item     *verify.Item
	masks    []verify.Mask
	at       *time.Duration // of a frame, nil where none is named
	grey     bool
	unmasked bool
}

func (m *media) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", mediaPolicy)
	q, err := m.wanted(r)
	if err == nil {
		err = m.give(w, r, q)
	}
	if err == nil || r.Context().Err() != nil {
		return
	}
	told := &api.Error{Status: http.StatusInternalServerError, What: err.Error()}
	if errors.Is(err, casefile.ErrNotCached) {
		told = &api.Error{Status: http.StatusNotFound, What: "there is no picture of this file", Hint: "scan again to make it"}
	}
	errors.As(err, &told)
	http.Error(w, told.What, told.Status)
}

func (m *media) wanted(r *http.Request) (wanted, error) {
	var q wanted
	none := &api.Error{Status: http.StatusNotFound, What: "there is no such picture"}
	digest := r.PathValue("item")
	if !digestPattern.MatchString(digest) {
		return q, none
	}
	var err error
	if q.of, err = m.api.Case(r.PathValue("case")); err != nil {
		return q, err
	}
	view, err := q.of.View(r.Context())
	if err != nil {
		return q, err
	}
	if q.item = view.Item(verify.Digest(digest)); q.item == nil {
		return q, none
	}
	query := r.URL.Query()
	q.grey, q.unmasked = query.Get("grey") == "1", query.Get("unmasked") == "1"
	q.masks = view.Marks[q.item.Digest].Masks
	if text := query.Get("at"); text != "" {
		ms, err := strconv.ParseInt(text, 10, 64)
		if err != nil || ms < 0 || ms > int64(24*time.Hour/time.Millisecond) {
			return q, &api.Error{Status: http.StatusBadRequest, What: fmt.Sprintf("%q is no time in a video", text)}
		}
		at := time.Duration(ms) * time.Millisecond
		q.at = &at
	}
	return q, nil
}

func (m *media) give(w http.ResponseWriter, r *http.Request, q wanted) error {
	ctx := r.Context()
	switch r.PathValue("what") {
	case "soft":
		return m.giveSoft(ctx, w, q)
	case "thumb":
		q.grey = true
		jpeg, err := m.small(ctx, q)
		if err != nil {
			return err
		}
		return paint(w, q, jpeg, 1)
	case "preview":
		jpeg, err := m.large(ctx, q)
		if err != nil {
			return err
		}
		return paint(w, q, jpeg, 1)
	case "strip":
		return m.giveStrip(ctx, w, q)
	case "strip-soft":
		return m.giveSoftStrip(ctx, w, q)
	case "original":
		return m.giveOriginal(w, r, q)
	}
	return &api.Error{Status: http.StatusNotFound, What: "there is no such picture"}
}

// small is the picture that the scan kept, or the frame of a video.
func (m *media) small(ctx context.Context, q wanted) (jpeg []byte, err error) {
	if q.at != nil {
		return m.frame(ctx, q)
	}
	err = q.of.Reading(ctx, func(f *casefile.File) error {
		jpeg, err = f.Preview(ctx, q.item.Digest)
		return err
	})
	return jpeg, err
}

// large is the picture decoded anew, by a worker. Where the file is not there,
// or nothing can decode it now, it is the one that the scan kept.
func (m *media) large(ctx context.Context, q wanted) ([]byte, error) {
	if q.at != nil {
		return m.frame(ctx, q)
	}
	if q.item.Media.Kind != extract.Image {
		return m.small(ctx, q)
	}
	path, err := q.of.Original(ctx, q.item.Digest)
	if err != nil {
		return m.small(ctx, q)
	}
	orientation := 0
	if o := q.item.Media.Orientation; o != nil {
		orientation = *o
	}
	if !m.begin(ctx) {
		return nil, ctx.Err()
	}
	defer m.end()
	if jpeg, err := m.api.Picture(ctx, path, orientation, largeSide); err == nil {
		return jpeg, nil
	}
	return m.small(ctx, q)
}

// largeSide is the longest side of a preview, in pixels.
const largeSide = 2048

func (m *media) frame(ctx context.Context, q wanted) ([]byte, error) {
	key := fmt.Sprintf("%s %s %d", q.of.ID, q.item.Digest, *q.at)
	if jpeg, ok := m.frames.get(key); ok {
		return jpeg, nil
	}
	path, err := q.of.Original(ctx, q.item.Digest)
	if err != nil {
		return nil, err
	}
	if !m.begin(ctx) {
		return nil, ctx.Err()
	}
	defer m.end()
	still, err := m.api.Frame(ctx, path, *q.at)
	if err != nil {
		if told := (*api.Error)(nil); !errors.As(err, &told) && ctx.Err() == nil {
			err = &api.Error{Status: http.StatusUnprocessableEntity, What: err.Error()} // of this file: no fault of the program
		}
		return nil, err
	}
	m.frames.put(key, still.JPEG)
	return still.JPEG, nil
}

// begin waits for a turn to decode; it is false where nobody waits any more.
func (m *media) begin(ctx context.Context) bool {
	select {
	case m.slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (m *media) end() { <-m.slots }

// inline are the formats that a browser is given to show. Anything else is a
// file to keep: what it is called is no matter.
var inline = map[string]bool{
	"image/jpeg": true, "image/png": true, "image/gif": true, "image/webp": true, "video/mp4": true, "video/webm": true,
}

func (m *media) giveOriginal(w http.ResponseWriter, r *http.Request, q wanted) error {
	if len(q.masks) > 0 && !q.unmasked {
		return &api.Error{Status: http.StatusConflict, What: "parts of this item are masked, and the file itself shows them"}
	}
	path, err := q.of.Original(r.Context(), q.item.Digest)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	typ, err := container.Sniff(file, info.Size())
	h := w.Header()
	if kind := typ.MediaType; err == nil && inline[kind] {
		h.Set("Content-Type", kind)
		h.Set("Content-Disposition", "inline")
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", q.item.Digest[:16]+".bin"))
	}
	http.ServeContent(w, r, "", time.Time{}, file) // in parts, as players ask for it
	return nil
}
