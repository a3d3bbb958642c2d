package gazetteer

import (
	"strings"
	"sync"
)

// Words that are written with a capital and mean no place: names of people,
// armies, weapons and media, in the form of the dictionary; inflected forms
// are found by the same rules as those of places. And English words that
// headlines and the beginnings of sentences write like towns. A place of such
// a name counts only where the text says that it speaks of a place.
const stopList = `
alexander alexandra alex alexandria andrew anna anthony arthur austin benjamin bernard bruce carl carlos carter charles charlotte christian
clinton daniel david diana dmitry douglas edward elizabeth emma eric florence francis frank franklin george gordon grant gregory
harold harris henry howard igor irving isabel ivan jackson jacob james jason jefferson jennifer jerome jessica johnson jones jordan joseph julia
karen kelly kennedy kevin kim kirby kyle larry lawrence lee leo leon leonard lewis lincoln louis lucas madison marcus maria marina
marion mario marshall martin mary mason matthew max maxwell melissa michael michelle miller milton mitchell monica monroe morgan morris
murray nelson nicholas nikolai norman oleg oliver oscar patrick paul perry peter philip pierre quentin rachel raymond richard
robert roger roosevelt ross roy russell ryan samuel samantha sandy sarah scott sergei sharon simon sophia spencer stanley stephen
steven stewart taylor theodore thomas thompson trump victor victoria vincent vladimir walter warren washington wayne wilson william
williams biden putin zelensky zelenskyy johnson macron scholz obama lenin stalin wagner azov kadyrov prigozhin assad erdogan hamas mariam fatima omar ali hassan
hussein ahmed mohammed muhammad khalid abdullah salah said yusuf ibrahim mahmoud mustafa osman karim jamal nasser
grad uragan smerch iskander kalibr kinzhal bayraktar shahed lancet javelin himars patriot storm shadow leopard abrams bradley
reuters telegram twitter facebook youtube tiktok instagram whatsapp viber signal google bbc cnn associated press media tass ria interfax
nice reading mobile split bath orange sale man bar male tours cork lens hit most of and or an is was are may march april august june july sunday monday
sunday independence union liberty victory hope central freedom unity star news live media group army force forces fire rocket rockets
strike strikes shell shells bomb bombs drone drones police hospital school church market station center centre union university college street road
river lake north south east west northern southern eastern western upper lower new old great red black white green blue golden
good bad best big long high hard most more much many some any all both each few same other another next last first second third one two three four five
here there now then when where what who why how this that these those they them you your our his her its the for from with without near
breaking update urgent video photo watch look see says said say will would can could should must has have had been being
today yesterday tomorrow morning evening night day week month year hour minute time war peace attack explosion smoke damage
aid help people children woman women family civilians soldier soldiers military base ukraine russia
александр александра алексей анатолий андрей андрій анна антон артем борис вадим валентин валентина валерий василий василь вера виктор виктория
віктор вікторія виталий віталій владимир володимир владислав вячеслав галина геннадий георгий григорий григорій денис дмитрий дмитро екатерина катерина елена
олена евгений євген иван іван игорь ігор ирина ірина кирилл константин ксения лариса леонид людмила максим маргарита марина мария марія михаил михайло
надежда надія наталия наталья наталія никита николай микола оксана олег олександр олександра олексій ольга павел павло петр петро роман руслан светлана
світлана сергей сергій степан тамара тарас татьяна тетяна тимур федор филипп юлия юлія юрий юрій яна ярослав антонина елизавета софия софія марьяна любовь
таня оля катя саша маша даша лена наташа настя женя лёша миша вова костя юля света ира аня петя коля толя дима сережа
центральный центральний октябрьский северный южный западный восточный ленинский ленінський советский первомайский калининский кировский железнодорожный
заводской заводський красногвардейский адмиралтейский дніпровський днепровский индустриальный індустріальний шевченківський шевченковский русский белый новый старый
путин путін зеленский зеленський шойгу лавров герасимов залужный залужний сырский сирський кадыров кадиров пригожин лукашенко байден трамп макрон шольц
ленин ленін сталин сталін бандера шевченко пушкин толстой суворов кутузов жуков
град ураган смерч искандер калибр кинжал байрактар шахед ланцет азов вагнер айдар днепр торнадо буря
телеграм телеграмм ютуб инстаграм фейсбук новини новости
محمد احمد محمود علي حسن حسين عمر خالد عبدالله عبد ابراهيم يوسف مصطفي صالح سعيد كريم جمال ناصر عثمان طارق فاطمه مريم زينب ليلي سلمان فيصل
بشار الاسد بوتين زيلينسكي اردوغان حماس حزب الله الجزيره العربيه رويترز
الشرق الغرب الشمال الجنوب المركز السوق القصر الجديده الكبير الصغير الوسط القريه المدينه الجيش الاسلام السلام النصر الامل الحياه النور الفتح
صور مشهد معسكر وادي ميدان قصور حصار دوله ليل كان سن قوم عين بن ام اب تاني رشيد سالم سعيده امل الام سيره موصول قدس
الان اليوم امس عاجل صور فيديو قصف انفجار دمار شهداء ضحايا مستشفي مدرسه شارع حي مبني منزل سوق
`

// notStop are well-known towns that the list must not catch: they are named
// far more often than what else they mean.
const notStop = `alexandria charlotte днепр`

// Words that say what follows is a settlement.
const settlementWords = `
city town village settlement municipality township suburb hamlet
місто міста місті містом місту село села селі селом селу селище селища селищі селищем смт м с хутір хутора хуторі станиця станиці громада громади громаді
город города городе городом городу г деревня деревни деревне деревней деревню поселок поселка поселке поселком пгт пос дер станица станицы станице хутор хуторе
مدينه بلده قريه مخيم ضاحيه بمدينه ببلده بقريه لمدينه لبلده
`

// Words that stand before the name of a place; many stand before other things
// too.
const prepositions = `
in at near from to outside around over towards toward into inside across of off by leaving entering between
en dans pres vers depuis sur em perto nach bei aus von im w we z do pod kolo
в у во біля під поблизу з із зі до над через від за навколо неподалік коло поза
около возле под из изо со ко к к от близ вокруг недалеко на
في من الي على علي قرب قرب جنوب شمال شرق غرب وسط بين نحو باتجاه ريف محافظه باتجاه حول داخل خارج جنوبي شمالي شرقي غربي
`

// Words after which a name is that of a region, a street or an institution
// and no town: Kharkiv region, Київська область, London Street.
const regionWords = `
region regions oblast province governorate district raion county state street avenue road square boulevard highway river lake sea bay university
park times post journal herald tribune news
область області областю обл район району районі районом 
парк парку
области областью района районе
`

// Words before which the name of a town is that of a street: улица Николаева.
const streetWords = `
вулиця вулиці вулицю вул проспект проспекті проспекту площа площі площу бульвар бульварі провулок шосе
улица улице улицы улицу ул проспекте проспекта площадь площади бульвара переулок переулке шоссе
شارع ساحه جسر شارعي rue avenida calle via
`

// Words of a caption that says what the picture shows: "Лиман зараз".
const nowWords = `
now today tonight yesterday currently зараз сьогодні вчора щойно сейчас прямо сегодня вчера только الان اليوم امس قبل منذ
`

// lists are the words above, folded.
type lists struct {
	stop, settlement, preposition, region, street, now map[string]bool
}

// says tells whether a word speaks of a place without being its name.
func (l *lists) says(word string) bool {
	return l.settlement[word] || l.preposition[word] || l.region[word] || l.street[word]
}

var stopWords = sync.OnceValue(func() *lists {
	l := &lists{stop: wordSet(stopList), settlement: wordSet(settlementWords), preposition: wordSet(prepositions), region: wordSet(regionWords), street: wordSet(streetWords), now: wordSet(nowWords)}
	for w := range wordSet(notStop) {
		delete(l.stop, w)
	}
	return l
})

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[Fold(w)] = true
	}
	return set
}
