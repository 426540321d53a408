package main

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"sync"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/rest"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"

	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/kube"
)

// cluster stands in for one that a sync changes: it keeps objects, and writes down what became of which. Only the order is asked of it.
type cluster struct {
	kube.Kubectl

	changing sync.Mutex
	objects  map[kube.ResourceKey]*unstructured.Unstructured
	wave     []string
}

// applier is the part of it that applies.
type applier struct {
	kube.ResourceOperations
	*cluster
}

func (c *cluster) ManageResources(*rest.Config) (kube.ResourceOperations, func(), error) {
	return applier{cluster: c}, func() {}, nil
}

func (c applier) ApplyResource(_ context.Context, o *unstructured.Unstructured, dryRun cmdutil.DryRunStrategy, _, _, _ bool, _ string) (string, error) {
	c.changing.Lock()
	defer c.changing.Unlock()
	key := kube.GetResourceKey(o)
	if dryRun != cmdutil.DryRunNone || c.objects[key] != nil && reflect.DeepEqual(withoutUID(c.objects[key]), withoutUID(o)) {
		return "unchanged", nil
	}
	c.objects[key] = o
	c.wave = append(c.wave, "applies "+named(o.GetKind(), o.GetNamespace(), o.GetName()))
	return "configured", nil
}

func (c *cluster) DeleteResource(_ context.Context, _ *rest.Config, kind schema.GroupVersionKind, name, namespace string, _ metav1.DeleteOptions) error {
	c.changing.Lock()
	defer c.changing.Unlock()
	delete(c.objects, kube.NewResourceKey(kind.Group, kind.Kind, namespace, name))
	c.wave = append(c.wave, "prunes "+named(kind.Kind, namespace, name))
	return nil
}

// IsNamespaced holds for every kind that wayout renders.
func (c *cluster) IsNamespaced(schema.GroupKind) (bool, error) { return true, nil }

// discover says that the cluster serves every kind that wayout renders.
func discover(w http.ResponseWriter, r *http.Request) {
	version := strings.TrimPrefix(r.URL.Path, "/apis/")
	list := metav1.APIResourceList{TypeMeta: metav1.TypeMeta{Kind: "APIResourceList", APIVersion: "v1"}, GroupVersion: version}
	for _, kind := range []string{"AuthorizationPolicy", "DestinationRule", "Gateway", "NetworkPolicy", "ServiceEntry", "Sidecar", "VirtualService"} {
		list.APIResources = append(list.APIResources, metav1.APIResource{
			Name: strings.ToLower(kind), Kind: kind, Namespaced: true, Verbs: metav1.Verbs{"get", "create", "update", "delete"},
		})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(list)
}

func named(kind, namespace, name string) string { return kind + " " + namespace + "/" + name }

func withoutUID(o *unstructured.Unstructured) map[string]any {
	plain := o.DeepCopy()
	plain.SetUID("")
	return plain.Object
}
