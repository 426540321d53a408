package main

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// change is what Argo CD does to one object in a sync: it applies it, or prunes it where there is none to apply.
type change struct {
	id        string
	wave      int
	pruneLast bool
	to        *object
}

func (c change) isPrune() bool { return c.to == nil }

func (c change) String() string {
	if c.isPrune() {
		return "prunes " + c.id
	}
	return "applies " + c.id
}

// wavesOf gives what a sync does, wave after wave. Argo CD compares anew before each, so each is the first wave of what is left.
func wavesOf(changes []change) (waves [][]change) {
	for left := changes; len(left) > 0; {
		first := inSync(left)
		lowest := slices.MinFunc(first, func(a, b change) int { return a.wave - b.wave }).wave
		var wave, later []change
		for i, c := range first {
			if c.wave == lowest {
				wave = append(wave, c)
			} else {
				later = append(later, left[i])
			}
		}
		waves, left = append(waves, wave), later
	}
	return waves
}

// inSync gives the changes with the waves that they have in a sync, as getSyncTasks in pkg/sync/sync_context.go of argo-cd/gitops-engine v3.6.1 does:
// the waves of all that is pruned are turned round among themselves; what bears PruneLast=true comes after all else, in one wave.
func inSync(changes []change) []change {
	pruned := map[int]bool{}
	for _, c := range changes {
		if c.isPrune() {
			pruned[c.wave] = true
		}
	}
	upwards := slices.Sorted(maps.Keys(pruned))
	found, last := slices.Clone(changes), 0
	for i, c := range found {
		if c.isPrune() {
			found[i].wave = upwards[len(upwards)-1-slices.Index(upwards, c.wave)]
		}
		last = max(last, found[i].wave)
	}
	for i, c := range found {
		if c.isPrune() && c.pruneLast {
			found[i].wave = last + 1
		}
	}
	return found
}

// changesBetween gives what a sync changes, in the order of the objects' names. What is pruned has the annotations that it bears in the cluster.
func changesBetween(before, after []object) (changes []change) {
	stood, stands := byID(before), byID(after)
	for id, o := range stood {
		if _, stays := stands[id]; !stays {
			changes = append(changes, changeOf(o, nil))
		}
	}
	for id, o := range stands {
		if old, stood := stood[id]; !stood || !reflect.DeepEqual(old.Object, o.Object) {
			changes = append(changes, changeOf(o, &o))
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return strings.Compare(a.id, b.id) })
	return changes
}

func byID(objects []object) map[string]object {
	found := map[string]object{}
	for _, o := range objects {
		found[o.String()] = o
	}
	return found
}

func changeOf(o object, to *object) change {
	annotations := o.GetAnnotations()
	wave, _ := strconv.Atoi(annotations["argocd.argoproj.io/sync-wave"])
	return change{o.String(), wave, annotations["argocd.argoproj.io/sync-options"] == "PruneLast=true", to}
}

// moment is a sync on its way: all changes of the waves before, and some of those of one wave.
type moment struct {
	done  []change
	title string
}

// maximalWave bounds the changes of one wave: each set of them is asked.
const maximalWave = 8

// momentsOf gives every moment of a sync. Argo CD changes the objects of one wave side by side, so any of them may be there without the others.
func momentsOf(changes []change) ([]moment, error) {
	moments := []moment{{title: "before the first wave"}}
	var before []change
	for _, wave := range wavesOf(changes) {
		if len(wave) > maximalWave {
			return nil, fmt.Errorf("wave %d changes %d objects, too many to ask about each set of them: at most %d", wave[0].wave, len(wave), maximalWave)
		}
		for set := 1; set < 1<<len(wave); set++ {
			done, names := slices.Clone(before), []string{}
			for i, c := range wave {
				if set&(1<<i) != 0 {
					done, names = append(done, c), append(names, c.id)
				}
			}
			moments = append(moments, moment{done, fmt.Sprintf("in wave %d, after %s", wave[0].wave, strings.Join(names, ", "))})
		}
		before = append(before, wave...)
	}
	return moments, nil
}

// applied gives what stands once the changes are made. Istio prefers the older of two objects, and what stood before is older.
func applied(before []object, done []change) (standing []object) {
	changes := map[string]change{}
	for _, c := range done {
		changes[c.id] = c
	}
	stood := byID(before)
	for _, o := range before {
		c, changed := changes[o.String()]
		if !changed {
			standing = append(standing, created(o, 1))
		} else if !c.isPrune() {
			standing = append(standing, created(*c.to, 1))
		}
	}
	for _, c := range done {
		if _, stood := stood[c.id]; !stood {
			standing = append(standing, created(*c.to, 2))
		}
	}
	return standing
}

func created(o object, hour int64) object {
	dated := o.DeepCopy()
	dated.SetCreationTimestamp(metav1.Unix(3600*hour, 0))
	text, err := dated.MarshalJSON()
	if err != nil {
		panic(err) // it was read from text
	}
	return object{string(text), dated}
}
