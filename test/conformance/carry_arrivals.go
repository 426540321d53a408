package main

import (
	"fmt"
	"slices"
	"strings"
)

// Enough calls that each of a few endpoints or gateways that share them is met, and that none is left out by chance: 1 in 2^40 for one of two.
const (
	fewCalls  = 3
	manyCalls = 40
	// And enough that a share which is off by more than the tolerance is found out, and one that is right passes: 4 in 100000 for one of a half.
	shareCalls = 200
	tolerance  = 15
)

// carryArrivals wants every call to arrive as expected, each of the endpoints that share the load to be met, and then tries what must go wrong:
// a certificate of another name, one of an unknown authority, a near endpoint that dies.
func (r *rig) carryArrivals(c call, seen *carried) error {
	if err := r.present(c, presentsAsExpected); err != nil {
		return err
	}
	before := r.gatewayCounts()
	met, counts := map[string]bool{}, make([]int, len(c.Arrives))
	wanted := fewCalls
	if len(c.Arrives) > 1 || len(c.Arrives[0].Endpoints) > 1 {
		wanted = manyCalls
	}
	if c.Arrives[0].Weight > 0 {
		wanted = shareCalls
	}
	for calls := 0; calls < wanted || (calls < manyCalls && len(met) < r.sharing(c)); calls++ {
		answer, visits := r.send(c, seen)
		if !succeeded(answer) || len(visits) != 1 {
			return fmt.Errorf("call %d: got %s %s, and %d visits", calls+1, answer.status, answer.detail, len(visits))
		}
		if r.byAnotherGateway(c, visits[0]) {
			continue
		}
		i, err := r.whichFits(c, visits[0])
		if err != nil {
			return err
		}
		counts[i]++
		if places := r.placesOf(c.Arrives[i]); !slices.Contains(places[0], visits[0].place) {
			return fmt.Errorf("it arrived at %s while all of %v serve", visits[0].place, places[0])
		}
		met[visits[0].place] = true
	}
	seen.shown = append(seen.shown, fmt.Sprintf("%d arrived", seen.requests))
	if len(met) != r.sharing(c) {
		return fmt.Errorf("%d calls met %d of the %d endpoints that share them", seen.requests, len(met), r.sharing(c))
	}
	if len(met) > 1 {
		seen.shown = append(seen.shown, fmt.Sprintf("shared by %d endpoints", len(met)))
	}
	if len(c.Arrives) > 1 {
		if slices.Contains(counts, 0) {
			return fmt.Errorf("of %d calls the arrivals got %v", seen.requests, counts)
		}
		if err := sharesOff(c, counts); err != nil {
			return err
		}
		seen.shown = append(seen.shown, fmt.Sprintf("in shares of %v", counts))
	}
	if err := r.checkHop(c, before, seen); err != nil {
		return err
	}
	if err := r.carryRounds(c, seen); err != nil {
		return err
	}
	if err := r.carryWrongCertificates(c, seen); err != nil {
		return err
	}
	if err := r.carryAttempts(c, seen); err != nil {
		return err
	}
	return r.carryFailover(c, seen)
}

// byAnotherGateway is true where the call asks for a gateway pod in one locality, and another one took it.
func (r *rig) byAnotherGateway(c call, v visit) bool {
	sender := r.senderOf(v)
	return c.GatewayAt != "" && sender != nil && sender.workload.service != "" && sender.workload.locality != c.GatewayAt
}

// sharing is how many places serve while all is well.
func (r *rig) sharing(c call) int {
	places := map[string]bool{}
	for _, a := range c.Arrives {
		for _, place := range r.placesOf(a)[0] {
			places[place] = true
		}
	}
	return len(places)
}

// whichFits gives the arrival among those expected that a visit fits.
func (r *rig) whichFits(c call, v visit) (int, error) {
	var wrong []string
	for i, a := range c.Arrives {
		err := r.fits(c, a, v)
		if err == nil {
			return i, nil
		}
		wrong = append(wrong, err.Error())
	}
	return 0, fmt.Errorf("%s", strings.Join(wrong, "\n"))
}

// sharesOff says which arrival got a share of the calls that is not the one expected.
func sharesOff(c call, counts []int) error {
	total := 0
	for _, count := range counts {
		total += count
	}
	for i, count := range counts {
		share := 100 * count / total
		if weight := c.Arrives[i].Weight; weight > 0 && (share < weight-tolerance || share > weight+tolerance) {
			return fmt.Errorf("arrival %d got %d%% of the calls, expected %d%%", i+1, share, weight)
		}
	}
	return nil
}
