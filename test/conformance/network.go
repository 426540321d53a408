package main

import (
	"fmt"
	"net"
	"strings"

	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
)

// network is what NetworkPolicies make of packets, asked of an evaluator that CNIs are measured by.
type network struct {
	world  *world
	policy *matcher.Policy
	pods   map[string]*matcher.TrafficPeer // by IP
	names  map[string]string               // namespace/account, namespace/service → the IP of a pod
	labels map[string]map[string]string    // of namespaces
}

// packet is one that opens a connection; what answers it passes as well.
type packet struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Port     int    `json:"port"`
	Protocol string `json:"protocol"`
	Dropped  bool   `json:"dropped"`
}

func (p packet) String() string {
	protocol := p.Protocol
	if protocol == "" {
		protocol = "TCP"
	}
	return fmt.Sprintf("%s → %s %s/%d", p.From, p.To, protocol, p.Port)
}

// newNetwork puts the pods of a world on a network with the folder's NetworkPolicies; nil if it has none.
func newNetwork(read *folder, w *world) (*network, error) {
	n := &network{
		world: w, pods: map[string]*matcher.TrafficPeer{}, names: map[string]string{}, labels: map[string]map[string]string{},
	}
	var policies []*networkingv1.NetworkPolicy
	for _, o := range read.output {
		if o.GetKind() != "NetworkPolicy" {
			continue
		}
		decoded, err := typed(o)
		if err != nil {
			return nil, err
		}
		policy := decoded.(*networkingv1.NetworkPolicy)
		policy.Namespace = o.GetNamespace()
		complete(policy)
		policies = append(policies, policy)
	}
	if len(policies) == 0 {
		return nil, nil
	}
	n.policy = matcher.BuildNetworkPolicies(false, policies)
	for _, o := range w.objects {
		switch known := o.(type) {
		case *corev1.Namespace:
			n.labels[known.Name] = known.Labels
		case *corev1.Pod:
			n.add(known.Namespace, known.Spec.ServiceAccountName, known.Status.PodIP, known.Labels)
		}
	}
	// What every cluster has, and what the case adds.
	n.place("kube-system/kube-dns", map[string]string{"k8s-app": "kube-dns"})
	n.place("istio-system/istiod", map[string]string{"app": "istiod"})
	for name, labels := range read.calls.settings.Pods {
		n.place(name, labels)
	}
	return n, nil
}

// complete fills in what the API server would.
func complete(policy *networkingv1.NetworkPolicy) {
	if len(policy.Spec.PolicyTypes) > 0 {
		return
	}
	policy.Spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
	if len(policy.Spec.Egress) > 0 {
		policy.Spec.PolicyTypes = append(policy.Spec.PolicyTypes, networkingv1.PolicyTypeEgress)
	}
}

func (n *network) add(namespace, name, ip string, labels map[string]string) {
	if n.labels[namespace] == nil {
		n.labels[namespace] = map[string]string{"kubernetes.io/metadata.name": namespace}
	}
	n.pods[ip] = &matcher.TrafficPeer{
		IP: ip, Internal: &matcher.InternalPeer{PodLabels: labels, NamespaceLabels: n.labels[namespace], Namespace: namespace},
	}
	n.names[namespace+"/"+name] = ip
}

// place puts a pod on the network, unless one of its name is there; it gives the pod's address.
func (n *network) place(name string, labels map[string]string) string {
	if n.names[name] == "" {
		namespace, account, _ := strings.Cut(name, "/")
		n.add(namespace, account, fmt.Sprintf("10.121.0.%d", len(n.pods)+1), labels)
	}
	return n.names[name]
}

// peer is an end of a packet: an address, or a pod by namespace/account or namespace/service.
func (n *network) peer(name string) *matcher.TrafficPeer {
	address := name
	if net.ParseIP(name) == nil {
		_, account, _ := strings.Cut(name, "/")
		address = n.place(name, map[string]string{"app": account})
	}
	if pod := n.pods[address]; pod != nil {
		return pod
	}
	return &matcher.TrafficPeer{IP: address}
}

// verdict says whether a packet passes, and which rules decided.
func (n *network) verdict(p packet) (bool, string) {
	traffic := &matcher.Traffic{
		Source: n.peer(p.From), Destination: n.peer(p.To), ResolvedPort: p.Port, Protocol: corev1.ProtocolTCP,
	}
	if p.Protocol != "" {
		traffic.Protocol = corev1.Protocol(p.Protocol)
	}
	result := n.policy.IsTrafficAllowed(traffic)
	return result.IsAllowed(), result.Table()
}
