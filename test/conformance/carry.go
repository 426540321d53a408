package main

import (
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"istio.io/istio/pkg/test"
)

// isCarried is true if the call shall be made on the wire too; what no DNS knows cannot even be dialled.
func isCarried(c call, file callsFile) bool {
	if c.Refused != nil && c.Refused.Status == "unresolved" {
		return false
	}
	if c.Carried != nil {
		return *c.Carried
	}
	return file.Carried
}

// carry makes the folder's carried calls through real Envoys, and holds what reached the outside against the same expectations.
func carry(read *folder, w *world, tally *tally) {
	var calls []call
	for _, c := range read.calls.Calls {
		if isCarried(c, read.calls) {
			calls = append(calls, c)
		}
	}
	if len(calls) == 0 {
		return
	}
	if err := needs(); err != nil {
		tally.fail("carried", err.Error())
		return
	}
	err := guard(func(f test.Failer, t *testing.T) {
		authorities := newAuthorities()
		secrets, err := w.secrets(calls, authorities)
		if err != nil {
			f.Fatal(err)
		}
		within := *w
		within.objects = append(append(within.objects[:0:0], w.objects...), secrets...)
		r, err := newRig(startIstiod(f, t, read, &within), calls, authorities)
		if err != nil {
			f.Fatal(err)
		}
		defer r.close()
		for _, c := range calls {
			seen, err := r.carry(c)
			tally.carried += seen.requests
			tally.throughGateways += seen.throughGateways
			if err != nil {
				tally.fail("carried: "+c.Name, err.Error())
				continue
			}
			tally.pass(fmt.Sprintf("carried: %s (%s)", c.Name, strings.Join(seen.shown, ", ")))
		}
		if refused := r.refusals(); len(refused) > 0 {
			tally.fail("carried: Envoy takes what istiod sends", refused...)
		}
	})
	if err != nil {
		tally.fail("carried", err.Error())
	}
}

// needs says what is missing for real traffic: Envoy, and a network of its own, in which every address is local.
func needs() error {
	if os.Getenv("ENVOY") == "" {
		return fmt.Errorf("ENVOY names no binary: test/conformance/run.sh installs one and sets it")
	}
	if links, err := net.Interfaces(); err != nil || len(links) != 1 {
		return fmt.Errorf("not in a network namespace of its own: test/conformance/run.sh makes one")
	}
	return nil
}
