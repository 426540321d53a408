package main

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	proxyprotocol "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/proxy_protocol/v3"
	cares "github.com/envoyproxy/go-control-plane/envoy/extensions/network/dns_resolver/cares/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/wrapperspb"
	callersecurity "istio.io/istio/pkg/security"
)

const (
	identityKey  = "carried-identity"
	outboundPort = 15001 // where a sidecar takes what its application sends
)

// Ejections of a test cannot take as long as those of a mesh: what is longer than can be awaited is cut.
var (
	awaited = 3 * time.Second
	hurried = struct{ interval, ejection time.Duration }{100 * time.Millisecond, time.Second}
)

// relay stands between one Envoy and istiod. It says who asks, and changes what depends on where an Envoy runs: addresses, DNS, interception, patience.
type relay struct {
	discovery.UnimplementedAggregatedDiscoveryServiceServer
	istiod   *istiod
	workload *workload
	refused  func(string)
}

func (r *relay) StreamAggregatedResources(down discovery.AggregatedDiscoveryService_StreamAggregatedResourcesServer) error {
	connection, err := grpc.NewClient("passthrough:///istiod", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
			return r.istiod.server.BufListener.DialContext(ctx)
		}),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(64<<20)))
	if err != nil {
		return err
	}
	defer connection.Close()
	identified := metadata.AppendToOutgoingContext(down.Context(), identityKey, r.istiod.world.identityOf(r.workload))
	up, err := discovery.NewAggregatedDiscoveryServiceClient(connection).StreamAggregatedResources(identified)
	if err != nil {
		return err
	}
	go func() {
		for {
			asked, err := down.Recv()
			if err != nil {
				_ = up.CloseSend()
				return
			}
			if asked.ErrorDetail != nil {
				r.refused(r.workload.name + " refuses " + asked.TypeUrl + ": " + asked.ErrorDetail.Message)
			}
			if up.Send(asked) != nil {
				return
			}
		}
	}()
	for {
		answer, err := up.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, resource := range answer.Resources {
			if err := r.fit(resource); err != nil {
				return err
			}
		}
		if err := down.Send(answer); err != nil {
			return err
		}
	}
}

// fit changes a resource to what holds inside the rig.
func (r *relay) fit(resource *anypb.Any) error {
	switch {
	case resource.MessageIs(&listener.Listener{}):
		return rewrite(resource, &listener.Listener{}, r.fitListener)
	case resource.MessageIs(&cluster.Cluster{}):
		return rewrite(resource, &cluster.Cluster{}, fitCluster)
	}
	return nil
}

func rewrite[T proto.Message](resource *anypb.Any, message T, change func(T) error) error {
	if err := resource.UnmarshalTo(message); err != nil {
		return err
	}
	if err := change(message); err != nil {
		return err
	}
	return resource.MarshalFrom(message)
}

// fitListener binds to the workload's own address. Interception is told by PROXY protocol instead of iptables: both set the same thing, the destination
// that the application dialled.
func (r *relay) fitListener(l *listener.Listener) error {
	if l.BindToPort != nil && !l.BindToPort.Value {
		return nil
	}
	l.GetAddress().GetSocketAddress().Address = r.workload.ip
	l.AdditionalAddresses, l.EnableReusePort = nil, wrapperspb.Bool(false)
	if l.GetAddress().GetSocketAddress().GetPortValue() != outboundPort || r.workload.service != "" {
		return nil
	}
	told, err := anypb.New(&proxyprotocol.ProxyProtocol{})
	if err != nil {
		return err
	}
	l.ListenerFilters = append([]*listener.ListenerFilter{{
		Name: "envoy.filters.listener.proxy_protocol", ConfigType: &listener.ListenerFilter_TypedConfig{TypedConfig: told},
	}}, without(l.ListenerFilters, "original_dst")...)
	return nil
}

func without(filters []*listener.ListenerFilter, name string) []*listener.ListenerFilter {
	var left []*listener.ListenerFilter
	for _, f := range filters {
		if !strings.HasSuffix(f.Name, name) {
			left = append(left, f)
		}
	}
	return left
}

// fitCluster asks the rig's DNS, and ejects as configured, but never later or for longer than can be awaited.
func fitCluster(c *cluster.Cluster) error {
	if resolver := c.TypedDnsResolverConfig; resolver != nil {
		if err := rewrite(resolver.TypedConfig, &cares.CaresDnsResolverConfig{}, func(config *cares.CaresDnsResolverConfig) error {
			config.Resolvers = []*core.Address{{Address: &core.Address_SocketAddress{SocketAddress: &core.SocketAddress{
				Address: dnsAddress, PortSpecifier: &core.SocketAddress_PortValue{PortValue: dnsPort},
			}}}}
			config.DnsResolverOptions = &core.DnsResolverOptions{NoDefaultSearchDomain: true}
			return nil
		}); err != nil {
			return err
		}
	}
	if c.OutlierDetection != nil {
		c.OutlierDetection.Interval = hurry(c.OutlierDetection.Interval, hurried.interval)
		c.OutlierDetection.BaseEjectionTime = hurry(c.OutlierDetection.BaseEjectionTime, hurried.ejection)
		c.OutlierDetection.MaxEjectionTime = c.OutlierDetection.BaseEjectionTime
	}
	return nil
}

// hurry gives the time that is configured if it can be awaited, else a shorter one.
func hurry(configured *durationpb.Duration, shorter time.Duration) *durationpb.Duration {
	if configured == nil || configured.AsDuration() > awaited {
		return durationpb.New(shorter)
	}
	return configured
}

// callers verifies to istiod who calls: the relay says it.
type callers struct{}

func (callers) AuthenticatorType() string { return "relay" }

func (callers) Authenticate(context callersecurity.AuthContext) (*callersecurity.Caller, error) {
	said, _ := metadata.FromIncomingContext(context.GrpcContext)
	return &callersecurity.Caller{AuthSource: callersecurity.AuthSourceClientCertificate, Identities: said.Get(identityKey)}, nil
}
