package main

import (
	"fmt"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"

	"istio.io/istio/pilot/pkg/simulation"
	"istio.io/istio/pilot/test/xdstest"
	"istio.io/istio/pkg/test"
)

// outcome is what became of a call.
type outcome struct {
	Arrives     arrivals `json:"arrives,omitempty"`
	Refused     *refusal `json:"refused,omitempty"`
	Passthrough string   `json:"passthrough,omitempty"`
}

// simulate makes every call of the folder in a running istiod, and gives what istiod complained of meanwhile.
func simulate(read *folder, w *world, tally *tally) (complaints []string) {
	policies, err := newNetwork(read, w)
	if err != nil {
		tally.fail("network", err.Error())
	}
	err = guard(func(f test.Failer, t *testing.T) {
		m := startIstiod(f, t, read, w)
		for _, gateway := range w.gateways {
			m.proxy(gateway)
		}
		for _, c := range read.calls.Calls {
			if c.Simulated != nil && !*c.Simulated {
				continue
			}
			var seen outcome
			if err := guard(func(test.Failer, *testing.T) { seen = m.follow(c) }); err != nil {
				tally.fail(c.Name, err.Error())
				continue
			}
			checkCall(c, seen, tally)
			if policies != nil {
				policies.checkCall(c, seen, tally)
			}
		}
		complaints = m.complaints()
	})
	if err != nil {
		tally.fail("simulated", err.Error())
	}
	if policies != nil {
		policies.checkPackets(read.calls.Packets, tally)
	}
	return complaints
}

// follow gives what becomes of a call from its sidecar on.
func (m *istiod) follow(c call) outcome {
	client := m.proxy(m.world.client(c))
	dialled, port, mode := c.To, c.port, simulation.CallModeOutbound
	if c.Ingress != "" {
		dialled, port, mode = client.workload.ip, m.world.podPort(c.Ingress, c.port), simulation.CallModeGateway
	} else if dialled == "" {
		dialled = m.resolve(client, c.host)
	}
	if dialled == "" {
		return outcome{Refused: &refusal{Status: "unresolved", By: "client"}}
	}
	a := &attempt{source: client.workload.ip, port: port, headers: map[string]string{}}
	asked := simulation.Call{
		Address: dialled, Port: port, Protocol: simulation.TCP, TLS: simulation.Plaintext, CallMode: mode,
	}
	if c.ownTLS() {
		asked.TLS, asked.Sni = simulation.TLS, sniOf(c)
		a.sni = asked.Sni
	}
	if c.method != "" {
		asked.Protocol = simulation.HTTP
		if c.scheme == "h2c" || c.scheme == "grpc" {
			asked.Protocol = simulation.HTTP2
		}
		for name, value := range c.Headers {
			a.headers[strings.ToLower(name)] = value
		}
		a.headers[":method"], a.headers[":path"], a.headers[":authority"] = c.method, c.path, c.authority()
		// Envoy finds the virtual host whatever the case; the simulation does not.
		asked.HostHeader, asked.Path = strings.ToLower(c.authority()), a.path()
	}
	return m.through(client, asked, a, c, nil)
}

// through gives what becomes of a call at one proxy and after it; hop is the gateway's part of the arrival, nil at the client.
func (m *istiod) through(at *proxy, asked simulation.Call, a *attempt, c call, hop *arrival) outcome {
	by := "client"
	if hop != nil {
		by = "gateway"
	}
	taken := m.step(at, asked, a)
	if taken.refused != "" {
		return outcome{Refused: &refusal{Status: taken.refused, By: by, Location: taken.location, Body: taken.body}}
	}
	unavailable := outcome{Refused: &refusal{Status: "503", By: by}}
	if !taken.http {
		unavailable.Refused.Status = "reset"
	}
	all, total := outcome{}, 0
	for _, b := range taken.branches {
		total += b.weight
	}
	for _, b := range taken.branches {
		onward := taken
		if b.authority != "" {
			onward.headers = maps.Clone(taken.headers)
			onward.headers[":authority"] = b.authority
		}
		one := m.branch(at, asked, a, c, hop, onward, b, unavailable)
		for i := range one.Arrives {
			if len(taken.branches) > 1 {
				one.Arrives[i].Weight = 100 * b.weight / total
			}
		}
		all.Arrives = append(all.Arrives, one.Arrives...)
		if one.Refused != nil {
			all.Refused = one.Refused
		}
		if one.Passthrough != "" {
			all.Passthrough = one.Passthrough
		}
	}
	return all
}

func (m *istiod) branch(at *proxy, asked simulation.Call, a *attempt, c call, hop *arrival, taken step, b branch, unavailable outcome) outcome {
	switch b.cluster {
	case "PassthroughCluster":
		dialled := net.JoinHostPort(asked.Address, strconv.Itoa(asked.Port))
		// What nobody declared may be a gateway's own pod: what becomes of it there is what counts.
		if gateway := m.gatewayAt(addresses{{dialled}}, ""); gateway != nil && hop == nil {
			return m.hop(at.workload, gateway, addresses{{dialled}}, security{}, asked, a, taken, c)
		}
		return outcome{Passthrough: dialled}
	case "BlackHoleCluster":
		return outcome{Refused: &refusal{Status: "reset", By: unavailable.Refused.By}}
	}
	cluster := xdstest.ExtractCluster(b.cluster, at.sim.Clusters)
	if cluster == nil {
		return unavailable
	}
	load := assignment(m.server, at.model, cluster)
	to := byPriority(cluster, load, asked.Address, asked.Port)
	if len(to) == 0 {
		return unavailable
	}
	secured, err := securityOf(cluster, load, taken.headers[":authority"])
	if err != nil {
		panic(err)
	}
	if gateway := m.gatewayAt(to, c.GatewayAt); gateway != nil && hop == nil {
		return m.hop(at.workload, gateway, to, secured, asked, a, taken, c)
	}
	found := arrival{Attempts: 1}
	if hop != nil {
		found = *hop
	}
	found.Attempts *= taken.attempts
	found.Mirrors = m.copies(at, taken.mirrors)
	found.Reveals = a.principal != "" && taken.http && !slices.Contains(slices.Concat(taken.removed, b.removed), clientCertificate)
	found.Path, found.Authority = taken.headers[":path"], taken.headers[":authority"]
	found.Host, found.Endpoints = clusterHost(b.cluster), to
	found.TLS, found.SNI, found.SubjectAltNames, found.CA, found.Certificate = secured.mode, secured.sni, secured.subjectAltNames, secured.ca, secured.certificate
	found.HTTP2 = taken.http && protocolOptions(cluster).GetExplicitHttpConfig().GetHttp2ProtocolOptions() != nil
	return outcome{Arrives: arrivals{found}}
}

// gatewayAt gives the gateway pod among the first endpoints of a cluster: the one in the locality asked for, else the first.
func (m *istiod) gatewayAt(to addresses, locality string) *workload {
	for _, pod := range m.world.gateways {
		for _, address := range to[0] {
			if host, _, _ := net.SplitHostPort(address); host == pod.ip && (locality == "" || locality == pod.locality) {
				return pod
			}
		}
	}
	return nil
}

// hop sends the call on to a gateway pod as the client's proxy would, and gives what becomes of it there.
func (m *istiod) hop(client, gateway *workload, to addresses, secured security, asked simulation.Call, a *attempt, taken step, c call) outcome {
	port := 0
	for _, address := range to[0] {
		if host, text, _ := net.SplitHostPort(address); host == gateway.ip {
			port, _ = strconv.Atoi(text)
		}
	}
	next := &attempt{headers: taken.headers, source: a.source, port: port, sni: a.sni}
	onward := simulation.Call{
		Address: gateway.ip, Port: port, Protocol: asked.Protocol, TLS: asked.TLS, Sni: asked.Sni,
		HostHeader: strings.ToLower(taken.headers[":authority"]), Path: next.path(), CallMode: simulation.CallModeGateway,
	}
	found := &arrival{
		Gateway: gateway.service, Hop: "DISABLE", Attempts: taken.attempts, hopTo: net.JoinHostPort(gateway.ip, strconv.Itoa(port)),
	}
	if secured.mode != "" {
		found.Hop = secured.mode
		onward.TLS, onward.Sni, next.sni = simulation.TLS, secured.sni, secured.sni
		if !taken.http {
			onward.Protocol = simulation.TCP
		}
	}
	if secured.mode == "ISTIO_MUTUAL" {
		found.Hop, onward.TLS = "", simulation.MTLS
		next.principal = fmt.Sprintf("%s/ns/%s/sa/%s", m.world.trustDomain(), client.namespace, client.account)
	}
	ended := m.through(m.proxy(gateway), onward, next, c, found)
	if ended.Refused != nil && ended.Refused.Status == "reset" && taken.http {
		ended.Refused.Status = "503" // which the client's own sidecar answers
	}
	return ended
}
