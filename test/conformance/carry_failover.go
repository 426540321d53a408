package main

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// carryFailover kills the endpoints that serve first and wants the next ones to take over, and to hand back when they return, unless rounds say what happens.
func (r *rig) carryFailover(c call, seen *carried) error {
	if len(c.Arrives) != 1 || len(c.Arrives[0].Endpoints) < 2 || len(c.Rounds) > 0 {
		return nil
	}
	places := r.placesOf(c.Arrives[0])
	for _, address := range places[0] {
		r.outside.places[address].stop()
	}
	failed := r.until(c, places[1], seen)
	for _, address := range places[0] {
		if err := r.outside.places[address].start(); err != nil {
			return err
		}
	}
	if failed != nil {
		return fmt.Errorf("after %v died: %w", places[0], failed)
	}
	if err := r.until(c, places[0], seen); err != nil {
		return fmt.Errorf("after %v came back: %w", places[0], err)
	}
	seen.shown = append(seen.shown, "failed over and back")
	return nil
}

// until calls until so many calls in a row arrive at the places that it is no chance.
func (r *rig) until(c call, places []string, seen *carried) error {
	inRow, last := 0, ""
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		answer, visits := r.send(c, seen)
		if succeeded(answer) && len(visits) == 1 && r.byAnotherGateway(c, visits[0]) {
			continue
		}
		if succeeded(answer) && len(visits) == 1 && slices.Contains(places, visits[0].place) {
			if inRow++; inRow == manyCalls {
				return nil
			}
			continue
		}
		last = fmt.Sprintf("%s %s, %v", answer.status, answer.detail, visits)
		inRow = 0
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("calls do not arrive at %v; last: %s", places, last)
}

// carryAttempts wants a call sent as often as expected, at most, while the server fails: with a status, and by breaking connections off.
func (r *rig) carryAttempts(c call, seen *carried) error {
	expected := c.Arrives[0].Attempts
	if expected == 0 {
		return nil
	}
	most := 0
	for _, failing := range []int{http.StatusServiceUnavailable, breaksOff} {
		r.answerWith(c, failing)
		opened := r.outside.opened.Load()
		_, visits := r.send(c, seen)
		most = max(most, len(visits))
		if failing == breaksOff {
			most = max(most, int(r.outside.opened.Load()-opened))
		}
	}
	r.answerWith(c, http.StatusOK)
	if most != expected {
		return fmt.Errorf("while the server fails it is sent %d times, not %d", most, expected)
	}
	seen.shown = append(seen.shown, fmt.Sprintf("sent %d times while the server fails", expected))
	return nil
}

func (r *rig) answerWith(c call, status int) {
	r.outside.mutex.Lock()
	defer r.outside.mutex.Unlock()
	for _, a := range c.Arrives {
		for _, address := range slices.Concat(r.placesOf(a)...) {
			place := r.outside.places[address]
			place.behaviour.Status = status
			for connection := range place.open {
				_ = connection.Close()
			}
		}
	}
}
