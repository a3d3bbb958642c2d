package source

import (
	"path"
	"strconv"
)

// pagePost is a post on a page of one chat.
type pagePost struct {
	folder, account string
	number          int64
}

// joinPages gives an album that the exporter divided between two pages one
// name: it starts a new page after every thousand messages, wherever that is.
func joinPages(files []File) {
	posts := make(map[pagePost]*Record)
	each := func(visit func(key pagePost, r *Record)) {
		for _, f := range files {
			for i := range f.Records {
				r := &f.Records[i]
				number, err := strconv.ParseInt(r.PostID, 10, 64)
				if r.Format == formatTelegramHTML && r.Posted != nil && err == nil {
					visit(pagePost{path.Dir(r.Sidecar), r.Account, number}, r)
				}
			}
		}
	}
	each(func(key pagePost, r *Record) { posts[key] = r })
	renamed := make(map[string]string)
	each(func(key pagePost, r *Record) {
		before := posts[pagePost{key.folder, key.account, key.number - 1}]
		if before == nil || before.Sidecar == r.Sidecar || before.Posted.Raw != r.Posted.Raw || before.ForwardedFrom != r.ForwardedFrom {
			return
		}
		if before.Album == "" {
			before.Album = "telegram:" + key.account + "/" + before.PostID
		}
		if r.Album != "" {
			renamed[r.Album] = before.Album
		}
		r.Album = before.Album
	})
	each(func(_ pagePost, r *Record) {
		if name, ok := renamed[r.Album]; ok {
			r.Album = name
		}
	})
}
