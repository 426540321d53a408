package main

import (
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

const (
	dnsAddress = "127.0.0.53"
	dnsPort    = 53
)

// proxyAddress is what DNS answers a proxy for a host: proxies ask the cluster's, also where they answer their applications themselves.
func (w *world) proxyAddress(host string) string {
	if ip := net.ParseIP(host); ip != nil {
		return host
	}
	if address := w.services[host]; address != "" {
		return address
	}
	if address := w.record(host); address != "" {
		return address
	}
	return publicAddress(host)
}

// resolvable says where a proxy would dial in a circle: a host whose record is its own virtual address, and which has no other endpoint.
func (r *rig) resolvable(c call) error {
	for _, a := range c.Arrives {
		for _, endpoint := range slices.Concat(a.Endpoints...) {
			host, _, _ := net.SplitHostPort(endpoint)
			if virtual := r.istiod.world.settings.VirtualAddresses[host]; virtual != "" && virtual == r.istiod.world.proxyAddress(host) {
				return fmt.Errorf("the cluster's DNS gives proxies too %s for %s, its own virtual address, where nothing answers: it takes dnsCapture or endpoints", virtual, host)
			}
		}
	}
	return nil
}

// startDNS answers A queries as the world does, and any other with nothing.
func startDNS(w *world) (*dns.Server, error) {
	connection, err := net.ListenPacket("udp", fmt.Sprintf("%s:%d", dnsAddress, dnsPort))
	if err != nil {
		return nil, err
	}
	server := &dns.Server{PacketConn: connection, Handler: dns.HandlerFunc(func(out dns.ResponseWriter, asked *dns.Msg) {
		answer := new(dns.Msg).SetReply(asked)
		for _, q := range asked.Question {
			address := net.ParseIP(w.proxyAddress(strings.ToLower(strings.TrimSuffix(q.Name, "."))))
			header := dns.RR_Header{Name: q.Name, Rrtype: q.Qtype, Class: dns.ClassINET, Ttl: 60}
			if q.Qtype == dns.TypeA && address.To4() != nil {
				answer.Answer = append(answer.Answer, &dns.A{Hdr: header, A: address})
			}
			if q.Qtype == dns.TypeAAAA && address.To4() == nil {
				answer.Answer = append(answer.Answer, &dns.AAAA{Hdr: header, AAAA: address})
			}
		}
		_ = out.WriteMsg(answer)
	})}
	go func() { _ = server.ActivateAndServe() }()
	return server, nil
}
