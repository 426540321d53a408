package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// carried is what the wire showed of a call.
type carried struct {
	requests, throughGateways int
	shown                     []string
}

// send makes a call once, counts it, and gives the answer with what reached the outside.
func (r *rig) send(c call, seen *carried) (reply, []visit) {
	r.requests++
	seen.requests++
	id := fmt.Sprintf("carried-%d", r.requests)
	answer := r.request(c, id)
	visits := slices.DeleteFunc(r.outside.visitsOf(id), func(v visit) bool { return r.isCopy(c, v) })
	if slices.ContainsFunc(visits, func(v visit) bool { return r.senderOf(v) != nil && r.senderOf(v).workload.service != "" }) {
		seen.throughGateways++
	}
	return answer, visits
}

// isCopy is true for a visit that a mirror made of the call.
func (r *rig) isCopy(c call, v visit) bool {
	return slices.ContainsFunc(c.Arrives, func(a arrival) bool {
		return slices.ContainsFunc(a.Mirrors, func(endpoint string) bool { return r.placeOf(endpoint) == v.place })
	})
}

// copyThatTells gives the place of a copy that says who called, where no call of its kind may.
func (r *rig) copyThatTells(c call, visits []visit) string {
	if slices.ContainsFunc(c.Arrives, func(a arrival) bool { return a.Reveals }) {
		return ""
	}
	for _, v := range visits {
		if r.isCopy(c, v) && v.headers.Get(clientCertificate) != "" {
			return v.place
		}
	}
	return ""
}

// senderOf gives the proxy that a visit came from.
func (r *rig) senderOf(v visit) *envoy {
	for of, e := range r.envoys {
		if v.from == of.ip || v.from == sixth(of.ip) {
			return e
		}
	}
	return nil
}

// carry makes a call until all that it expects has been seen, and says what of it.
func (r *rig) carry(c call) (seen carried, err error) {
	if err := r.resolvable(c); err != nil {
		return seen, err
	}
	switch {
	case c.Refused != nil:
		return seen, r.carryRefused(c, &seen)
	case c.Passthrough != "":
		return seen, r.carryPassthrough(c, &seen)
	}
	return seen, r.carryArrivals(c, &seen)
}

// carryRefused wants the application refused as expected, by the proxy that is expected to, and nothing outside.
func (r *rig) carryRefused(c call, seen *carried) error {
	r.presentNothing()
	before, opened := r.gatewayActivity(), r.outside.opened.Load()
	answer, visits := r.send(c, seen)
	if len(visits) > 0 {
		return fmt.Errorf("it reached %s from %s", visits[0].place, visits[0].from)
	}
	// Where nobody reads HTTP, Envoy dials on before the rule is asked, which it is when the first byte comes.
	if readsHTTP := c.method != "" && !c.ownTLS(); readsHTTP && r.outside.opened.Load() != opened {
		return fmt.Errorf("a connection to the outside was opened")
	}
	if c.Refused.Status == "any" && succeeded(answer) || c.Refused.Status != "any" && answer.status != c.Refused.Status {
		return fmt.Errorf("expected %s, got %s %s", c.Refused.Status, answer.status, answer.detail)
	}
	if c.Refused.Location != "" && answer.headers.Get("location") != c.Refused.Location || c.Refused.Body != "" && answer.detail != c.Refused.Body {
		return fmt.Errorf("expected location %q and body %q, got %q and %q", c.Refused.Location, c.Refused.Body, answer.headers.Get("location"), answer.detail)
	}
	seen.shown = append(seen.shown, answer.status)
	if asked := r.gatewayActivity() != before; c.Refused.By != "" && asked != (c.Refused.By == "gateway") {
		return fmt.Errorf("expected to be refused by the %s; a gateway was asked: %t", c.Refused.By, asked)
	}
	if c.Refused.By != "" {
		seen.shown = append(seen.shown, "by the "+c.Refused.By)
	}
	if c.Greeted {
		return r.carryGreeted(c, seen)
	}
	return r.carryRounds(c, seen)
}

// gatewayActivity grows with everything that anyone tries at a gateway.
func (r *rig) gatewayActivity() int {
	total := 0
	for _, e := range r.gateways {
		total += e.count(`downstream_cx_total`, `downstream_rq_total`, `no_filter_chain_match`)
	}
	return total
}

// carryPassthrough wants the call to leave the client's own sidecar for the address that was dialled, as it is.
func (r *rig) carryPassthrough(c call, seen *carried) error {
	r.presentNothing()
	answer, visits := r.send(c, seen)
	if !succeeded(answer) || len(visits) != 1 {
		return fmt.Errorf("got %s %s, and %d visits", answer.status, answer.detail, len(visits))
	}
	seen.shown = append(seen.shown, answer.status)
	return r.fits(c, arrival{Endpoints: addresses{{c.Passthrough}}}, visits[0])
}

func succeeded(answer reply) bool { return answer.status == "200" || answer.status == "ok" }

// fits compares a visit with one arrival that is expected, in every part that the wire shows.
func (r *rig) fits(c call, a arrival, v visit) error {
	var wrong []string
	check := func(what, expected, seen string) {
		if expected != seen {
			wrong = append(wrong, fmt.Sprintf("%s: expected %q, saw %q", what, expected, seen))
		}
	}
	sender := r.senderOf(v)
	switch {
	case sender == nil:
		wrong = append(wrong, "it came from "+v.from+", no proxy of this world")
	case a.Gateway != "":
		check("gateway", a.Gateway, sender.workload.service)
	case sender.workload != r.istiod.world.client(c):
		wrong = append(wrong, "it came from "+sender.workload.name+", not from the client's own sidecar")
	}
	if places := r.placesOf(a); !slices.ContainsFunc(places, func(p []string) bool { return slices.Contains(p, v.place) }) {
		wrong = append(wrong, fmt.Sprintf("it arrived at %s, not at one of %v", v.place, places))
	}
	layers := v.layers
	if a.TLS != "" && len(layers) == 0 {
		wrong = append(wrong, "it arrived without TLS")
	} else if a.TLS != "" {
		check("sni", a.SNI, layers[0].sni)
		check("client certificate", r.certificateOf(a, sender), subjectOf(layers[0]))
		if c.method != "" && a.HTTP2 {
			check("alpn", "h2", layers[0].alpn)
		}
		layers = layers[1:]
	}
	if c.ownTLS() != (len(layers) == 1) || len(layers) > 1 {
		wrong = append(wrong, fmt.Sprintf("%d layers of TLS are the application's own", len(layers)))
	} else if c.ownTLS() {
		check("the application's sni", sniOf(c), layers[0].sni)
	}
	if c.method != "" {
		check("method", c.method, v.method)
		check("host", strings.ToLower(cmp.Or(a.Authority, c.authority())), strings.ToLower(v.host))
		check("path", cmp.Or(a.Path, c.path), v.path)
		if !c.ownTLS() {
			check("HTTP/2", fmt.Sprint(a.HTTP2), fmt.Sprint(v.protocol == "HTTP/2.0"))
		}
	}
	if c.method != "" {
		check("reveals", fmt.Sprint(a.Reveals), fmt.Sprint(v.headers.Get(clientCertificate) != ""))
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s", strings.Join(wrong, "\n"))
	}
	return nil
}

// certificateOf is the subject of the client certificate that the last proxy shall show.
func (r *rig) certificateOf(a arrival, sender *envoy) string {
	if a.TLS == "ISTIO_MUTUAL" && sender != nil {
		return r.istiod.world.identityOf(sender.workload)
	}
	return a.Certificate
}

func subjectOf(l layer) string {
	if l.client == nil {
		return ""
	}
	return l.client.Subject.CommonName
}
