package source

import (
	"encoding/json"
	"slices"
)

// tweetV1 is a post of version 1.1 of X's interface, as twarc keeps it. Posts
// of the stream have their whole text and media under "extended_tweet".
type tweetV1 struct {
	ID       scalar `json:"id_str"`
	Created  scalar `json:"created_at"`
	Text     scalar `json:"text"`
	FullText scalar `json:"full_text"`
	User     struct {
		Name scalar `json:"screen_name"`
	} `json:"user"`
	Entities v1Media `json:"entities"`
	Extended v1Media `json:"extended_entities"`
	Whole    struct {
		FullText scalar  `json:"full_text"`
		Entities v1Media `json:"entities"`
		Extended v1Media `json:"extended_entities"`
	} `json:"extended_tweet"`
	Coordinates v1Point `json:"coordinates"` // longitude first
	Geo         v1Point `json:"geo"`         // latitude first
	Place       struct {
		FullName scalar `json:"full_name"`
		Country  scalar `json:"country"`
	} `json:"place"`
	Retweeted *tweetV1 `json:"retweeted_status"`
	Quoted    *tweetV1 `json:"quoted_status"`
}

type v1Media struct {
	Media json.RawMessage `json:"media"`
}

// v1Point is a point of GeoJSON.
type v1Point struct {
	Numbers []scalar `json:"coordinates"`
}

// at reads the point as a place; lon is where the longitude stands.
func (p v1Point) at(lon int) (*float64, *float64) {
	if len(p.Numbers) != 2 {
		return nil, nil
	}
	return degrees(string(p.Numbers[1-lon]), string(p.Numbers[lon]))
}

func decodeV1(raw json.RawMessage) []*tweet {
	var v tweetV1
	if !decodes(raw, &v) {
		return nil
	}
	return []*tweet{v.tweet(0)}
}

func (v *tweetV1) tweet(depth int) *tweet {
	if v == nil || depth > maxQuotes {
		return nil
	}
	t := &tweet{
		id: string(v.ID), account: string(v.User.Name),
		text:      firstOf(string(v.Whole.FullText), string(v.FullText), string(v.Text)),
		place:     placeName(v.Place.FullName, v.Place.Country),
		retweeted: v.Retweeted.tweet(depth + 1), quoted: v.Quoted.tweet(depth + 1),
	}
	for _, m := range []v1Media{v.Whole.Extended, v.Extended, v.Whole.Entities, v.Entities} {
		if t.media = tweetMedia(m.Media); len(t.media) > 0 {
			break
		}
	}
	if t.latitude, t.longitude = v.Coordinates.at(0); t.latitude == nil {
		t.latitude, t.longitude = v.Geo.at(1)
	}
	return t.complete(fromRubyDate("twarc:created_at", v.Created), v.Created, "")
}

// pageV2 is one answer of version 2 of X's interface, as twarc2 keeps it: posts
// under "data", and beside them the people, media and places that they name.
type pageV2 struct {
	Data     json.RawMessage `json:"data"`
	Includes struct {
		Users  []userV2          `json:"users"`
		Tweets []tweetV2         `json:"tweets"`
		Media  []json.RawMessage `json:"media"`
		Places []placeV2         `json:"places"`
	} `json:"includes"`
}

type userV2 struct {
	ID   scalar `json:"id"`
	Name scalar `json:"username"`
}

type placeV2 struct {
	ID       scalar `json:"id"`
	FullName scalar `json:"full_name"`
	Country  scalar `json:"country"`
}

// tweetV2 is a post of version 2. "twarc2 flatten" writes into it what it
// names: the author, the media, the place, and the posts it refers to.
type tweetV2 struct {
	ID       scalar `json:"id"`
	Created  scalar `json:"created_at"`
	Text     scalar `json:"text"`
	AuthorID scalar `json:"author_id"`
	Note     struct {
		Text scalar `json:"text"`
	} `json:"note_tweet"`
	Author      userV2 `json:"author"`
	Attachments struct {
		Keys  []scalar          `json:"media_keys"`
		Media []json.RawMessage `json:"media"`
	} `json:"attachments"`
	Geo struct {
		placeV2
		PlaceID     scalar  `json:"place_id"`
		Coordinates v1Point `json:"coordinates"`
	} `json:"geo"`
	Refers []referenceV2 `json:"referenced_tweets"`
}

type referenceV2 struct {
	Type scalar `json:"type"`
	tweetV2
}

func decodeV2(raw json.RawMessage) []*tweet {
	var page pageV2
	if !decodes(raw, &page) {
		return nil
	}
	if len(page.Data) == 0 {
		page.Data = raw // flattened: the post itself
	}
	var posts []tweetV2
	if page.Data[0] == '[' {
		_ = decodes(page.Data, &posts)
	} else {
		posts = make([]tweetV2, 1)
		_ = decodes(page.Data, &posts[0])
	}
	included := newIncludesV2(&page)
	var out []*tweet
	for i := range posts {
		if posts[i].ID != "" {
			out = append(out, included.tweet(&posts[i], 0))
		}
	}
	return out
}

// includesV2 finds what posts name, by its id.
type includesV2 struct {
	users  map[scalar]scalar
	tweets map[scalar]*tweetV2
	media  map[scalar]json.RawMessage
	places map[scalar]placeV2
}

func newIncludesV2(page *pageV2) *includesV2 {
	in := &includesV2{
		users: make(map[scalar]scalar), tweets: make(map[scalar]*tweetV2),
		media: make(map[scalar]json.RawMessage), places: make(map[scalar]placeV2),
	}
	for _, u := range page.Includes.Users {
		in.users[u.ID] = u.Name
	}
	for i := range page.Includes.Tweets {
		in.tweets[page.Includes.Tweets[i].ID] = &page.Includes.Tweets[i]
	}
	for _, raw := range page.Includes.Media {
		var m struct {
			Key scalar `json:"media_key"`
		}
		if decodes(raw, &m) && m.Key != "" {
			in.media[m.Key] = raw
		}
	}
	for _, p := range page.Includes.Places {
		in.places[p.ID] = p
	}
	return in
}

func (in *includesV2) tweet(v *tweetV2, depth int) *tweet {
	if v == nil || depth > maxQuotes {
		return nil
	}
	place := v.Geo.placeV2
	if place.FullName == "" {
		place = in.places[v.Geo.PlaceID]
	}
	t := &tweet{
		id: string(v.ID), account: firstOf(string(v.Author.Name), string(in.users[v.AuthorID])),
		text:  firstOf(string(v.Note.Text), string(v.Text)),
		place: placeName(place.FullName, place.Country), media: in.mediaOf(v),
	}
	t.latitude, t.longitude = v.Geo.Coordinates.at(0)
	for i := range v.Refers {
		ref := &v.Refers[i]
		whole := in.tweets[ref.ID]
		if whole == nil {
			whole = &ref.tweetV2 // flattened, or no more than its id
		}
		switch ref.Type {
		case "retweeted":
			t.retweeted = in.tweet(whole, depth+1)
		case "quoted":
			t.quoted = in.tweet(whole, depth+1)
		}
	}
	if t.retweeted != nil && len(t.retweeted.media) == 0 {
		t.retweeted.media = t.media // stated of the repost alone
	}
	return t.complete(fromText("twarc:created_at", v.Created, false), v.Created, "")
}

func (in *includesV2) mediaOf(v *tweetV2) []tweetMedium {
	list := slices.Clone(v.Attachments.Media)
	for _, key := range v.Attachments.Keys {
		raw, ok := in.media[key]
		if !ok && len(list) == 0 {
			raw, _ = json.Marshal(map[string]string{"media_key": string(key)})
		}
		if raw != nil {
			list = append(list, raw)
		}
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return nil
	}
	return tweetMedia(raw)
}
