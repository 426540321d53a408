package main

import (
	"errors"
	"fmt"
	"testing"

	"istio.io/istio/pkg/test"
)

// guard runs code that needs Istio's test helpers, and turns their way of failing, which ends the goroutine, into an error.
func guard(run func(f test.Failer, t *testing.T)) error {
	var panicked error
	ended := false
	failed := test.Wrap(func(f test.Failer) {
		defer func() {
			if reason := recover(); reason != nil {
				panicked = fmt.Errorf("istio panicked: %v", reason)
			}
		}()
		// The simulation asks for a T only to fail by it, and a zero one does end the goroutine.
		run(f, &testing.T{})
		ended = true
	})
	if panicked == nil && failed == nil && !ended {
		return errors.New("istio's helper failed without a word")
	}
	return errors.Join(panicked, failed)
}
