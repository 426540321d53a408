package main

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sort"
	"strconv"
	"strings"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	upstreams "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	matcher "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/xds/endpoints"
	"istio.io/istio/pilot/test/xds"
)

// assignment gives the endpoints of a cluster as the proxy gets them, whichever way they come.
func assignment(server *xds.FakeDiscoveryServer, proxy *model.Proxy, c *cluster.Cluster) *endpoint.ClusterLoadAssignment {
	if c.GetType() == cluster.Cluster_EDS {
		builder := endpoints.NewEndpointBuilder(c.Name, proxy, server.PushContext())
		return builder.BuildClusterLoadAssignment(server.Discovery.Env.EndpointIndex)
	}
	return c.LoadAssignment
}

// byPriority lists the addresses of a cluster's endpoints, the priority that serves first; an original destination is what the client dialled.
func byPriority(c *cluster.Cluster, load *endpoint.ClusterLoadAssignment, dialled string, port int) addresses {
	if c.GetType() == cluster.Cluster_ORIGINAL_DST {
		if override := c.GetOriginalDstLbConfig().GetUpstreamPortOverride(); override != nil {
			port = int(override.Value)
		}
		return addresses{{net.JoinHostPort(dialled, strconv.Itoa(port))}}
	}
	lists := map[uint32][]string{}
	for _, locality := range load.GetEndpoints() {
		for _, e := range locality.LbEndpoints {
			if e.HealthStatus != core.HealthStatus_UNHEALTHY {
				lists[locality.Priority] = append(lists[locality.Priority], addressOf(e.GetEndpoint().GetAddress()))
			}
		}
	}
	var priorities []uint32
	for priority := range lists {
		priorities = append(priorities, priority)
	}
	slices.Sort(priorities)
	var found addresses
	for _, priority := range priorities {
		sort.Strings(lists[priority])
		found = append(found, lists[priority])
	}
	return found
}

func addressOf(a *core.Address) string {
	if pipe := a.GetPipe(); pipe != nil {
		return "unix:" + pipe.Path
	}
	return net.JoinHostPort(a.GetSocketAddress().GetAddress(), strconv.Itoa(int(a.GetSocketAddress().GetPortValue())))
}

// security is the TLS that a proxy adds towards a cluster.
type security struct {
	mode, sni, ca, certificate string
	subjectAltNames            []string
}

// securityOf gives the TLS towards a cluster's endpoints. host is the request's, for what follows it; an error means that endpoints differ.
func securityOf(c *cluster.Cluster, load *endpoint.ClusterLoadAssignment, host string) (security, error) {
	sockets := map[string]*core.TransportSocket{}
	for _, locality := range load.GetEndpoints() {
		for _, e := range locality.LbEndpoints {
			socket := socketFor(c, e)
			sockets[socket.GetName()] = socket
		}
	}
	if len(sockets) > 1 {
		return security{}, fmt.Errorf("some endpoints of %s get TLS and some do not", c.Name)
	}
	for _, socket := range sockets {
		return readSecurity(c, socket, host)
	}
	return readSecurity(c, socketFor(c, nil), host)
}

// socketFor chooses an endpoint's transport as Envoy does: the first match by its metadata, else the cluster's.
func socketFor(c *cluster.Cluster, e *endpoint.LbEndpoint) *core.TransportSocket {
	given := e.GetMetadata().GetFilterMetadata()["envoy.transport_socket_match"].GetFields()
	for _, match := range c.TransportSocketMatches {
		fits := true
		for key, want := range match.Match.GetFields() {
			fits = fits && given[key].GetStringValue() == want.GetStringValue()
		}
		if fits {
			return match.TransportSocket
		}
	}
	return c.TransportSocket
}

func readSecurity(c *cluster.Cluster, socket *core.TransportSocket, host string) (security, error) {
	if socket == nil || !strings.HasSuffix(socket.Name, "tls") {
		return security{}, nil
	}
	context := &tls.UpstreamTlsContext{}
	if err := socket.GetTypedConfig().UnmarshalTo(context); err != nil {
		return security{}, err
	}
	common := context.CommonTlsContext
	found := security{mode: "SIMPLE", sni: context.Sni}
	validation := common.GetValidationContext()
	if combined := common.GetCombinedValidationContext(); combined != nil {
		validation = combined.DefaultValidationContext
		found.ca = secretName(combined.ValidationContextSdsSecretConfig.GetName())
	} else if named := common.GetValidationContextSdsSecretConfig(); named != nil {
		found.ca = secretName(named.Name)
	} else if file := validation.GetTrustedCa().GetFilename(); file != "" {
		found.ca = file
	}
	for _, name := range validation.GetMatchSubjectAltNames() { //nolint:staticcheck // deprecated, and what istiod writes
		found.subjectAltNames = append(found.subjectAltNames, nameText(name))
	}
	for _, name := range validation.GetMatchTypedSubjectAltNames() {
		found.subjectAltNames = append(found.subjectAltNames, nameText(name.Matcher))
	}
	if certificates := common.GetTlsCertificateSdsSecretConfigs(); len(certificates) > 0 {
		found.mode, found.certificate = "MUTUAL", secretName(certificates[0].Name)
	}
	if found.certificate == "default" && found.ca == "ROOTCA" {
		found.mode, found.certificate, found.ca = "ISTIO_MUTUAL", "", ""
	}
	if options := protocolOptions(c); options.GetUpstreamHttpProtocolOptions() != nil {
		bare := withoutPort(host)
		if _, err := netip.ParseAddr(bare); err != nil && options.UpstreamHttpProtocolOptions.AutoSni && found.sni == "" {
			found.sni = bare
		}
		if options.UpstreamHttpProtocolOptions.AutoSanValidation && len(found.subjectAltNames) == 0 && bare != "" {
			found.subjectAltNames = []string{bare}
		}
	}
	return found, nil
}

func protocolOptions(c *cluster.Cluster) *upstreams.HttpProtocolOptions {
	options := &upstreams.HttpProtocolOptions{}
	if packed := c.TypedExtensionProtocolOptions["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"]; packed != nil {
		_ = packed.UnmarshalTo(options)
	}
	return options
}

func withoutPort(authority string) string {
	if host, _, err := net.SplitHostPort(authority); err == nil {
		return host
	}
	return strings.Trim(authority, "[]")
}

// secretName is a secret as calls.yaml writes it: `system`, a path, or `kubernetes://name`.
func secretName(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, "file-root:"), "file-cert:")
}

func nameText(m *matcher.StringMatcher) string {
	switch pattern := m.MatchPattern.(type) {
	case *matcher.StringMatcher_Exact:
		return pattern.Exact
	case *matcher.StringMatcher_Suffix:
		return "*" + pattern.Suffix
	case *matcher.StringMatcher_Prefix:
		return pattern.Prefix + "*"
	}
	return m.String()
}
