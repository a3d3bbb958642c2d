package gazetteer

import (
	"fmt"
	"strings"
	"testing"
)

// TestLongTexts: one hostile sidecar must not hold up the rest.
func TestLongTexts(t *testing.T) {
	g := world(t)
	for what, text := range map[string]string{
		"a name of many places":    strings.Repeat("Ивановка, ", 200_000),
		"names of several words":   strings.Repeat("Велика Нова Біла Стара Мала Верхня Нижня ", 50_000),
		"one word":                 strings.Repeat("Київ", 500_000),
		"marks without a letter":   strings.Repeat("\u0301", 500_000),
		"a letter with many marks": "Киї" + strings.Repeat("\u0301", 500_000) + "в",
		"hashtags without an end":  strings.Repeat("#К", 500_000),
		"bytes that are not UTF-8": strings.Repeat("\xff", 500_000),
		"prepositions of Arabic":   strings.Repeat("وبالكلل", 100_000),
	} {
		if m := g.Find(text); len(m) > maxSpans {
			t.Errorf("%s: %d mentions", what, len(m))
		}
	}
}

func BenchmarkFindAll(b *testing.B) {
	g := world(b)
	var texts []string
	towns := []string{"Харкові", "Одесі", "Чугуєві", "Кривому Розі", "Бахмуті", "Ізюмі", "Великій Новосілці", "Сумах"}
	for i := range 20_000 {
		texts = append(texts, fmt.Sprintf("Наслідки ракетного удару у %s, житловий будинок, загинули люди, рятувальники працюють %d", towns[i%len(towns)], i))
	}
	fixes := []Point{{50, 36}, {48, 37}, {46.5, 32}}
	for b.Loop() {
		g.FindAll(texts, fixes)
	}
}
