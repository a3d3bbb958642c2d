package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// write makes all files of the plan below dir, and the sidecars of every
// account.
func (l *loadPlan) write(dir string) error {
	if err := l.folders(dir); err != nil {
		return err
	}
	var (
		next  = make(chan int)
		wait  sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				if err := l.writeCapture(dir, i); err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
				}
			}
		})
	}
	for i := range l.captures {
		next <- i
	}
	close(next)
	wait.Wait()
	if first != nil {
		return first
	}
	return l.sidecars(dir)
}

func (l *loadPlan) folders(dir string) error {
	made := map[string]bool{}
	for i := range l.files {
		folder := filepath.Join(dir, filepath.FromSlash(path.Dir(l.files[i].rel())))
		if made[folder] {
			continue
		}
		made[folder] = true
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// writeCapture draws one picture and writes every file that was made of it.
func (l *loadPlan) writeCapture(dir string, n int) error {
	c := &l.captures[n]
	rng := l.rngOf("picture", n)
	picture := loadScene(rng)
	posted, err := encoded(picture, 70+rng.IntN(20))
	if err != nil {
		return err
	}
	for _, i := range c.posts {
		f, rng := &l.files[i], l.rngOf("file", i)
		var body []byte
		switch f.made {
		case asTaken:
			if body, err = encoded(picture, 90); err == nil {
				body = withExif(body, c, rng)
			}
		case asCopy:
			body, err = encoded(loadCopy(picture, rng), 55+rng.IntN(35))
		case asBroken:
			body = broken(posted, rng)
		default:
			body = posted
		}
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(f.rel())), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// broken is what is left of a picture: cut short, nothing, a page in its place,
// or garbled.
func broken(jpg []byte, rng *rand.Rand) []byte {
	switch rng.IntN(4) {
	case 0:
		return jpg[:len(jpg)/3+rng.IntN(len(jpg)/3)]
	case 1:
		return nil
	case 2:
		return []byte(fmt.Sprintf("<!DOCTYPE html><html><title>404 Not Found %d</title></html>", rng.Uint64()))
	}
	out := slices.Clone(jpg)
	for i := 2; i < len(out)/2; i++ {
		out[i] = byte(rng.UintN(256))
	}
	return out
}

// sidecars writes what the programs write that save posts: a list of messages
// for each channel, a page of text for each group, an object for each post.
func (l *loadPlan) sidecars(dir string) error {
	by := map[string][]*loadFile{}
	for i := range l.files {
		f := &l.files[i]
		who := path.Join(f.source, f.account)
		by[who] = append(by[who], f)
	}
	for who, files := range by {
		slices.SortStableFunc(files, func(a, b *loadFile) int { return a.at.Compare(b.at) })
		folder := filepath.Join(dir, filepath.FromSlash(who))
		var err error
		switch files[0].source {
		case "telegram":
			err = telegramPosts(folder, files)
		case "whatsapp":
			err = whatsappPosts(folder, files)
		case "x":
			err = xPosts(folder, files)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func telegramPosts(folder string, files []*loadFile) error {
	type plain struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	id := 1000000000 + len(files)*7919
	var messages []map[string]any
	for i, f := range files {
		m := map[string]any{
			"id": 100 + i*3, "type": "message", "date": f.at.Format("2006-01-02T15:04:05"), "date_unixtime": fmt.Sprint(f.at.Unix()),
			"from": f.account, "from_id": fmt.Sprintf("channel%d", id), "photo": f.name, "text": f.text, "text_entities": []plain{},
		}
		if f.text != "" {
			m["text_entities"] = []plain{{"plain", f.text}}
		}
		if f.forwarded != "" {
			m["forwarded_from"] = f.forwarded
		}
		messages = append(messages, m)
	}
	return writeJSON(filepath.Join(folder, "result.json"), map[string]any{
		"name": files[0].account, "type": "public_channel", "id": id, "messages": messages,
	})
}

func whatsappPosts(folder string, files []*loadFile) error {
	people := []string{"Olena", "Тарас", "+380 67 000 00 01", "أحمد"}
	var text strings.Builder
	name := "_chat.txt"
	for i, f := range files {
		who := people[i%len(people)]
		if isAndroid(f.account) {
			name = f.account + ".txt"
			fmt.Fprintf(&text, "%s - %s: \u200e%s (file attached)\n", f.at.Format("02/01/2006, 15:04"), who, f.name)
			if f.text != "" {
				fmt.Fprintln(&text, f.text)
			}
			continue
		}
		at := f.at.Format("02/01/2006, 15:04:05")
		if f.text != "" {
			fmt.Fprintf(&text, "[%s] %s: %s\r\n", at, who, f.text)
		}
		fmt.Fprintf(&text, "\u200e[%s] %s: \u200e<attached: %s>\r\n", at, who, f.name)
	}
	return os.WriteFile(filepath.Join(folder, name), []byte(text.String()), 0o644)
}

func xPosts(folder string, files []*loadFile) error {
	for i, f := range files {
		if i%5 < 2 {
			continue // saved without
		}
		id := strings.TrimSuffix(f.name, "_1.jpg")
		user := map[string]any{"id": 5000000 + len(files), "name": f.account, "nick": f.account}
		err := writeJSON(filepath.Join(folder, f.name+".json"), map[string]any{
			"category": "twitter", "subcategory": "media", "tweet_id": json.Number(id), "retweet_id": 0, "date": f.at.Format("2006-01-02 15:04:05"),
			"author": user, "user": user, "content": f.text, "num": 1, "count": 1, "extension": "jpg", "filename": strings.TrimSuffix(f.name, ".jpg"), "type": "photo",
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func writeJSON(name string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(name, body, 0o644)
}
