package main

import (
	"fmt"
	"strings"
)

// tally counts the checks and prints each as it ends.
type tally struct {
	folder         string
	explain        bool
	passed, failed int
	uncovered      []string

	carried, throughGateways int // requests made on the wire, and those that arrived by a gateway
}

func (t *tally) pass(what string) {
	t.passed++
	fmt.Printf("ok    %s: %s\n", t.folder, what)
}

func (t *tally) fail(what string, why ...string) {
	t.failed++
	fmt.Printf("FAIL  %s: %s\n", t.folder, what)
	for _, line := range strings.Split(strings.TrimRight(strings.Join(why, "\n"), "\n"), "\n") {
		fmt.Printf("        %s\n", line)
	}
}

// note prints lines below the check that was made last, if they were asked for.
func (t *tally) note(text string) {
	if !t.explain {
		return
	}
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		fmt.Printf("        %s\n", line)
	}
}

// summarize ends with the line that CI reads.
func (t *tally) summarize() {
	if len(t.uncovered) > 0 {
		fmt.Printf("\nvalidated and analyzed, but without calls.yaml: %s\n", strings.Join(t.uncovered, ", "))
	}
	if t.carried > 0 {
		fmt.Printf("\ncarried by Envoy: %d requests, %d of them to the outside through a gateway\n", t.carried, t.throughGateways)
	}
	fmt.Printf("\n%d passed, %d failed\n", t.passed, t.failed)
}
