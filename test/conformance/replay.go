package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"istio.io/istio/pkg/test"
)

// change is what Argo CD does to one object in a sync: it applies it, or prunes it where there is none.
type change struct {
	id   string
	wave int
	to   *object
}

// moment is a sync on its way: all changes of the waves before, and some of those of one wave.
type moment struct {
	done  []change
	title string
}

// maximalWave bounds the changes of one wave: each set of them is asked.
const maximalWave = 8

// replay asks istiod what the calls do at each moment of the sync from what stood before to what the folder renders. Removing all of it passes through the same moments.
func replay(read *folder, w *world, tally *tally) {
	if read.calls.ReplayOver == "" {
		return
	}
	before, err := read.standing()
	if err != nil {
		tally.fail("replay", "replayOver: "+err.Error())
		return
	}
	moments, err := momentsOf(changesBetween(before, read.own))
	if err != nil {
		tally.fail("replay", err.Error())
		return
	}
	seen := make([][]outcome, len(moments))
	for i, m := range moments {
		within := *read
		within.output = append(applied(before, m.done), read.beside...)
		if err := guard(func(f test.Failer, t *testing.T) {
			istiod := startIstiod(f, t, &within, w)
			for _, c := range read.calls.Calls {
				seen[i] = append(seen[i], istiod.follow(c))
			}
		}); err != nil {
			tally.fail("replay: "+m.title, err.Error())
			return
		}
	}
	for i, c := range read.calls.Calls {
		var course []outcome
		for _, all := range seen {
			course = append(course, all[i])
		}
		checkCourse(c, moments, course, tally)
	}
}

// checkCourse passes if a call goes at each moment as it did before the sync or as it does after it, or is refused where one of the two is; `meanwhile` is what else must be seen.
func checkCourse(c call, moments []moment, course []outcome, tally *tally) {
	start, end := course[0], course[len(course)-1]
	var wrong []string
	excused := 0
	for i, seen := range course {
		switch {
		case same(seen, start), same(seen, end), isRefused(seen) && (isRefused(start) || isRefused(end)):
		case c.Meanwhile != nil && reflect.DeepEqual(comparable(seen, *c.Meanwhile), comparable(*c.Meanwhile, *c.Meanwhile)):
			excused++
		default:
			wrong = append(wrong, moments[i].title, "  seen "+written(seen))
		}
	}
	title := "replay: " + c.Name
	switch {
	case len(wrong) > 0:
		tally.fail(title, append([]string{"before " + written(start), "after  " + written(end)}, wrong...)...)
	case c.Meanwhile != nil && excused == 0:
		tally.fail(title, "never seen: meanwhile "+written(*c.Meanwhile))
	default:
		tally.pass(fmt.Sprintf("%s (%d moments)", title, len(course)))
	}
	tally.note("before " + written(start))
}

func same(one, other outcome) bool {
	return reflect.DeepEqual(comparable(one, one), comparable(other, other))
}

func isRefused(o outcome) bool {
	return o.Refused != nil && len(o.Arrives) == 0 && o.Passthrough == ""
}

// standing gives what the Application had applied before: what a neighbouring folder renders, or nothing.
func (f *folder) standing() ([]object, error) {
	if f.calls.ReplayOver == "nothing" {
		return nil, nil
	}
	other := filepath.Join(filepath.Dir(filepath.Clean(f.path)), f.calls.ReplayOver)
	text, err := os.ReadFile(filepath.Join(other, outputOf(other)))
	if err != nil {
		return nil, err
	}
	return splitObjects(text)
}

// changesBetween gives what a sync does. What is pruned goes in the reverse order of its waves, as Argo CD swaps them.
func changesBetween(before, after []object) (changes []change) {
	stood, stands := byID(before), byID(after)
	waves := map[int]bool{}
	for id, o := range stood {
		if _, stays := stands[id]; !stays {
			changes = append(changes, change{id: id, wave: waveOf(o)})
			waves[waveOf(o)] = true
		}
	}
	upwards := slices.Sorted(maps.Keys(waves))
	for i := range changes {
		changes[i].wave = upwards[len(upwards)-1-slices.Index(upwards, changes[i].wave)]
	}
	for id, o := range stands {
		if old, stood := stood[id]; !stood || !reflect.DeepEqual(old.Object, o.Object) {
			changes = append(changes, change{id: id, wave: waveOf(o), to: &o})
		}
	}
	slices.SortFunc(changes, func(a, b change) int {
		if a.wave != b.wave {
			return a.wave - b.wave
		}
		return strings.Compare(a.id, b.id)
	})
	return changes
}

func byID(objects []object) map[string]object {
	found := map[string]object{}
	for _, o := range objects {
		found[o.String()] = o
	}
	return found
}

func waveOf(o object) int {
	wave, _ := strconv.Atoi(o.GetAnnotations()["argocd.argoproj.io/sync-wave"])
	return wave
}

// momentsOf gives every moment of a sync. Argo CD changes the objects of one wave side by side, so any of them may be there without the others.
func momentsOf(changes []change) ([]moment, error) {
	moments := []moment{{title: "before the first wave"}}
	for from := 0; from < len(changes); {
		to := from
		for to < len(changes) && changes[to].wave == changes[from].wave {
			to++
		}
		wave := changes[from:to]
		if len(wave) > maximalWave {
			return nil, fmt.Errorf("wave %d changes %d objects, too many to ask about each set of them: at most %d", wave[0].wave, len(wave), maximalWave)
		}
		for set := 1; set < 1<<len(wave); set++ {
			done, names := slices.Clone(changes[:from]), []string{}
			for i, c := range wave {
				if set&(1<<i) != 0 {
					done, names = append(done, c), append(names, c.id)
				}
			}
			moments = append(moments, moment{done, fmt.Sprintf("in wave %d, after %s", wave[0].wave, strings.Join(names, ", "))})
		}
		from = to
	}
	return moments, nil
}

// applied gives what stands once the changes are made.
func applied(before []object, done []change) (standing []object) {
	changed := map[string]bool{}
	for _, c := range done {
		changed[c.id] = true
		if c.to != nil {
			standing = append(standing, *c.to)
		}
	}
	for _, o := range before {
		if !changed[o.String()] {
			standing = append(standing, o)
		}
	}
	return standing
}
