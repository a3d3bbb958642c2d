package source

import (
	"net/url"
	"strings"
)

// postAddress reads who published a post, and the post's id, out of its
// address. Of platforms whose addresses have another form both are empty.
func postAddress(address string) (account, id string) {
	u, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	path := strings.Split(strings.Trim(u.Path, "/"), "/")
	part := func(i int) string {
		if i < len(path) {
			return path[i]
		}
		return ""
	}
	switch webHost(address) {
	case "x.com", "twitter.com":
		if part(1) == "status" && isPostID(part(2)) {
			return handle(part(0)), part(2)
		}
	case "t.me", "telegram.me":
		if part(0) == "s" {
			path = path[1:]
		}
		if part(0) == "c" {
			return "", part(2)
		}
		if isPostID(part(1)) {
			return handle(part(0)), part(1)
		}
	case "instagram.com":
		for i := range 2 {
			if kind := part(i); kind == "p" || kind == "reel" || kind == "tv" {
				return handle(strings.Join(path[:i], "")), part(i + 1)
			}
		}
	case "tiktok.com":
		if part(1) == "video" || part(1) == "photo" {
			return handle(strings.TrimPrefix(part(0), "@")), part(2)
		}
	case "youtube.com":
		if part(0) == "shorts" || part(0) == "live" {
			return "", part(1)
		}
		return "", u.Query().Get("v")
	case "youtu.be":
		return "", part(0)
	case "facebook.com":
		if kind := part(1); kind == "posts" || kind == "videos" || kind == "photos" {
			return handle(part(0)), path[len(path)-1]
		}
	}
	return "", ""
}

// webHost is the site of an address, without the names of its mobile editions.
func webHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "mobile.", "old."} {
		host = strings.TrimPrefix(host, prefix)
	}
	return host
}

// handle returns a name that can be one of an account, else nothing.
func handle(name string) string {
	if plain := strings.ReplaceAll(name, ".", ""); name == "i" || !isHandle(plain, 1, 64) {
		return ""
	}
	return name
}
