package main

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	settling = 50 * time.Millisecond // what comes after the answer, as a mirror's copy does
	awaiting = 2 * time.Second       // for copies that are late
)

// tried is one call of a round: what it sent, what came back, and when.
type tried struct {
	id    string
	reply reply
	took  time.Duration
}

// carryRounds makes the rounds of a call one after the other.
func (r *rig) carryRounds(c call, seen *carried) error {
	if len(c.Rounds) == 0 {
		return nil
	}
	defer r.behave(nil)
	for i, of := range c.Rounds {
		time.Sleep(of.After.Duration)
		r.behave(of.Servers)
		opened := r.outside.opened.Load()
		calls := r.make(c, of, seen)
		judge := func() error {
			visits := r.visitsOfRound(calls)
			if copied := r.copyThatTells(c, visits); copied != "" {
				return fmt.Errorf("a copy tells %s who called", copied)
			}
			return of.judge(calls, visits, int(r.outside.opened.Load()-opened), r.placeOf)
		}
		wrong := errors.New("not judged")
		for last := time.Now().Add(awaiting); wrong != nil && time.Now().Before(last); {
			time.Sleep(settling)
			wrong = judge()
		}
		if wrong != nil {
			return fmt.Errorf("round %d: %w", i+1, wrong)
		}
	}
	seen.shown = append(seen.shown, fmt.Sprintf("rounds: %d", len(c.Rounds)))
	return nil
}

// make sends the calls of a round, by as many clients at once as it says, each of which waits for its answers.
func (r *rig) make(c call, of round, seen *carried) []tried {
	calls := make([]tried, max(of.Times, 1))
	next := make(chan int)
	var clients sync.WaitGroup
	for range max(of.Clients, 1) {
		clients.Go(func() {
			for i := range next {
				began := time.Now()
				calls[i].reply = r.request(of.variant(c, i), calls[i].id)
				calls[i].took = time.Since(began)
			}
		})
	}
	for i := range calls {
		r.requests++
		seen.requests++
		calls[i].id = fmt.Sprintf("carried-%d", r.requests)
		next <- i
	}
	close(next)
	clients.Wait()
	for _, v := range r.visitsOfRound(calls) {
		if sender := r.senderOf(v); sender != nil && sender.workload.service != "" {
			seen.throughGateways++
		}
	}
	return calls
}

// variant is the call as its nth in the round is made.
func (of round) variant(c call, n int) call {
	headers := map[string]string{}
	maps.Copy(headers, c.Headers)
	maps.Copy(headers, of.Headers)
	if of.Vary != "" {
		headers[of.Vary] = fmt.Sprintf("value-%d", n)
	}
	c.Headers = headers
	if of.Method != "" {
		c.method = strings.ToUpper(of.Method)
	}
	return c
}

// behave makes the servers that are named behave so, and all others well.
func (r *rig) behave(servers map[string]behaviour) {
	r.outside.mutex.Lock()
	defer r.outside.mutex.Unlock()
	for _, place := range r.outside.places {
		place.behaviour = behaviour{}
	}
	for endpoint, how := range servers {
		r.outside.places[r.placeOf(endpoint)].behaviour = how
	}
}

// placeOf gives the address outside that an endpoint stands for.
func (r *rig) placeOf(endpoint string) string {
	host, port, _ := net.SplitHostPort(endpoint)
	return net.JoinHostPort(r.istiod.world.proxyAddress(host), port)
}

// endpoints are those that the round speaks of.
func (of round) endpoints() []string {
	return slices.Concat(slices.Collect(maps.Keys(of.Servers)), slices.Collect(maps.Keys(of.Reaches)))
}

func (r *rig) visitsOfRound(calls []tried) (found []visit) {
	for _, one := range calls {
		found = append(found, r.outside.visitsOf(one.id)...)
	}
	return found
}
