package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	rbacpb "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	httprbac "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	hcm "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tcprbac "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	"istio.io/istio/pilot/pkg/simulation"
	"istio.io/istio/pilot/test/xdstest"
)

// clientCertificate is the header in which a gateway says who called it, with the certificate that it was shown.
const clientCertificate = "x-forwarded-client-cert"

// step is what one proxy does with a call: it refuses, or sends it to one of some clusters.
type step struct {
	refused  string
	location string // where a redirect leads
	body     string // what is answered
	branches []branch
	headers  map[string]string // as sent on
	mirrors  []string          // clusters that get copies
	removed  []string          // headers that are not sent on
	http     bool              // the proxy reads HTTP, so that a failure has a status
	attempts int               // how often the proxy sends it while it fails
}

// step asks the simulation for listener, filter chain and virtual host, and does itself what the simulation leaves out: access rules, header matches, weights.
func (m *istiod) step(at *proxy, asked simulation.Call, a *attempt) step {
	var chain *listener.FilterChain
	asked.CustomListenerValidations = []simulation.CustomFilterChainValidation{
		func(matched *listener.FilterChain) error { chain = matched; return nil },
	}
	result := at.sim.Run(asked)
	if chain == nil {
		return step{refused: "reset"}
	}
	if !every(networkRules(chain), func(rules *rbacpb.RBAC) bool {
		return allows(rules, &attempt{sni: a.sni, principal: a.principal, source: a.source, port: a.port})
	}) {
		return step{refused: "reset"}
	}
	manager := xdstest.ExtractHTTPConnectionManager(m.t, chain)
	if manager == nil {
		if result.Error != nil {
			return step{refused: "reset"}
		}
		return step{branches: tcpBranches(m, chain), headers: a.headers, attempts: 1}
	}
	if errors.Is(result.Error, simulation.ErrProtocolError) || errors.Is(result.Error, simulation.ErrTLSError) || errors.Is(result.Error, simulation.ErrMTLSError) {
		return step{refused: "reset"}
	}
	if !every(httpRules(manager), func(rules *rbacpb.RBAC) bool { return allows(rules, a) }) {
		return step{refused: "403", http: true}
	}
	if errors.Is(result.Error, simulation.ErrTLSRedirect) {
		return step{refused: "301", http: true}
	}
	return routed(at, manager, result, a)
}

func routed(at *proxy, manager *hcm.HttpConnectionManager, result simulation.Result, a *attempt) step {
	config := manager.GetRouteConfig()
	if config == nil {
		config = xdstest.ExtractRouteConfigurations(at.sim.Routes)[manager.GetRds().GetRouteConfigName()]
	}
	for _, host := range config.GetVirtualHosts() {
		if host.Name != result.VirtualHostMatched {
			continue
		}
		r := firstRoute(host, a)
		if r == nil {
			break
		}
		if status := aborted(r); status != "" {
			return step{refused: status, http: true}
		}
		switch action := r.Action.(type) {
		case *route.Route_DirectResponse:
			return step{refused: strconv.Itoa(int(action.DirectResponse.Status)), body: action.DirectResponse.GetBody().GetInlineString(), http: true}
		case *route.Route_Redirect:
			return redirected(action.Redirect, a)
		case *route.Route_Route:
			return step{
				branches: branches(action.Route), mirrors: mirrors(action.Route), removed: r.RequestHeadersToRemove,
				headers: rewritten(r, a), http: true, attempts: attempts(action.Route),
			}
		}
		panic(fmt.Sprintf("route action %T is not simulated", r.Action))
	}
	return step{refused: "404", http: true}
}

func tcpBranches(m *istiod, chain *listener.FilterChain) []branch {
	proxy := xdstest.ExtractTCPProxy(m.t, chain)
	if weighted := proxy.GetWeightedClusters(); weighted != nil {
		var found []branch
		for _, c := range weighted.Clusters {
			found = append(found, branch{cluster: c.Name, weight: int(c.Weight)})
		}
		return found
	}
	return []branch{{cluster: proxy.GetCluster()}}
}

// copies gives the endpoints that may get what is mirrored.
func (m *istiod) copies(at *proxy, mirrors []string) (found []string) {
	for _, name := range mirrors {
		if cluster := xdstest.ExtractCluster(name, at.sim.Clusters); cluster != nil {
			found = append(found, slices.Concat(byPriority(cluster, assignment(m.server, at.model, cluster), "", 0)...)...)
		}
	}
	return found
}

func networkRules(chain *listener.FilterChain) []*rbacpb.RBAC {
	var found []*rbacpb.RBAC
	for _, f := range chain.Filters {
		filter := &tcprbac.RBAC{}
		if f.GetTypedConfig().MessageIs(filter) && f.GetTypedConfig().UnmarshalTo(filter) == nil {
			found = append(found, filter.Rules)
		}
	}
	return found
}

func httpRules(manager *hcm.HttpConnectionManager) []*rbacpb.RBAC {
	var found []*rbacpb.RBAC
	for _, f := range manager.HttpFilters {
		filter := &httprbac.RBAC{}
		if f.GetTypedConfig().MessageIs(filter) && f.GetTypedConfig().UnmarshalTo(filter) == nil {
			found = append(found, filter.Rules)
		}
	}
	return found
}

// clusterHost gives the host and port that an outbound cluster's name stands for.
func clusterHost(name string) string {
	parts := strings.Split(name, "|")
	if len(parts) != 4 {
		return name
	}
	return parts[3] + ":" + parts[1]
}
