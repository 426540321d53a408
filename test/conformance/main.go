// Command conformance asks istiod's own code what a rendered configuration does, and compares the answer with calls.yaml.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"istio.io/istio/pkg/log"
)

func main() {
	explain := flag.Bool("explain", false, "print what each call does, as the expectation that would pass")
	costs := flag.Bool("cost", false, "print how much configuration each proxy gets, and check nothing")
	orders := flag.Bool("order", false, "print the waves of each sync that is replayed, and check nothing")
	flag.Usage = func() {
		fmt.Fprint(os.Stderr, "usage: conformance [-explain | -cost | -order] FOLDER…\n\nA FOLDER holds output.yaml (or broken.yaml) and calls.yaml, or is a folder of such folders.\n")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	silenceIstio()
	if *costs {
		exitOn(printCosts(foldersIn(flag.Args())))
		return
	}
	if *orders {
		exitOn(printOrders(foldersIn(flag.Args())))
		return
	}
	tally := &tally{explain: *explain}
	for _, path := range foldersIn(flag.Args()) {
		checkFolder(path, tally)
	}
	tally.summarize()
	if tally.failed > 0 || tally.passed == 0 {
		os.Exit(1)
	}
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// outputs are the files that are put into the world: what wayout rendered, or in a trap what somebody wrote by hand.
var outputs = []string{"output.yaml", "broken.yaml"}

// outputOf gives the output of a folder, empty if it has none.
func outputOf(folder string) string {
	for _, name := range outputs {
		if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
			return name
		}
	}
	return ""
}

// foldersIn lists the case folders among the paths and right below them: those that hold an output.
func foldersIn(paths []string) []string {
	var found []string
	for _, path := range paths {
		if outputOf(path) != "" {
			found = append(found, path)
			continue
		}
		below, _ := filepath.Glob(filepath.Join(path, "*"))
		sort.Strings(below)
		for _, folder := range below {
			if outputOf(folder) != "" {
				found = append(found, folder)
			}
		}
	}
	return found
}

func silenceIstio() {
	options := log.DefaultOptions()
	options.SetDefaultOutputLevel("all", log.NoneLevel)
	_ = log.Configure(options)
}

// checkFolder makes every check of one folder: validation, analysis, and each call.
func checkFolder(path string, tally *tally) {
	tally.folder = filepath.Base(path)
	read, err := readFolder(path)
	if err != nil {
		tally.fail("reads", err.Error())
		return
	}
	if !read.hasIstio() {
		return
	}
	if !read.hasCalls {
		tally.uncovered = append(tally.uncovered, tally.folder)
	}
	checkValidation(read, tally)
	world := newWorld(read)
	seen := analyze(read, world, tally)
	seen = append(seen, simulate(read, world, tally)...)
	checkFindings(read.calls.Findings, seen, tally)
	replay(read, world, tally)
	carry(read, world, tally)
}
