package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"istio.io/istio/pkg/test"
)

// replay asks istiod what the calls do at each moment of the sync from what stood before to what the folder renders, and of the sync back.
func replay(read *folder, w *world, tally *tally) {
	syncs, err := read.syncs()
	if err != nil {
		tally.fail("replay", "replayOver: "+err.Error())
		return
	}
	if len(syncs) == 0 {
		return
	}
	excused := map[*outcome]bool{}
	for _, sync := range syncs {
		moments, err := momentsOf(changesBetween(sync.before, sync.after))
		if err != nil {
			tally.fail(sync.title, err.Error())
			return
		}
		courses, err := follow(read, w, sync.before, moments)
		if err != nil {
			tally.fail(sync.title, err.Error())
			return
		}
		for i, c := range read.calls.Calls {
			checkCourse(sync.title, c, moments, courses[i], excused, tally)
		}
	}
	for _, c := range read.calls.Calls {
		for i, other := range c.Meanwhile {
			if !excused[&c.Meanwhile[i]] {
				tally.fail("replay: "+c.Name, "never seen: meanwhile "+written(other))
			}
		}
	}
}

// follow gives for each call what becomes of it at each moment.
func follow(read *folder, w *world, before []object, moments []moment) (courses [][]outcome, err error) {
	courses = make([][]outcome, len(read.calls.Calls))
	for _, m := range moments {
		within := *read
		within.output = append(applied(before, m.done), read.beside...)
		policies, err := newNetwork(&within, w)
		if err != nil {
			return nil, err
		}
		if err := guard(func(f test.Failer, t *testing.T) {
			istiod := startIstiod(f, t, &within, w)
			for i, c := range read.calls.Calls {
				courses[i] = append(courses[i], policies.after(c, istiod.follow(c)))
			}
		}); err != nil {
			return nil, fmt.Errorf("%s: %w", m.title, err)
		}
	}
	return courses, nil
}

// checkCourse passes if a call goes at each moment as it did before the sync or as it does after it, or is refused where one of the two is;
// what else must be seen stands in `meanwhile`, and what was seen of that is noted in excused.
func checkCourse(sync string, c call, moments []moment, course []outcome, excused map[*outcome]bool, tally *tally) {
	start, end := course[0], course[len(course)-1]
	var wrong []string
	times := map[string]int{}
	for i, seen := range course {
		if same(seen, start) || same(seen, end) || isRefused(seen) && (isRefused(start) || isRefused(end)) {
			continue
		}
		at := slices.IndexFunc(c.Meanwhile, func(o outcome) bool { return reflect.DeepEqual(comparable(seen, o), comparable(o, o)) })
		if at >= 0 {
			excused[&c.Meanwhile[at]] = true
		} else if times[written(seen)]++; times[written(seen)] == 1 {
			wrong = append(wrong, moments[i].title, "  seen "+written(seen))
		}
	}
	title := sync + ": " + c.Name
	if len(wrong) > 0 {
		tally.fail(title, append([]string{"before " + written(start), "after  " + written(end)}, wrong...)...)
	} else {
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

// syncRun is one sync that is replayed.
type syncRun struct {
	title         string
	before, after []object
}

// syncs gives those of a folder: from what the Application had applied before, which is what a neighbouring folder renders or nothing, to what it renders, and back.
func (f *folder) syncs() ([]syncRun, error) {
	if f.calls.ReplayOver == "" {
		return nil, nil
	}
	var before []object
	if f.calls.ReplayOver != "nothing" {
		other := filepath.Join(filepath.Dir(filepath.Clean(f.path)), f.calls.ReplayOver)
		text, err := os.ReadFile(filepath.Join(other, outputOf(other)))
		if err != nil {
			return nil, err
		}
		if before, err = splitObjects(text); err != nil {
			return nil, err
		}
	}
	return []syncRun{{"replay", before, f.own}, {"replay back", f.own, before}}, nil
}
