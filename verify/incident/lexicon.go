package incident

import "strings"

// object is what a caption says was hit or shown, in classes that hold across
// languages.
type object uint32

// lexicon holds the words that are no names: what was hit (objects), what
// happened (events and filling words, ignored as names) and what posts of the
// everyday say (routine). Entries are stems: a word belongs to the first stem
// that it begins with, at most four letters longer.
type lexicon struct {
	objects map[string]object
	ignored map[string]bool
	routine map[string]bool
}

// The languages are those of the case tables this was built for: English,
// Ukrainian, Russian and Arabic.
var objectStems = []string{
	"hospital clinic maternity polyclinic лікарн больниц поліклінік поликлиник госпітал госпитал пологов роддом роддома مستشفى مشفى",
	"school kindergarten university lyceum college школ дитсад детсад садок університет университет ліце лице гімназі гимназ مدرسة جامعة",
	"apartment apartments residential house houses dwelling flat flats житлов будинок будинк багатоповерхів многоэтажк жил дом дома доме квартир شقة منزل سكني",
	"shopping mall market supermarket shop store торгов ринок ринк рынок рынк магазин супермаркет سوق",
	"church cathedral mosque monastery церкв церков храм собор мечет монастир монастыр مسجد كنيسة",
	"station railway train bus stop tram вокзал станці станци поїзд поезд зупинк остановк автобус трамва محطة",
	"bridge міст мосту мост моста جسر",
	"factory plant industrial industry enterprise works завод підприємств предприят фабрик промислов промышлен مصنع",
	"power substation електростанці электростанц підстанці подстанц тец енергетичн энергетич كهرباء",
	"administration administrative адміністраці администрац адмінбудівл держадміністраці мері мэри",
	"culture theatre theater museum library культур театр музе бібліотек библиотек مسرح متحف",
	"grain silo elevator зерн елеватор элеватор",
	"depot warehouse склад depots مستودع",
	"aid humanitarian гуманітарн гуманитарн допомог помощ إغاثة",
	"hotel готел гостиниц отел فندق",
	"airport airfield аеропорт аэропорт аеродром аэродром مطار",
	"camp refugee лагер табір مخيم",
}

const ignoredStems = `
strike strikes struck hit hits attack attacks attacked attacking shelling shelled shell shells missile missiles rocket rockets drone
drones bomb bombs bombing bombed airstrike explosion explosions exploded blast blasts fire fires smoke aftermath consequences damage damaged
destroyed destruction rescue rescuers work works goes footage video videos photo photos picture pictures image from today now breaking
update reported reports report killed wounded injured dead civilians people city town village region district oblast street square building buildings
near after before with this that there here have been were was the and for are its moment result russia russian russians ukraine ukrainian
ukrainians war army forces world news live more new our morning evening night day yesterday tonight
влучанн обстріл обстрел удар удару ударом ударів атак вибух взрыв прильот прилёт прилет ракет дрон шахед бомб авіаудар авиаудар пожеж пожар
дим дым наслідк последств рятувальник спасател працюют работают зараз сейчас прямо сьогодн сегодн вчора вчера відео видео фото кадр момент жах ужас
жахлив надіслал прислал підписник подписчик загинул погиб поранен ранен цивільн гражданск людин людей люди люде человек місто місті город городе
городу село селі селе район област вулиц улиц площ будівл здани росі росси російськ российск україн украин українськ украинск війн войн
армі арми окупант оккупант рашист після после біля возле внаслідок вследств унаслідок перший первый ще ещё еще все всё уже вже було было
новин новост головне главное ніч ночь ноч ранок утро вечір вечер день
بلا بدون دون بين تحت فوق خلف أمام حول عند عندما منذ حتى خلال ضمن نحو لدى هذا هذه ذلك تلك هنا هناك الذي التي الذين كان كانت يكون تم قد لقد سوف
ليس لا ما لم لن إن أن كل جميع بعض غير أكثر أول آخر جدا فقط أيضا لكن ثم أو أي كيف ماذا لماذا متى أين هو هي هم نحن ماء مياه ناس
قصف غارة غارات انفجار صاروخ صواريخ هجوم ضربة ضحايا قتلى جرحى مدينة قرية منطقة شارع مبنى الآن اليوم صور فيديو لحظة بعد قبل على من في إلى عن مع
`

// settlements are words that a place's name follows in a script without
// capitals: town, village, quarter, camp, countryside.
var settlements = foldedSet(`مدينة بلدة قرية قرى حي أحياء مخيم ريف محافظة ناحية ضاحية`)

func foldedSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[fold(w)] = true
	}
	return set
}

const routineStems = `
good morning subscribe subscription channel weather forecast sale discount advert advertising promo giveaway horoscope recipe congratulations
happy birthday greetings join follow
доброго добрий ранку добраніч підписуйтес підписуйся канал погод прогноз знижк реклам розпродаж гороскоп рецепт вітаєм вітаю привітан
доброе добрый подписывайтес подпишитес подписывайся скидк распродаж поздравля приветств
صباح مساء اشترك اشتركوا قناة طقس إعلان عرض تهنئة
`

// newLexicon indexes the stems.
func newLexicon() *lexicon {
	l := &lexicon{objects: map[string]object{}, ignored: map[string]bool{}, routine: map[string]bool{}}
	for i, line := range objectStems {
		for _, s := range strings.Fields(line) {
			l.objects[fold(s)] |= 1 << i
		}
	}
	for _, s := range strings.Fields(ignoredStems) {
		l.ignored[fold(s)] = true
	}
	for _, s := range strings.Fields(routineStems) {
		l.routine[fold(s)] = true
	}
	return l
}

// fold merges letters that writers exchange freely.
func fold(s string) string {
	return folding.Replace(stripArticle(strings.ToLower(s)))
}

var folding = strings.NewReplacer("ґ", "г", "ё", "е", "أ", "ا", "إ", "ا", "آ", "ا", "ى", "ي", "ة", "ه", "’", "", "'", "", "ʼ", "", "`", "")

// stem calls yes with ever shorter beginnings of the word, by at most four
// letters and never below three, until it returns true. Latin words may only
// lose an s: English inflects little, and "works" must not meet "work" by way
// of "wor".
func stem(folded string, yes func(string) bool) bool {
	r := []rune(folded)
	cut := 4
	if len(r) > 0 && r[0] < 0x250 {
		cut = 0
		if r[len(r)-1] == 's' {
			cut = 1
		}
	}
	for n := len(r); n >= len(r)-cut && n >= 2; n-- {
		if n < len(r) && n < 3 {
			break
		}
		if yes(string(r[:n])) {
			return true
		}
	}
	return false
}

func (l *lexicon) object(folded string) (o object) {
	stem(folded, func(s string) bool { o = l.objects[s]; return o != 0 })
	return o
}

func (l *lexicon) isIgnored(folded string) bool {
	return stem(folded, func(s string) bool { return l.ignored[s] })
}

func (l *lexicon) isRoutine(folded string) bool {
	return stem(folded, func(s string) bool { return l.routine[s] })
}
