package main

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// checkPackets passes for each packet of the folder that the network treats as it says.
func (n *network) checkPackets(packets []packet, tally *tally) {
	for _, p := range packets {
		passes, why := n.verdict(p)
		if passes != p.Dropped {
			tally.pass(fmt.Sprintf("network: %s %s", p, fate(passes)))
		} else {
			tally.fail(fmt.Sprintf("network: %s %s", p, fate(passes)), why)
		}
	}
}

func fate(passes bool) string {
	if passes {
		return "passes"
	}
	return "is dropped"
}

// checkCall passes if what istiod's simulation sends off gets where it goes, or nowhere if the call says that it is dropped.
func (n *network) checkCall(c call, seen outcome, tally *tally) {
	ways := n.ways(c, seen)
	if len(ways) == 0 {
		if c.Dropped {
			tally.fail("network: "+c.Name, "dropped: nothing is sent that a network could drop")
		}
		return
	}
	for _, way := range ways {
		stopped := slices.IndexFunc(way, func(p packet) bool { passes, _ := n.verdict(p); return !passes })
		if (stopped >= 0) == c.Dropped {
			continue
		}
		if stopped < 0 {
			tally.fail("network: "+c.Name, fmt.Sprintf("passes, and should be dropped: %v", way))
			return
		}
		_, why := n.verdict(way[stopped])
		tally.fail("network: "+c.Name, fmt.Sprintf("dropped: %s", way[stopped]), why)
		return
	}
	tally.pass(fmt.Sprintf("network: %s %s", c.Name, fate(!c.Dropped)))
}

// after gives what becomes of a call once the network has judged its packets: it is refused where none of its ways is open. A nil network drops nothing.
func (n *network) after(c call, seen outcome) outcome {
	if n == nil {
		return seen
	}
	ways := n.ways(c, seen)
	for _, way := range ways {
		if !slices.ContainsFunc(way, func(p packet) bool { passes, _ := n.verdict(p); return !passes }) {
			return seen
		}
	}
	if len(ways) == 0 {
		return seen
	}
	return outcome{Refused: &refusal{Status: "dropped", By: "network"}}
}

// ways gives the packets of a call, from proxy to proxy, one list for each end that it may have.
func (n *network) ways(c call, seen outcome) [][]packet {
	client := n.world.client(c).ip
	if seen.Passthrough != "" {
		return n.onward(nil, client, seen.Passthrough)
	}
	var found [][]packet
	for _, a := range seen.Arrives {
		var before []packet
		from := client
		if a.hopTo != "" {
			before = n.onward(nil, client, a.hopTo)[0]
			from = before[0].To
		}
		for _, address := range slices.Concat(a.Endpoints...) {
			if !strings.HasPrefix(address, "unix:") {
				found = append(found, n.onward(before, from, address)...)
			}
		}
	}
	return found
}

// onward adds the packet to an address, a name as proxies resolve it and a Service as the node translates it.
func (n *network) onward(before []packet, from, address string) [][]packet {
	host, text, _ := net.SplitHostPort(address)
	port, _ := strconv.Atoi(text)
	ip := n.world.proxyAddress(host)
	ends := n.behind(ip, int32(port))
	if len(ends) == 0 {
		ends = []packet{{To: ip, Port: port}}
	}
	var found [][]packet
	for _, end := range ends {
		end.From = from
		found = append(found, append(slices.Clone(before), end))
	}
	return found
}

// behind gives pods and their ports behind a Service's address.
func (n *network) behind(ip string, port int32) (found []packet) {
	for _, o := range n.world.objects {
		service, isService := o.(*corev1.Service)
		if !isService || service.Spec.ClusterIP != ip {
			continue
		}
		at := slices.IndexFunc(service.Spec.Ports, func(p corev1.ServicePort) bool { return p.Port == port })
		for _, other := range n.world.objects {
			slice, isSlice := other.(*discoveryv1.EndpointSlice)
			if at < 0 || !isSlice || slice.Namespace != service.Namespace || slice.Labels[discoveryv1.LabelServiceName] != service.Name {
				continue
			}
			for _, e := range slice.Endpoints {
				found = append(found, packet{To: e.Addresses[0], Port: int(*slice.Ports[at].Port)})
			}
		}
	}
	return found
}
