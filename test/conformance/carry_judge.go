package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// judge says what of a round was not as it says.
func (of round) judge(calls []tried, visits []visit, opened int, placeOf func(string) string) error {
	var wrong []string
	complain := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	statuses, servers := map[string]int{}, map[string]int{}
	for _, one := range calls {
		statuses[one.reply.status]++
	}
	for _, v := range visits {
		servers[v.place]++
	}
	expected := of.Answers
	if expected == nil {
		expected = map[string]amount{"200": {len(calls), len(calls)}}
	}
	if !fitting(expected, statuses) {
		complain("answers: expected %v, got %v", expected, statuses)
	}
	if of.Reaches != nil {
		places := map[string]amount{}
		for endpoint, times := range of.Reaches {
			places[placeOf(endpoint)] = times
		}
		if !fitting(places, servers) {
			complain("reaches: expected %v, got %v", places, servers)
		}
	}
	if of.Meets != nil && !of.Meets.holds(len(servers)) {
		complain("meets: expected %v servers, met %v", of.Meets, servers)
	}
	if of.Connections != nil && !of.Connections.holds(opened) {
		complain("connections: expected %v, %d were opened", of.Connections, opened)
	}
	for _, one := range calls {
		if of.Took != nil && (one.took < of.Took.least || one.took > of.Took.most) {
			complain("took: expected %v-%v, took %v", of.Took.least, of.Took.most, one.took)
		}
		wrong = append(wrong, headersOf("client", of.ClientSees, one.reply.headers)...)
	}
	for _, v := range visits {
		wrong = append(wrong, headersOf("server "+v.place, of.ServerSees, v.headers)...)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s", strings.Join(slices.Compact(wrong), "\n"))
	}
	return nil
}

// fitting is true if each of what was counted is within its amount, and what has none was not counted.
func fitting(expected map[string]amount, counted map[string]int) bool {
	for key := range counted {
		if _, isExpected := expected[key]; !isExpected {
			return false
		}
	}
	for key, times := range expected {
		if !times.holds(counted[key]) {
			return false
		}
	}
	return true
}

// headersOf compares headers with those expected; null is for one that must be absent.
func headersOf(who string, expected map[string]*string, headers http.Header) (wrong []string) {
	for _, name := range slices.Sorted(maps.Keys(expected)) {
		seen, value := headers.Values(name), expected[name]
		if value == nil && len(seen) > 0 || value != nil && !slices.Equal(seen, []string{*value}) {
			wanted := "nothing"
			if value != nil {
				wanted = fmt.Sprintf("%q", *value)
			}
			wrong = append(wrong, fmt.Sprintf("the %s sees %s: expected %s, saw %q", who, name, wanted, seen))
		}
	}
	return wrong
}
