package gazetteer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func world(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := World()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// named lists what was found as "text=name/country".
func named(mentions []Mention) []string {
	out := []string{}
	for _, m := range mentions {
		out = append(out, m.Text+"="+m.Places[0].Name+"/"+m.Places[0].Country)
	}
	return out
}

func TestFind(t *testing.T) {
	g := world(t)
	for _, c := range []struct {
		text string
		want string // separated by "; "
	}{
		// the head of a caption, its end, a hashtag
		{"Kharkiv: strike hit an apartment block", "Kharkiv=Kharkiv/UA"},
		{"Aftermath of the attack, hospital, Kherson", "Kherson=Kherson/UA"},
		{"#Chernihiv #Ukraine", "Chernihiv=Chernihiv/UA"},
		{"❗️Чугуїв зараз", "Чугуїв=Chuhuiv/UA"},
		{"Суми. Влучання: лікарня", "Суми=Sumy/UA"},
		{"⚡️Лиман прямо сейчас", "Лиман=Lyman/UA"},
		// Ukrainian: every case, vowels and consonants that change
		{"У Харкові вибухи", "Харкові=Kharkiv/UA"},
		{"Влучання в Одесі та Миколаєві", "Одесі=Odesa/UA; Миколаєві=Mykolayiv/UA"},
		{"біля Іванкова та Ірпеня, Бучі, Гостомеля", "Іванкова=Ivankiv/UA; Ірпеня=Irpin/UA; Бучі=Bucha/UA; Гостомеля=Hostomel/UA"},
		{"Ракетний удар по Кривому Рогу", "Кривому Рогу=Kryvyy Rih/UA"},
		{"обстріл Великої Новосілки", "Великої Новосілки=Velyka Novosilka/UA"},
		{"до Черкас і в Чернівцях", "Черкас=Cherkasy/UA; Чернівцях=Chernivtsi/UA"},
		// Russian, and a name that both languages have
		{"в Сумах прогремели взрывы", "Сумах=Sumy/UA"},
		{"Снаряды упали в Рубежном и Лисичанске", "Рубежном=Rubizhne/UA; Лисичанске=Lysychansk/UA"},
		{"прилёт в Кривом Роге", "Кривом Роге=Kryvyy Rih/UA"},
		{"Владимир Зеленский приехал в Киев", "Киев=Kyiv/UA"},
		{"в Ростове-на-Дону", "Ростове-на-Дону=Rostov-na-Donu/RU"},
		// Arabic: prepositions and "and" are written onto the word
		{"قصف على حلب", "حلب=Aleppo/SY"},
		{"غارات جوية بحلب وإدلب", "بحلب=Aleppo/SY; وإدلب=Idlib/SY"},
		{"قصف دير الزور والرقة اليوم", "دير الزور=Deir ez-Zor/SY; والرقة=Ar Raqqah/SY"},
		{"مدينة غزة وخان يونس", "غزة=Gaza/PS; وخان يونس=Khān Yūnis/PS"},
		// the longest name, other scripts of one place, the world
		{"Strike on Deir ez-Zor and Al Bab, Syria", "Deir ez-Zor=Deir ez-Zor/SY; Al Bab=Al Bāb/SY"},
		{"Khartoum: shelling near Omdurman", "Khartoum=Khartoum/SD; Omdurman=Omdurman/SD"},
		{"Kyiv's centre, Mar'inka and Mar’inka", "Kyiv's=Kyiv/UA; Mar'inka=Mar'yinka/UA; Mar’inka=Mar'yinka/UA"},
		{"NEW STRIKE ON KHARKIV TODAY", "KHARKIV=Kharkiv/UA"},
		// regions, streets and people are no towns
		{"Odesa region under fire, Київська область", ""},
		{"на улице Николаева", ""},
		{"President Johnson met General Petraeus", ""},
		{"Надія і Марія з Путіним", ""},
		{"محمد وعلي", ""},
		// words of the language, countries, headlines, addresses
		{"Жах... люди кричать. Надіслали підписники. Мир буде", ""},
		{"Reading the news. Nice weather. Police said mobile phones", ""},
		{"Georgia, Jordan, Lebanon", ""},
		{"Large Explosions Reported Across City, Air Defense Active", ""},
		{"صباح الخير. صور من المدينة الان", ""},
		{"https://t.me/kharkiv/12 @Kharkiv_news www.Odesa.ua", ""},
		{"", ""},
	} {
		if got := strings.Join(named(g.Find(c.text)), "; "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestMentionsLieInTheText(t *testing.T) {
	text := "Обстріл 𝗞𝘆𝗶𝘃, Харков\u0301е: #БілаЦеркваЗараз,Ізюм"
	last := 0
	found := world(t).Find(text)
	if len(found) != 4 {
		t.Errorf("found %q", named(found))
	}
	for _, m := range found {
		if m.Start < last || text[m.Start:m.End] != m.Text || len(m.Places) == 0 {
			t.Errorf("%+v is not where it says in %q", m, text)
		}
		last = m.End
	}
}

func TestHomonyms(t *testing.T) {
	g := world(t)
	where := func(texts []string, fixes ...Point) string {
		m := g.FindAll(texts, fixes)[0]
		if len(m) == 0 {
			return "nowhere"
		}
		p := m[0].Places[0]
		return p.Country + "." + p.Admin
	}
	odessa := []string{"Explosion in Odessa"}
	for _, c := range []struct {
		what  string
		texts []string
		fixes []Point
		want  string
	}{
		{"the larger one", odessa, nil, "UA.17"},
		{"the one near the case's pictures", odessa, []Point{{31.9, -102.4}}, "US.TX"},
		{"the one near a town that the captions name", []string{"обстріл, Лиман", "у Краматорську"}, nil, "UA.05"},
		{"the one of the country that the text names", []string{"Explosion in Odessa, USA"}, nil, "US.TX"},
		{"a village of a common name, near", []string{"Миколаївка. Влучання"}, []Point{{47.3, 31.3}}, "UA.16"},
		{"a hamlet far from all of the case", []string{"Mir, a tank"}, []Point{{10, 10}, {11, 10}, {12, 10}, {13, 10}, {14, 10}}, "nowhere"},
	} {
		if got := where(c.texts, c.fixes...); got != c.want {
			t.Errorf("%s: %s, not %s", c.what, got, c.want)
		}
	}
}

func TestOwnPlaces(t *testing.T) {
	own := []Own{
		{Name: "Saltivka", Variants: []string{"Салтівка", "Салтовка", "سالتيفكا"}, Lat: 50.029, Lon: 36.339, RadiusM: 4000},
		{Name: "Okhmatdyt", Variants: []string{"Охматдит"}, Lat: 50.4506, Lon: 30.48},
		{Name: "Kherson", Variants: []string{"Херсон"}, Lat: 1, Lon: 2, RadiusM: 5},
		{Name: "Rynok Street", Variants: []string{"вулиця Ринок"}, Lat: 3, Lon: 4},
	}
	g := world(t).With(own)
	for text, want := range map[string]int64{
		"обстріл Салтівки": -1, "на Салтовке": -1, "قصف في سالتيفكا": -1, "влучання в охматдит": -2,
		"прильоти в Херсоні": -3, "на вулиці Ринок": -4, "Rynok Street, today": -4,
	} {
		m := g.Find(text)
		if len(m) != 1 || len(m[0].Places) != 1 || m[0].Places[0].ID != want || !m[0].Places[0].Own {
			t.Errorf("%s: %+v", text, m)
		}
	}
	if p := g.Find("Okhmatdyt hospital")[0].Places[0]; p.RadiusM != DefaultRadius || p.Name != "Okhmatdyt" {
		t.Errorf("a place without a radius: %+v", p)
	}
	if m := world(t).Find("обстріл Салтівки"); len(m) != 0 {
		t.Errorf("the world has learned a place of the case: %+v", m)
	}
	own[0].RadiusM++
	if v := world(t).Version(); v == g.Version() || g.Version() == world(t).With(own).Version() {
		t.Error("other places of the case do not give another version")
	}
}

func TestFindAllIsFindWithoutACase(t *testing.T) {
	g := world(t)
	texts := []string{"У Харкові", "", "قصف على حلب", "У Харкові"}
	got := g.FindAll(texts, nil)
	if again := g.FindAll(texts, nil); !reflect.DeepEqual(got, again) {
		t.Error("a second reading differs")
	}
	for i, m := range got {
		if want := g.Find(texts[i]); !reflect.DeepEqual(m, want) {
			t.Errorf("%s: %+v, not %+v", texts[i], m, want)
		}
	}
}

// TestData keeps what is embedded within its size and its manifest true.
func TestData(t *testing.T) {
	if size := len(worldData); size > 8<<20 {
		t.Errorf("%d bytes are more than the program has room for", size)
	}
	text, err := os.ReadFile("data/MANIFEST.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Files []struct{ Path, SHA256, Licence, Credit, Origin string }
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256(worldData)
	if len(manifest.Files) != 1 || manifest.Files[0].SHA256 != hex.EncodeToString(digest[:]) ||
		manifest.Files[0].Licence != "CC BY 4.0" || !strings.Contains(manifest.Files[0].Credit, "GeoNames") {
		t.Errorf("the manifest is not that of world.bin: %+v", manifest.Files)
	}
	if n := world(t).table.Len(); n < 190_000 {
		t.Errorf("only %d places", n)
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Сєвєродонецьк": "сєвєродонецьк", "Орёл": "орел", "Ґонтівка": "гонтівка", "Київ": "київ", "Йосипівка": "йосипівка",
		"Слов’янськ": "словянськ", "Mar'inka": "marinka", "Deir ez-Zor": "deir ez zor", "Łódź": "lodz", "Göttingen": "gottingen",
		"إِدلِب": "ادلب", "غزة": "غزه", "Ростов–на-Дону": "ростов на дону", "  a   b ": "a b", "": "",
	} {
		if got := Fold(in); got != want {
			t.Errorf("%s is %s, not %s", in, got, want)
		}
		if again := Fold(Fold(in)); again != want {
			t.Errorf("%s folded twice is %s", in, again)
		}
	}
}

func FuzzFind(f *testing.F) {
	g, err := World()
	if err != nil {
		f.Fatal(err)
	}
	g = g.With([]Own{{Name: "Saltivka", Variants: []string{"Салтівка", "вулиця Ринок"}, Lat: 50, Lon: 36}})
	for _, s := range []string{"Kharkiv: strike", "в Ростове-на-Дону, #БілаЦерква", "بحلب وإدلب", "St. Petersburg's @a http://b", "\xff\xfe\u200b'’-_#", "Салтівки вулиці Ринок"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, m := range g.FindAll([]string{text, text}, []Point{{50, 36}})[1] {
			if m.Start < last || m.End <= m.Start || m.End > len(text) || text[m.Start:m.End] != m.Text || len(m.Places) == 0 || len(m.Places) > most {
				t.Fatalf("%+v in %q", m, text)
			}
			last = m.End
		}
		if folded := Fold(text); utf8.ValidString(text) && !utf8.ValidString(folded) {
			t.Fatalf("%q folds to %q", text, folded)
		}
	})
}
