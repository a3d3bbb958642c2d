package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/verify/disk"
)

// Files that a person asks for are new ones: what is already there may be an
// original and is never written over.

// freeForFile refuses a name that no file should be written to, before any
// work is done. The name has one of the endings.
func freeForFile(path, what string, endings ...string) error {
	if path == "" {
		return nil
	}
	if !slices.Contains(endings, strings.ToLower(filepath.Ext(path))) {
		return usagef("%s: give it a name that ends in %s, not %q", what, strings.Join(endings, " or "), path)
	}
	switch _, err := os.Lstat(path); {
	case err == nil:
		return withHint(fmt.Errorf("%s is already there and is not written over", path), "choose another name, or move that file away")
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write %s: %w", what, err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write %s: %w", what, err)
	}
	return nil
}

// writeNew writes a file that is not there yet, whole or not at all.
func writeNew(path string, content []byte) error {
	err := disk.New(path, disk.Bytes(content))
	if errors.Is(err, fs.ErrExist) {
		return withHint(fmt.Errorf("%s is already there and is not written over", path), "choose another name, or move that file away")
	}
	return err
}

// pictureQuality is that of JPEG pictures for people.
const pictureQuality = 92

// writeNewPicture writes a new PNG or JPEG, as its name says.
func writeNewPicture(path string, img image.Image) error {
	var b bytes.Buffer
	var err error
	if strings.EqualFold(filepath.Ext(path), ".png") {
		err = png.Encode(&b, img)
	} else {
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: pictureQuality})
	}
	if err != nil {
		return fmt.Errorf("make the picture: %w", err)
	}
	return writeNew(path, b.Bytes())
}
