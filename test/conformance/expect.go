package main

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// sniOf is the server name that the application's own TLS asks for: none where it calls an address.
func sniOf(c call) string {
	if c.SNI != "" {
		return c.SNI
	}
	name := withoutPort(c.authority())
	if _, err := netip.ParseAddr(name); err == nil {
		return ""
	}
	return name
}

// trustDomain is the first part of every identity in the world.
func (w *world) trustDomain() string {
	if w.settings.TrustDomain != "" {
		return w.settings.TrustDomain
	}
	return "cluster.local"
}

// checkCall passes if a call ended as its expectation says, in every part.
func checkCall(c call, seen outcome, tally *tally) {
	expected := outcome{c.Arrives, c.Refused, c.Passthrough}
	if reflect.DeepEqual(comparable(expected, expected), comparable(seen, expected)) {
		tally.pass(c.Name)
	} else {
		tally.fail(c.Name, "expected "+written(expected), "seen     "+written(seen))
	}
	tally.note(written(seen))
}

// comparable gives an outcome without what the expectation leaves open, its unordered parts in order.
func comparable(of, expected outcome) outcome {
	result := outcome{Passthrough: of.Passthrough}
	if of.Refused != nil {
		refused := *of.Refused
		if expected.Refused != nil && expected.Refused.By == "" {
			refused.By = ""
		}
		if expected.Refused != nil && expected.Refused.Location == "" {
			refused.Location = ""
		}
		if expected.Refused != nil && expected.Refused.Body == "" {
			refused.Body = ""
		}
		if expected.Refused != nil && expected.Refused.Status == "any" {
			refused.Status = "any"
		}
		result.Refused = &refused
	}
	for i, a := range of.Arrives {
		a.hopTo = "" // no expectation names a pod
		if i < len(expected.Arrives) && expected.Arrives[i].Host == "" {
			a.Host = ""
		}
		if i < len(expected.Arrives) && expected.Arrives[i].Attempts == 0 {
			a.Attempts = 0
		}
		if i < len(expected.Arrives) && expected.Arrives[i].Path == "" {
			a.Path = ""
		}
		if i < len(expected.Arrives) && expected.Arrives[i].Authority == "" {
			a.Authority = ""
		}
		a.SubjectAltNames = slices.Sorted(slices.Values(a.SubjectAltNames))
		sorted := addresses{}
		for _, priority := range a.Endpoints {
			sorted = append(sorted, slices.Sorted(slices.Values(priority)))
		}
		a.Endpoints = sorted
		result.Arrives = append(result.Arrives, a)
	}
	return result
}

// written is an outcome in one line, as calls.yaml would say it.
func written(o outcome) string {
	text, err := yaml.Marshal(o)
	if err != nil {
		return fmt.Sprint(err)
	}
	flow, err := yaml.YAMLToJSON(text)
	if err != nil {
		return fmt.Sprint(err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(flow), `"`, ""), ",", ", ")
}
