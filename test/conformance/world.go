package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

const defaultLocality = "here/here-1"

// workload is a running pod: a client with its sidecar, a gateway, or a plain server.
type workload struct {
	namespace, name, account string
	ip, locality             string
	labels                   map[string]string
	service                  string
}

func (w *workload) region() string { region, _, _ := strings.Cut(w.locality, "/"); return region }
func (w *workload) zone() string   { _, zone, _ := strings.Cut(w.locality, "/"); return zone }

// world is the cluster around a case: complete, since no controller runs in it.
type world struct {
	settings settings
	objects  []runtime.Object
	clients  map[string]*workload
	gateways []*workload
	services map[string]string // host of a Service → its ClusterIP

	namespaces, nodes map[string]bool
}

// newWorld makes what the case needs: a pod for each client, and for each gateway its Service, pods and endpoints.
func newWorld(f *folder) *world {
	w := &world{
		settings: f.calls.settings, clients: map[string]*workload{}, services: map[string]string{},
		namespaces: map[string]bool{}, nodes: map[string]bool{},
	}
	for _, name := range slices.Concat(namespacesIn(f.output), w.settings.Namespaces, []string{"istio-system", "default"}) {
		w.namespace(name)
	}
	for _, c := range f.calls.Calls {
		if c.Ingress == "" {
			w.client(c)
		}
	}
	w.serve(neighbour(), f)
	for _, g := range w.settings.Gateways {
		w.standIn(g, f)
	}
	for _, o := range f.output {
		w.adopt(o, f)
	}
	return w
}

// namespacesIn gives every namespace that an object lives in or is exported to.
func namespacesIn(objects []object) []string {
	found := map[string]bool{}
	for _, o := range objects {
		if o.GetNamespace() != "" {
			found[o.GetNamespace()] = true
		}
		spec, _ := o.Object["spec"].(map[string]any)
		exported, _ := spec["exportTo"].([]any)
		for _, name := range exported {
			if text, isText := name.(string); isText && !strings.ContainsAny(text, ".*~") {
				found[text] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (w *world) add(o runtime.Object) { w.objects = append(w.objects, o) }

func (w *world) namespace(name string) {
	if !w.namespaces[name] {
		w.namespaces[name] = true
		w.add(&corev1.Namespace{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
			ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"istio-injection": "enabled", "kubernetes.io/metadata.name": name}},
		})
	}
}

func (w *world) node(locality string) string {
	region, zone, _ := strings.Cut(locality, "/")
	name := "node-" + strings.ReplaceAll(locality, "/", "-")
	if !w.nodes[name] {
		w.nodes[name] = true
		w.add(&corev1.Node{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Node"},
			ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{corev1.LabelTopologyRegion: region, corev1.LabelTopologyZone: zone}},
		})
	}
	return name
}

// client gives the pod from which a call leaves, one for each account and locality; or the gateway at which one from outside the mesh comes in.
func (w *world) client(c call) *workload {
	if c.Ingress != "" {
		return w.ingress(c)
	}
	locality := c.At
	if locality == "" {
		locality = defaultLocality
	}
	key := c.From + "@" + locality
	if made := w.clients[key]; made != nil {
		return made
	}
	n := len(w.clients) + 1
	made := &workload{
		namespace: c.namespace, name: fmt.Sprintf("%s-%d", c.account, n), account: c.account, ip: fmt.Sprintf("10.110.0.%d", n), locality: locality,
		labels: map[string]string{"app": c.account, "security.istio.io/tlsMode": "istio"},
	}
	w.clients[key] = made
	w.pod(made)
	return made
}

// isGateway is true for the address of a gateway's pod, where its own proxy listens.
func (w *world) isGateway(address string) bool {
	return slices.ContainsFunc(w.gateways, func(of *workload) bool { return of.ip == address })
}

// pod adds a ready pod with its account; all but plain servers carry a proxy.
func (w *world) pod(of *workload) {
	w.namespace(of.namespace)
	account := &corev1.ServiceAccount{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta: metav1.ObjectMeta{Namespace: of.namespace, Name: of.account},
	}
	if !slices.ContainsFunc(w.objects, func(o runtime.Object) bool {
		other, isAccount := o.(*corev1.ServiceAccount)
		return isAccount && other.Namespace == of.namespace && other.Name == of.account
	}) {
		w.add(account)
	}
	w.add(&corev1.Pod{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"},
		ObjectMeta: metav1.ObjectMeta{
			Namespace: of.namespace, Name: of.name, Labels: of.labels, Annotations: map[string]string{"sidecar.istio.io/status": "{}"},
		},
		Spec: corev1.PodSpec{
			ServiceAccountName: of.account, NodeName: w.node(of.locality),
			Containers: []corev1.Container{{Name: "istio-proxy", Image: "istio/proxyv2:1.31.0"}},
		},
		Status: corev1.PodStatus{
			Phase: corev1.PodRunning, PodIP: of.ip, PodIPs: []corev1.PodIP{{IP: of.ip}},
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
		},
	})
}

// yaml is the world as a manifest, for the analyzers.
func (w *world) yaml() string {
	var text strings.Builder
	for _, o := range w.objects {
		written, _ := yaml.Marshal(o)
		text.WriteString("---\n")
		text.Write(written)
	}
	return text.String()
}
