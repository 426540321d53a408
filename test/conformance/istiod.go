package main

import (
	"fmt"
	"sort"
	"strings"
	"testing"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	networking "istio.io/api/networking/v1alpha3"
	crdconfig "istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/simulation"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/test"
)

const istioVersion = "1.31.0"

// istiod is a running one, and the proxies of the world as it configures them.
type istiod struct {
	world   *world
	server  *xds.FakeDiscoveryServer
	t       *testing.T
	proxies map[*workload]*proxy
}

// proxy is one workload's Envoy as istiod sees it, with what istiod sends it.
type proxy struct {
	workload *workload
	model    *model.Proxy
	sim      *simulation.Simulation
}

// startIstiod runs istiod on the output in its world; it ends with f.
func startIstiod(f test.Failer, t *testing.T, read *folder, w *world) *istiod {
	meshConfig, err := w.settings.mesh()
	if err != nil {
		f.Fatal(err)
	}
	server := xds.NewFakeDiscoveryServer(f, xds.FakeOptions{
		Configs: configsOf(read), KubernetesObjects: w.objects, MeshConfig: meshConfig, DisableSecretAuthorization: true,
	})
	server.EnsureSynced(f)
	return &istiod{world: w, server: server, t: t, proxies: map[*workload]*proxy{}}
}

// configsOf gives the Istio objects of the output as istiod keeps them, with the addresses that its controller would allocate: it keeps clear of those that are written, which lie lower.
func configsOf(read *folder) []config.Config {
	var configs []config.Config
	allocated := 0
	for _, o := range read.output {
		if !isIstio(o) {
			continue
		}
		cfg, _, err := istioConfig(o, crdconfig.FromJSON)
		if err != nil {
			continue // checkValidation has said so
		}
		if entry, isEntry := cfg.Spec.(*networking.ServiceEntry); isEntry && needsAddress(cfg, entry) {
			status := &networking.ServiceEntryStatus{}
			for _, host := range entry.Hosts {
				if !strings.HasPrefix(host, "*") {
					allocated++
					status.Addresses = append(status.Addresses, &networking.ServiceEntryAddress{Host: host, Value: fmt.Sprintf("240.240.%d.%d", 255-allocated/256, allocated%256)})
				}
			}
			cfg.Status = status
		}
		configs = append(configs, *cfg)
	}
	return configs
}

// needsAddress is true for the entries to which istiod's controller gives a virtual address.
func needsAddress(cfg *config.Config, entry *networking.ServiceEntry) bool {
	return len(entry.Addresses) == 0 && entry.Resolution != networking.ServiceEntry_NONE &&
		cfg.Labels["networking.istio.io/enable-autoallocate-ip"] != "false"
}

// proxy gives the proxy of a workload, configured once.
func (m *istiod) proxy(of *workload) *proxy {
	if made := m.proxies[of]; made != nil {
		return made
	}
	kind := model.SidecarProxy
	if of.service != "" {
		kind = model.Router
	}
	captures := model.StringBool(m.world.settings.DNSCapture)
	node := m.server.SetupProxy(&model.Proxy{
		Type: kind, ID: of.name + "." + of.namespace, ConfigNamespace: of.namespace, IPAddresses: []string{of.ip}, Labels: of.labels,
		Locality: &core.Locality{Region: of.region(), Zone: of.zone()}, DNSDomain: of.namespace + ".svc.cluster.local",
		IstioVersion: model.ParseIstioVersion(istioVersion),
		Metadata: &model.NodeMetadata{
			Namespace: of.namespace, ServiceAccount: of.account, Labels: of.labels, ClusterID: "Kubernetes", IstioVersion: istioVersion,
			DNSCapture: captures, DNSAutoAllocate: captures,
		},
	})
	made := &proxy{of, node, simulation.NewSimulation(m.t, m.server, node)}
	m.proxies[of] = made
	return made
}

// complaints gives what istiod noted while it made the proxies' configuration: conflicting listeners, duplicate subsets and the like.
func (m *istiod) complaints() []string {
	var found []string
	for metric, keys := range m.server.PushContext().ProxyStatus {
		if metric == "pilot_no_ip" {
			continue // a client without a Service
		}
		for key, status := range keys {
			found = append(found, strings.TrimSpace(metric+" "+key+" "+status.Message))
		}
	}
	sort.Strings(found)
	return found
}
