package main

import (
	"fmt"
	"hash/fnv"
	"net/netip"
	"slices"
	"strings"
)

// privateSuffixes end names that public DNS cannot know.
var privateSuffixes = []string{".internal", ".local", ".external", ".localhost", ".svc"}

// resolve gives the address at which an application would dial a host, empty if no DNS in this world knows the name.
func (m *istiod) resolve(from *proxy, host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	if m.world.settings.DNSCapture {
		if address := m.captured(from, host); address != "" {
			return address
		}
	}
	for _, suffix := range []string{"", ".svc.cluster.local", "." + from.workload.namespace + ".svc.cluster.local"} {
		if address := m.world.services[host+suffix]; address != "" {
			return address
		}
	}
	if address := m.world.record(host); address != "" {
		return address
	}
	private := func(suffix string) bool { return strings.HasSuffix(host, suffix) }
	if !strings.Contains(host, ".") || slices.ContainsFunc(privateSuffixes, private) {
		return ""
	}
	return publicAddress(host)
}

// record is what the case puts into the cluster's DNS for a host. Where sidecars answer DNS, virtual addresses need no record.
func (w *world) record(host string) string {
	if address := w.settings.DNS[host]; address != "" || w.settings.DNSCapture {
		return address
	}
	return w.settings.VirtualAddresses[host]
}

// captured asks the name table that istiod gives to a proxy which answers DNS itself.
func (m *istiod) captured(from *proxy, host string) string {
	table := m.server.ConfigGen.BuildNameTable(from.model, m.server.PushContext()).Table
	for name := host; name != ""; {
		if found := table[name]; found != nil && len(found.Ips) > 0 {
			return found.Ips[0]
		}
		_, rest, more := strings.Cut(strings.TrimPrefix(name, "*."), ".")
		if !more {
			break
		}
		name = "*." + rest
	}
	return ""
}

// publicAddress stands for what public DNS would answer: the same for the same name, in no range that a case uses.
func publicAddress(host string) string {
	sum := fnv.New32a()
	sum.Write([]byte(host))
	return fmt.Sprintf("198.18.%d.%d", sum.Sum32()>>8&255, 1+sum.Sum32()&127)
}
