package gazetteer

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// paradigm is one way in which Ukrainian and Russian place names change: the
// ending of the name as it stands in a table, and those that take its place.
type paradigm struct{ name, forms string }

// Endings after folding (ё is е). "-" is the empty ending. Sources: Український
// правопис 2019, part II (declension); Русская грамматика 1980, vol. 1.
var paradigms = []paradigm{
	// Ukrainian, masculine: Бахмут, Маріуполь, Київ, Харків, Канів, Миколаїв
	{"-", "а у ом ові і"}, {"ь", "я ю ем еві і"}, {"й", "я ю єм єві ї"},
	{"ів", "ова ову овом ові ева еву евом еві єва єву євом єві"}, {"їв", "єва єву євом єві ева еву евом еві"},
	// with a vowel that comes and goes: Тернопіль, Ірпінь, Ріг, Бердянець, Городок
	{"іль", "оля олю олем олі еля елю елем елі"}, {"інь", "еня еню енем ені"}, {"іг", "огу ога огом озі"},
	{"ір", "ору ора ором орі"}, {"іб", "оба обу обом обі"}, {"іст", "оста осту остом ості"}, {"ід", "оду ода одом оді"},
	{"ець", "ця цю цем ці цеві"}, {"єць", "йця йцю йцем йці"}, {"ок", "ка ку ком ці кові ке"}, {"ень", "ня ню нем ні не"},
	{"ел", "ла лу лом лі ле"}, {"ер", "ра ру ром рі ре"},
	// feminine: Одеса, Горлівка, Рига, Волноваха, Вінниця, Буча, Софія
	{"а", "и і у ою ею"}, {"ка", "ці"}, {"га", "зі"}, {"ха", "сі"}, {"я", "і ю ею"}, {"ія", "ії ію ією"},
	{"ва", "в"}, {"ь", "і ю"}, {"-", "и ю"}, {"нь", "нню ні"},
	// neuter: Дніпро, Гуляйполе, Запоріжжя
	{"о", "а у ом і ові"}, {"е", "я ю ем і а у"}, {"я", "ю ям і"}, {"ове", "ового овому овим овім"},
	// plural: Суми, Чернівці, Бровари, Прилуки
	{"и", "- ів ам ами ах ей"}, {"і", "- ів їв ям ями ях ей ам ами ах"}, {"ки", "ок"}, {"ни", "ен он"}, {"ці", "ець"}, {"ї", "їв ям ями ях"},
	// adjectives: Часів Яр, Рубіжний, Лозова, Рубіжне, Великі; Синя
	{"ів", "ового овому овим овім"}, {"ий", "ого ому им ім"}, {"ій", "ього ього ьому ім їм"}, {"а", "ої ій"}, {"я", "ьої ій ю"}, {"е", "ого ому им ім"}, {"є", "ього ьому ім"}, {"і", "их им ими іх ім іми"},
	// Russian, masculine: Бахмут, Воронеж, Мариуполь
	{"-", "е ем"}, {"ь", "е"}, {"й", "е ем"}, {"ец", "ца цу цом цем це"}, {"ок", "ке"}, {"ень", "не"}, {"ел", "ле"},
	// feminine: Одесса, Горловка, Казань, Мария
	{"а", "ы е ой ей"}, {"я", "и е ей"}, {"ия", "ии ию ией"}, {"ья", "ьи ье ью ьей"}, {"ь", "и"}, {"ь", "ью"}, {"ь", "ьи"},
	// neuter: Иваново, Гуляйполе, Запорожье
	{"о", "е"}, {"е", "а у ом"}, {"ье", "ья ью ьем"}, {"ие", "ия ию ием ии"},
	// plural: Сумы, Черновцы, Прилуки
	{"ы", "- ов ам ами ах"}, {"и", "ов ей ям ями ях ев"}, {"цы", "ец цов цев"},
	// adjectives: Грозный, Кривой, Рубежное, Попасная, Набережные
	{"ый", "ого ому ым ом"}, {"ий", "ого ому им ом его ему ем"}, {"ой", "ого ому ым ом"}, {"ое", "ого ому ым им ом"}, {"ее", "его ему им ем"},
	{"ая", "ой ую ою"}, {"яя", "ей юю"}, {"ые", "ых ым ыми"}, {"ие", "их им ими"},
}

// inflections leads from an ending in a text to the endings that the name may
// have in a table.
type inflections struct {
	ends    map[string][]string
	longest int // bytes
}

func newInflections() *inflections {
	f := &inflections{ends: map[string][]string{}}
	seen := map[[2]string]bool{}
	for _, p := range paradigms {
		name := strings.TrimPrefix(p.name, "-")
		for _, form := range strings.Fields(p.forms) {
			form = strings.TrimPrefix(form, "-")
			if form == name || seen[[2]string{form, name}] {
				continue
			}
			seen[[2]string{form, name}] = true
			f.ends[form] = append(f.ends[form], name)
			f.longest = max(f.longest, len(form))
		}
	}
	return f
}

// endings is the table of inflections, made when it is first needed.
var endings = sync.OnceValue(newInflections)

// leastStem is how much of a word stays as it is, in letters: Яр, Ош. What
// chance makes of so short words is caught where they are judged.
const leastStem = 2

// bases are the forms under which a word may stand in a table: as it is
// first, then what it may be an inflection of.
func (f *inflections) bases(w string, s script) []string {
	out := []string{w}
	switch s {
	case cyrillic:
		return f.cyrillic(out, w)
	case arabic:
		return arabicBases(out, w)
	}
	return out
}

func (f *inflections) cyrillic(out []string, w string) []string {
	for n := 0; n <= f.longest && n < len(w); n++ {
		if n > 0 && !utf8.RuneStart(w[len(w)-n]) {
			continue
		}
		stem, end := w[:len(w)-n], w[len(w)-n:]
		if utf8.RuneCountInString(stem) < leastStem {
			break
		}
		for _, name := range f.ends[end] {
			if fits(stem, end, name) {
				out = append(out, stem+name)
			}
		}
	}
	return out
}

// fits refuses what no language writes: a soft sign or a bare end after a
// vowel, and a vowel after one that cannot bear it.
func fits(stem, end, name string) bool {
	last, _ := utf8.DecodeLastRuneInString(stem)
	vowel := strings.ContainsRune("аеєиіїоуюяыэ", last)
	switch name {
	case "", "ь", "ий", "ый", "ой", "ое", "ая", "ые", "ови", "е", "о", "ы":
		return !vowel && last != 'ь' && last != 'й'
	case "й":
		return vowel
	case "а":
		return !vowel && last != 'ь' && last != 'й'
	case "и", "і":
		return !vowel || end == ""
	}
	return true
}

// arabicBases takes off what is written onto a word: and, so, in, to, as. The
// article is a part of the name, and لل is what is left of ل and ال.
func arabicBases(out []string, w string) []string {
	for _, and := range []string{"", "و", "ف"} {
		rest, ok := strings.CutPrefix(w, and)
		if !ok {
			continue
		}
		for _, at := range []string{"", "ب", "ل", "ك"} {
			base, ok := strings.CutPrefix(rest, at)
			if ok && and+at != "" && utf8.RuneCountInString(base) > leastStem {
				out = append(out, base)
			}
		}
		if base, ok := strings.CutPrefix(rest, "لل"); ok && utf8.RuneCountInString(base) > leastStem {
			out = append(out, "ال"+base)
		}
	}
	return out
}

// Bases gives the forms under which a folded word may stand in a table of
// names: as it is first, then what it may be an inflection of.
func Bases(word string) []string {
	first, _ := utf8.DecodeRuneInString(word)
	return endings().bases(word, scriptOf(first))
}
