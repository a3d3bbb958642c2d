package workshop

import (
	"slices"
	"strings"

	"github.com/firsthand-media/firsthand/extract"
)

// The names of tags, in small letters, that hold who made or owns a file, and
// those that hold texts.
var (
	personTags = []string{
		"artist", "author", "xpauthor", "ownername", "cameraownername", "owner", "creator", "by-line", "byline", "copyright", "copyrightnotice",
		"rights", "credit", "contact", "personinimage", "personinimagename", "regionname", "regionpersondisplayname", "username", "hostcomputer",
		"lastmodifiedby", "writer-editor", "captionwriter", "publisher", "performer", "director", "producer", "photographer",
	}
	captionTags = []string{
		"imagedescription", "usercomment", "comment", "xpcomment", "description", "caption-abstract", "title", "xptitle", "headline",
		"subject", "xpsubject", "keywords", "xpkeywords", "objectname", "specialinstructions", "instructions", "label", "synopsis",
	}
)

// tags adds what tags say of people. What a colour profile says of its maker is
// of no person.
func (c concerns) tags(path string, fields extract.Fields) {
	for _, tag := range fields {
		name := strings.ToLower(tag.Field[strings.LastIndexByte(tag.Field, ':')+1:])
		value := strings.TrimSpace(tag.Value)
		if value == "" || strings.HasPrefix(tag.Field, "ICC") {
			continue
		}
		switch {
		case strings.Contains(name, "serial"):
			c.add(path, Serial, value)
		case slices.Contains(personTags, name) || strings.HasPrefix(name, "creatorcontactinfo"):
			c.add(path, Owner, value)
		case slices.Contains(captionTags, name):
			c.add(path, Caption, value)
		}
		c.contacts(path, value)
	}
}
