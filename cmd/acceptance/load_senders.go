package main

import (
	"fmt"
	"math/rand/v2"
	"path"
	"strings"
	"time"

	"github.com/firsthand-media/firsthand/verify/gazetteer"
)

// namedPlace is a town with the names that posts call it by.
type namedPlace struct {
	lat, lon float64
	names    []string
}

// spelt are towns as people of several languages write them; every other town
// of a made case goes by the name that the gazetteer has in front.
var spelt = map[string][]string{
	"Kyiv": {"Київ", "Киев", "كييف"}, "Kharkiv": {"Харків", "Харьков", "خاركيف"}, "Odesa": {"Одеса", "Одесса", "أوديسا"},
	"Dnipro": {"Дніпро", "Днепр", "دنيبرو"}, "Donetsk": {"Донецьк", "Донецк", "دونيتسك"}, "Zaporizhzhya": {"Запоріжжя", "Запорожье"},
	"Lviv": {"Львів", "Львов", "لفيف"}, "Mykolayiv": {"Миколаїв", "Николаев"}, "Mariupol": {"Маріуполь", "Мариуполь", "ماريوبول"},
	"Kherson": {"Херсон", "خيرسون"}, "Chernihiv": {"Чернігів", "Чернигов"}, "Sumy": {"Суми", "Сумы"}, "Poltava": {"Полтава"},
	"Aleppo": {"حلب", "Алеппо"}, "Damascus": {"دمشق", "Дамаск"}, "Homs": {"حمص", "Хомс"}, "Hama": {"حماة", "Хама"},
	"Latakia": {"اللاذقية", "Латакія"}, "Idlib": {"إدلب", "Ідліб"}, "Khartoum": {"الخرطوم", "Хартум"}, "Omdurman": {"أم درمان", "Омдурман"},
	"Nyala": {"نيالا"}, "Port Sudan": {"بورتسودان"}, "El Fasher": {"الفاشر"}, "Kassala": {"كسلا"},
}

// loadPlaces are the larger towns of three countries' areas.
func loadPlaces(world *gazetteer.Gazetteer) []namedPlace {
	areas := []gazetteer.Area{
		{South: 46, West: 22.5, North: 52, East: 40},   // Ukraine and around
		{South: 32.5, West: 35.7, North: 37, East: 42}, // Syria
		{South: 9, West: 22, North: 21, East: 38},      // Sudan
	}
	var out []namedPlace
	for i, area := range areas {
		for _, p := range world.Largest(area, []int{600, 150, 150}[i]) {
			out = append(out, namedPlace{p.Lat, p.Lon, append([]string{p.Name}, spelt[p.Name]...)})
		}
	}
	return out
}

// phrases are what posts say, in four languages; %s is the place.
var phrases = []string{
	"%s: strike hit an apartment block", "Aftermath in %s this morning", "Footage from %s", "%s, rescue work goes on", "#%s smoke over the bridge",
	"%s. Влучання у житловий будинок", "Наслідки обстрілу, %s", "%s зараз", "Рятувальники працюють, %s, ґанок школи", "%s. Дим над мостом",
	"%s: прилёт по складу", "Последствия обстрела, %s", "%s прямо сейчас", "Работают спасатели, %s", "%s, дым над мостом",
	"قصف على %s", "آثار القصف في %s", "%s الآن", "فرق الإنقاذ تعمل في %s", "%s: مُظاهرة قرب المدرسة",
	"Explosion reported", "Жах...", "Ужас...", "انفجار", "",
}

var smallTalk = []string{
	"Good morning!", "Weather for today", "Доброго ранку!", "Підписуйтесь на канал", "Доброе утро!", "Подписывайтесь на канал", "صباح الخير", "اشتركوا في القناة", "",
}

// caption names the place in one of its spellings, or not at all.
func (p *planner) caption(place namedPlace) string {
	phrase := phrases[p.rng.IntN(len(phrases))]
	name := place.names[p.rng.IntN(len(place.names))]
	return strings.ReplaceAll(phrase, "%s", name)
}

// senders are the accounts of a case. Half of the channels and all groups are
// of one town each.
type senders struct {
	channels, accounts, groups, witnesses int
	homes                                 [][]string // by place: its channels and groups
}

func sendersFor(files, places int, rng *rand.Rand) senders {
	s := senders{channels: 8 + files/250, accounts: 6 + files/500, groups: 2 + files/1500, witnesses: 10 + files/60, homes: make([][]string, places)}
	for i := range s.channels / 2 {
		h := rng.IntN(places)
		s.homes[h] = append(s.homes[h], "telegram/"+channel(i))
	}
	for i := range s.groups {
		h := rng.IntN(places)
		s.homes[h] = append(s.homes[h], "whatsapp/"+group(i))
	}
	return s
}

func channel(i int) string { return fmt.Sprintf("channel_%03d", i+1) }
func account(i int) string { return fmt.Sprintf("account%03d", i+1) }

// group names a chat as the one or the other kind of telephone exports it.
func group(i int) string {
	if i%2 == 0 {
		return fmt.Sprintf("WhatsApp Chat - group %d", i+1)
	}
	return fmt.Sprintf("WhatsApp Chat with group %d", i+1)
}

func (p *planner) witness() string { return fmt.Sprintf("witness_%04d", 1+p.rng.IntN(p.witnesses)) }

// post chooses who posts: someone of the place where there is one, or anybody.
func (p *planner) post(here int, at time.Time) loadFile {
	f := loadFile{at: at}
	if local := p.homes[here]; len(local) > 0 && p.rng.IntN(2) == 0 {
		f.source, f.account = path.Split(local[p.rng.IntN(len(local))])
		f.source = strings.TrimSuffix(f.source, "/")
		return f
	}
	switch k := p.rng.IntN(10); {
	case k < 5:
		f.source, f.account = "telegram", channel(p.channels/2+p.rng.IntN(p.channels-p.channels/2))
	case k < 8:
		f.source, f.account = "x", account(p.rng.IntN(p.accounts))
	case k < 9:
		f.source, f.account = "whatsapp", group(p.rng.IntN(p.groups))
	default:
		f.source = "mixed"
	}
	return f
}

// fileName is what the program that saved a file calls it.
func fileName(f *loadFile, c *loadCapture, n int, rng *rand.Rand) string {
	switch f.source {
	case "camera":
		return "IMG_" + c.at.Format("20060102_150405") + ".jpg"
	case "telegram":
		return fmt.Sprintf("photos/photo_%d@%s.jpg", n, f.at.Format("02-01-2006_15-04-05"))
	case "x":
		return fmt.Sprintf("%d_1.jpg", snowflake(f.at, n))
	case "whatsapp":
		if isAndroid(f.account) {
			return fmt.Sprintf("IMG-%s-WA%04d.jpg", f.at.Format("20060102"), n%10000)
		}
		return fmt.Sprintf("%08d-PHOTO-%s.jpg", n, f.at.Format("2006-01-02-15-04-05"))
	}
	switch rng.IntN(3) {
	case 0:
		return fmt.Sprintf("FB_IMG_%d.jpg", f.at.UnixMilli())
	case 1:
		return fmt.Sprintf("signal-%s.jpg", f.at.Format("2006-01-02-150405"))
	}
	return fmt.Sprintf("%016x%016x.jpg", rng.Uint64(), rng.Uint64())
}

func isAndroid(group string) bool { return strings.HasPrefix(group, "WhatsApp Chat with") }

// snowflake is a post number of X, which holds the moment of the post.
func snowflake(at time.Time, n int) int64 {
	return (at.UnixMilli()-1288834974657)<<22 | int64(n&(1<<22-1))
}
