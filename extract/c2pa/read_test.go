package c2pa

import (
	"errors"
	"reflect"
	"testing"

	"github.com/veraison/go-cose"

	"github.com/firsthand-media/firsthand/extract/container"
)

// fullAssertions are the assertions of a manifest that says a bit of
// everything.
func fullAssertions() []assertionOf {
	return []assertionOf{
		{label: "c2pa.thumbnail.claim.jpeg", kind: "cb\x00\x00", boxes: [][]byte{boxOf("bfdb", []byte("\x00image/jpeg\x00")), boxOf("bidb", []byte("picture"))}},
		{label: "c2pa.actions.v2", data: m{
			"actions": []any{
				m{"action": "c2pa.created", "when": "2024-03-01T12:00:00Z", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"},
				m{"action": "c2pa.placed", "softwareAgent": m{"name": "Editor", "version": "2.1"}, "changed": []any{"sky", "sea"}, "reason": "c2pa.PII.present",
					"parameters": m{"description": "put in", "instanceId": "xmp:iid:9", "ingredients": []any{m{"url": "self#jumbf=c2pa.assertions/c2pa.ingredient.v3", "hash": []byte{1}}}}},
			},
			"templates": []any{m{"action": "c2pa.edited", "softwareAgent": "Old Editor 1"}},
		}},
		{label: "c2pa.ingredient.v3", data: m{"dc:title": "sky.jpg", "dc:format": "image/jpeg", "instanceID": "xmp:iid:9", "documentID": "xmp.did:9", "relationship": "componentOf",
			"thumbnail": m{"url": "self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient.jpeg", "hash": []byte{1}}}},
		{label: "stds.schema-org.CreativeWork", json: `{"@context":"http://schema.org/","@type":"CreativeWork","author":[{"@type":"Person","name":"Jane Doe","identifier":"@jane"},{"name":"Agency"}],"url":"https://example.org"}`},
		{label: "stds.exif", json: `{"@context":{"exif":"http://ns.adobe.com/exif/1.0/"},"exif:DateTimeOriginal":"2019-09-22T18:22:57Z","exif:GPSLatitude":"39,21.102N","tiff:Make":"Maker","exif:ISOSpeedRatings":[100],"exif:Flash":{"exif:Fired":false}}`},
		{label: "c2pa.soft-binding", data: m{"alg": "org.watermark.1", "blocks": []any{}}},
		{label: "c2pa.training-mining", data: m{"entries": m{"c2pa.ai_training": m{"use": "notAllowed"}, "c2pa.data_mining": m{"use": "constrained", "constraint_info": "ask"}}}},
		{label: "org.unknown", data: m{"number": -7, "half": float32(0.5), "yes": true, "nothing": nil, "odd key!": "x", "list": []any{1, m{"deep": "a"}, m{"deep": "b"}}}},
	}
}

// TestReadsWhatAManifestClaims reads the same statements out of claims of
// both versions.
func TestReadsWhatAManifestClaims(t *testing.T) {
	want := Manifest{
		Label: "urn:c2pa:1", Title: "a.jpg", Format: "image/jpeg", InstanceID: "xmp:iid:1", Alg: "sha256",
		Actions: []Action{
			{Action: "c2pa.created", When: "2024-03-01T12:00:00Z", DigitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"},
			{Action: "c2pa.placed", SoftwareAgent: "Editor 2.1", Changed: "sky, sea", Reason: "c2pa.PII.present", Description: "put in", InstanceID: "xmp:iid:9", Ingredients: []string{"c2pa.ingredient.v3"}},
			{Action: "c2pa.edited", SoftwareAgent: "Old Editor 1", Template: true},
		},
		Ingredients: []Ingredient{{Label: "c2pa.ingredient.v3", Title: "sky.jpg", Format: "image/jpeg", DocumentID: "xmp.did:9", InstanceID: "xmp:iid:9", Relationship: "componentOf",
			Thumbnail: "c2pa.thumbnail.ingredient.jpeg", State: State{NotChecked, "the ingredient came without a manifest"}}},
		Authors: []Author{{"Person", "Jane Doe", "@jane"}, {"", "Agency", ""}},
		Metadata: []Entry{{"stds.schema-org.CreativeWork", "author/name", "Jane Doe"}, {"stds.schema-org.CreativeWork", "author/identifier", "@jane"}, {"stds.schema-org.CreativeWork", "author/name", "Agency"},
			{"stds.schema-org.CreativeWork", "url", "https://example.org"},
			{"stds.exif", "exif:DateTimeOriginal", "2019-09-22T18:22:57Z"}, {"stds.exif", "exif:GPSLatitude", "39,21.102N"}, {"stds.exif", "tiff:Make", "Maker"}, {"stds.exif", "exif:ISOSpeedRatings", "100"}, {"stds.exif", "exif:Flash/exif:Fired", "false"}},
		Thumbnails:  []Thumbnail{{"c2pa.thumbnail.claim.jpeg", "image/jpeg", []byte("picture")}},
		SoftBinding: []string{"org.watermark.1"},
		Permissions: []Permission{{"c2pa.ai_training", "notAllowed"}, {"c2pa.data_mining", "constrained"}},
	}
	for _, v1 := range []bool{true, false} {
		mo := manifestOf{label: "urn:c2pa:1", v1: v1, signer: newSigner(t, cose.AlgorithmES256), assertions: fullAssertions()}
		data := bound(t, mo)
		got := decodeFile(t, data, file(data))
		if len(got.Problems) > 0 {
			t.Fatal(got.Problems)
		}
		a := *got.Active()
		if v1 && (a.ClaimVersion != 1 || a.ClaimGenerator != "Desk/1.0 lib/2") || !v1 && (a.ClaimVersion != 2 || a.ClaimGenerator != "Desk/1.0" || !a.Assertions[0].Created) {
			t.Errorf("version %d by %q, %+v", a.ClaimVersion, a.ClaimGenerator, a.Assertions[0])
		}
		if len(a.Assertions) != len(mo.assertions)+1 || a.Assertions[1].Label != "c2pa.actions.v2" || a.Assertions[1].State.Verdict != Valid {
			t.Errorf("assertions %+v", a.Assertions)
		}
		if stripped := said(a); !reflect.DeepEqual(stripped, want) {
			t.Errorf("got  %+v\nwant %+v", stripped, want)
		}
	}
}

// said leaves what a manifest says of the file, without how it is signed.
func said(a Manifest) Manifest {
	return Manifest{Label: a.Label, Title: a.Title, Format: a.Format, InstanceID: a.InstanceID, Alg: a.Alg, Actions: a.Actions, Ingredients: a.Ingredients, Authors: a.Authors,
		Metadata: a.Metadata, Thumbnails: a.Thumbnails, SoftBinding: a.SoftBinding, Permissions: a.Permissions}
}

// TestTagsAreThoseOfExifTool holds names and values against what ExifTool
// 12.57 prints with -G0:1 -n -j for the same boxes.
func TestTagsAreThoseOfExifTool(t *testing.T) {
	mo := manifestOf{label: "urn:c2pa:1", v1: true, signer: newSigner(t, cose.AlgorithmES256), assertions: fullAssertions()}
	s, err := Decode(store(t, mo.bytes(t)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]container.Tag{}
	for _, tag := range s.Tags {
		if _, ok := got[tag.Field]; !ok {
			got[tag.Field] = tag
		}
	}
	for name, want := range map[string]string{
		"JUMBF:JUMDType":  "6332706100110010800000aa00389b71",
		"JUMBF:JUMDLabel": "c2pa",
		"JUMBF:Jpeg2000:C2paThumbnailClaimJpegType":        "image/jpeg",
		"JUMBF:Jpeg2000:C2paThumbnailClaimJpegData":        "(Binary data 7 bytes, use -b option to extract)",
		"JUMBF:CBOR:ActionsAction":                         "c2pa.created, c2pa.placed",
		"JUMBF:CBOR:ActionsWhen":                           "2024-03-01T12:00:00Z",
		"JUMBF:CBOR:ActionsSoftwareAgentName":              "Editor",
		"JUMBF:CBOR:ActionsChanged":                        "sky, sea",
		"JUMBF:CBOR:ActionsParametersIngredientsUrl":       "self#jumbf=c2pa.assertions/c2pa.ingredient.v3",
		"JUMBF:CBOR:TemplatesSoftwareAgent":                "Old Editor 1",
		"JUMBF:CBOR:Title":                                 "sky.jpg",
		"JUMBF:CBOR:ThumbnailURL":                          "self#jumbf=c2pa.assertions/c2pa.thumbnail.ingredient.jpeg",
		"JUMBF:CBOR:EntriesC2PaAi_TrainingUse":             "notAllowed",
		"JUMBF:CBOR:EntriesC2PaData_MiningConstraint_Info": "ask",
		"JUMBF:CBOR:Half":                                  "0.5",
		"JUMBF:CBOR:Yes":                                   "True",
		"JUMBF:CBOR:Nothing":                               "null",
		"JUMBF:CBOR:Oddkey":                                "x",
		"JUMBF:CBOR:List":                                  "1",
		"JUMBF:CBOR:ListDeep":                              "a, b",
		"JUMBF:CBOR:Claim_generator":                       "Desk/1.0 lib/2",
		"JUMBF:CBOR:Signature":                             "self#jumbf=c2pa.signature",
		"JUMBF:CBOR:Item2":                                 "null",
		"JUMBF:JSON:Type":                                  "CreativeWork",
		"JUMBF:JSON:AuthorName":                            "Jane Doe, Agency",
		"JUMBF:JSON:ExifFlashExifFired":                    "false",
		"JUMBF:JSON:ContextExif":                           "http://ns.adobe.com/exif/1.0/",
	} {
		if got[name].Value != want {
			t.Errorf("%s is %q, want %q", name, got[name].Value, want)
		}
	}
	if list := got["JUMBF:JSON:AuthorName"].List; !reflect.DeepEqual(list, []string{"Jane Doe", "Agency"}) {
		t.Errorf("the list is %q", list)
	}
}

func TestWhatIsNoStore(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("jumb"), []byte("<?xpacket"), boxOf("ftyp", []byte("heic"))} {
		if _, err := Decode(data, Options{}); !errors.Is(err, ErrNotJUMBF) {
			t.Errorf("%q: %v", data, err)
		}
	}
	older := super(t, "cacb", "cai", super(t, "cast", "cb.1", super(t, "json", "cai.rights", boxOf("json", []byte(`{"copyright":"Somebody"}`)))))
	s, err := Decode(older, Options{})
	if err != nil || s.Active() != nil || len(s.Problems) > 0 || s.Tags[len(s.Tags)-1].Value != "Somebody" {
		t.Errorf("a store older than C2PA gives %v and %+v", err, s)
	}
}
