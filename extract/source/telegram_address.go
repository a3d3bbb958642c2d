package source

import (
	"strconv"
	"strings"
)

// address is where a post of a channel or large group can be looked up: under
// its public name where that is known, else under its number, which works for
// members only. Other chats have no addresses.
func (c *telegramChat) address(postID string) string {
	if !strings.HasSuffix(string(c.kind), "_channel") && !strings.HasSuffix(string(c.kind), "_supergroup") {
		return ""
	}
	if id, err := strconv.ParseInt(postID, 10, 64); err != nil || id <= 0 {
		return ""
	}
	name := strings.TrimPrefix(string(c.username), "@")
	if strings.HasPrefix(string(c.kind), "public_") && isHandle(name, 4, 32) {
		return "https://t.me/" + name + "/" + postID
	}
	// Exports before 2021 write numbers with the kind of chat in the high bits.
	if id, err := strconv.ParseInt(string(c.id), 10, 64); err != nil || id <= 0 || id >= 1<<33 {
		return ""
	}
	return "https://t.me/c/" + string(c.id) + "/" + postID
}

// isHandle reports a name as the platforms allow it in addresses, so that no
// other text from a sidecar becomes part of one.
func isHandle(name string, shortest, longest int) bool {
	if len(name) < shortest || len(name) > longest {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !isLetter(c) && c != '_' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
