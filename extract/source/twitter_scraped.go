package source

import (
	"encoding/json"
)

// scrapedTweet is a post as snscrape writes it (snscrape/modules/twitter.py)
// and twscrape after it (twscrape/models.py). Versions of snscrape before 2023
// name the text "content".
type scrapedTweet struct {
	ID      scalar `json:"id"`
	IDText  scalar `json:"id_str"`
	URL     scalar `json:"url"`
	Date    scalar `json:"date"`
	Raw     scalar `json:"rawContent"`
	Content scalar `json:"content"`
	User    struct {
		Name scalar `json:"username"`
	} `json:"user"`
	Media       json.RawMessage `json:"media"`
	Coordinates *position       `json:"coordinates"`
	Place       struct {
		FullName scalar `json:"fullName"`
		Name     scalar `json:"name"`
		Country  scalar `json:"country"`
	} `json:"place"`
	Retweeted *scrapedTweet `json:"retweetedTweet"`
	Quoted    *scrapedTweet `json:"quotedTweet"`
}

// decodeScraped gives the decoder for a scraper, whose dates are named field.
func decodeScraped(field string) func(json.RawMessage) []*tweet {
	return func(raw json.RawMessage) []*tweet {
		var s scrapedTweet
		if !decodes(raw, &s) {
			return nil
		}
		return []*tweet{s.tweet(field, 0)}
	}
}

func (s *scrapedTweet) tweet(field string, depth int) *tweet {
	if s == nil || depth > maxQuotes {
		return nil
	}
	t := &tweet{
		id: firstOf(string(s.IDText), string(s.ID)), account: string(s.User.Name),
		text:  firstOf(string(s.Raw), string(s.Content)),
		place: placeName(scalar(firstOf(string(s.Place.FullName), string(s.Place.Name))), s.Place.Country),
		media: tweetMedia(s.Media), retweeted: s.Retweeted.tweet(field, depth+1), quoted: s.Quoted.tweet(field, depth+1),
	}
	t.latitude, t.longitude = s.Coordinates.degrees()
	return t.complete(fromText(field, s.Date, false), s.Date, s.URL)
}

// decodes reads a value and takes what can be taken: what one version writes
// as a number another writes as a text, or leaves out.
func decodes(raw json.RawMessage, v any) bool {
	err := json.Unmarshal(raw, v)
	_, mismatch := err.(*json.UnmarshalTypeError)
	return err == nil || mismatch
}
