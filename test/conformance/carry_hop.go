package main

import (
	"fmt"
)

// hopCounts are what gateways count of the hop.
type hopCounts struct{ connections, handshakes, http2 int }

func (r *rig) gatewayCounts() hopCounts {
	var total hopCounts
	for _, e := range r.gateways {
		total.connections += e.count(`listener\..*downstream_cx_total`)
		total.handshakes += e.count(`listener\..*ssl\.handshake`)
		total.http2 += e.count(`downstream_rq_http2_total`)
	}
	return total
}

// checkHop wants the way to the gateway by mutual TLS, or without where that is expected, and by HTTP/2 where the call is.
func (r *rig) checkHop(c call, before hopCounts, seen *carried) error {
	after := r.gatewayCounts()
	for _, a := range c.Arrives {
		switch {
		case a.Gateway == "":
			continue
		case a.Hop == "" && after.handshakes == 0:
			return fmt.Errorf("no gateway has seen a TLS handshake")
		case a.Hop != "" && after.handshakes != before.handshakes:
			return fmt.Errorf("the gateway ended TLS, which was to pass through")
		}
		if a.HTTP2 {
			if after.http2 == before.http2 {
				return fmt.Errorf("the hop to the gateway was not by HTTP/2")
			}
			seen.shown = append(seen.shown, "HTTP/2 over the hop")
		}
	}
	return nil
}
