package source

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// List gives every regular file below a folder and reports what it passes
// over, like [Read], but opens none and looks for no sidecars. It fails only
// when the folder itself cannot be opened or ctx ends.
func List(ctx context.Context, src Source) ([]File, []Located, error) {
	root, err := src.OpenRoot()
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	w := &walk{root: root}
	if err := w.folder(ctx, ".", 0); err != nil {
		return nil, nil, fmt.Errorf("source %q: %w", src.Name, err)
	}
	slices.SortFunc(w.found, func(a, b File) int { return strings.Compare(a.Rel, b.Rel) })
	for i := range w.found {
		w.found[i].Path = ShownPath(src.Name, w.found[i].Rel)
	}
	return w.found, w.reports, nil
}
