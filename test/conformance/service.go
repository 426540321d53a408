package main

import (
	"fmt"
	"maps"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// standIn makes the Service of a gateway that the list of resources does not hold.
func (w *world) standIn(g gatewaySettings, f *folder) {
	for _, o := range f.output {
		if o.GetKind() == "Service" && o.GetNamespace() == g.Service.Namespace && o.GetName() == g.Service.Name {
			return
		}
	}
	service := &corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{Namespace: g.Service.Namespace, Name: g.Service.Name},
		Spec:       corev1.ServiceSpec{Selector: g.Selector},
	}
	for _, p := range g.Ports {
		target := p.TargetPort
		if target == 0 {
			target = p.Number
		}
		service.Spec.Ports = append(service.Spec.Ports, corev1.ServicePort{Name: p.Name, Port: p.Number, TargetPort: intstr.FromInt32(target)})
	}
	w.serve(service, f)
}

// neighbour is an HTTP Service such as every mesh has: because of it, sidecars read HTTP on port 80.
func neighbour() *corev1.Service {
	return &corev1.Service{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Service"},
		ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: "neighbour"},
		Spec: corev1.ServiceSpec{
			Selector: map[string]string{"app": "neighbour"},
			Ports:    []corev1.ServicePort{{Name: "http", Port: 80, TargetPort: intstr.FromInt32(8080)}},
		},
	}
}

// adopt takes a Kubernetes object of the output into the world; a Service gets what a cluster would give it.
func (w *world) adopt(o object, f *folder) {
	if isIstio(o) {
		return
	}
	decoded, err := typed(o)
	if err != nil {
		return
	}
	switch known := decoded.(type) {
	case *corev1.Namespace:
		// Every namespace of the case is made anyway.
	case *corev1.Service:
		known.Namespace = o.GetNamespace()
		w.serve(known, f)
	default:
		if accessor, isObject := decoded.(metav1.Object); isObject {
			accessor.SetNamespace(o.GetNamespace())
		}
		w.add(decoded)
	}
}

// serve adds a Service with its ClusterIP, its pods, one in each locality, and their EndpointSlice.
func (w *world) serve(service *corev1.Service, f *folder) {
	n := len(w.services) + 1
	key := service.Namespace + "/" + service.Name
	if service.Spec.ClusterIP == "" && service.Spec.Type != corev1.ServiceTypeExternalName {
		service.Spec.ClusterIP = fmt.Sprintf("10.96.0.%d", n)
	}
	for i := range service.Spec.Ports {
		if service.Spec.Ports[i].Protocol == "" {
			service.Spec.Ports[i].Protocol = corev1.ProtocolTCP
		}
	}
	w.services[service.Name+"."+service.Namespace+".svc.cluster.local"] = service.Spec.ClusterIP
	w.namespace(service.Namespace)
	w.add(service)
	if len(service.Spec.Selector) == 0 {
		return
	}
	labels, isGateway := gatewayLabels(service, f)
	localities := w.settings.Localities[key]
	if len(localities) == 0 {
		localities = []string{defaultLocality}
	}
	slice := &discoveryv1.EndpointSlice{
		TypeMeta:    metav1.TypeMeta{APIVersion: "discovery.k8s.io/v1", Kind: "EndpointSlice"},
		ObjectMeta:  metav1.ObjectMeta{Namespace: service.Namespace, Name: service.Name + "-1", Labels: map[string]string{discoveryv1.LabelServiceName: service.Name}},
		AddressType: discoveryv1.AddressTypeIPv4,
	}
	for _, p := range service.Spec.Ports {
		target := p.TargetPort.IntVal
		if target == 0 {
			target = p.Port
		}
		slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{Name: &p.Name, Port: &target, Protocol: &p.Protocol})
	}
	for i, locality := range localities {
		made := &workload{
			namespace: service.Namespace, name: fmt.Sprintf("%s-%d", service.Name, i+1), account: service.Name,
			ip: fmt.Sprintf("10.120.%d.%d", n, i+1), locality: locality, labels: labels, service: key,
		}
		w.pod(made)
		if isGateway {
			w.gateways = append(w.gateways, made)
		}
		ready, node, zone := true, w.node(locality), made.zone()
		slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{
			Addresses: []string{made.ip}, Conditions: discoveryv1.EndpointConditions{Ready: &ready}, NodeName: &node, Zone: &zone,
			TargetRef: &corev1.ObjectReference{Kind: "Pod", Namespace: made.namespace, Name: made.name},
		})
	}
	w.add(slice)
}

// ingress gives the first pod of the gateway at which a call from outside the mesh comes in.
func (w *world) ingress(c call) *workload {
	for _, pod := range w.gateways {
		if pod.service == c.Ingress {
			return pod
		}
	}
	panic(fmt.Sprintf("ingress: no gateway is behind Service %s", c.Ingress))
}

// podPort gives the port of the pods behind a port of a Service.
func (w *world) podPort(service string, port int) int {
	for _, o := range w.objects {
		known, isService := o.(*corev1.Service)
		if !isService || known.Namespace+"/"+known.Name != service {
			continue
		}
		for _, p := range known.Spec.Ports {
			if int(p.Port) == port && p.TargetPort.IntVal != 0 {
				return int(p.TargetPort.IntVal)
			}
		}
	}
	return port
}

// gatewayLabels gives a Service's pods the labels that it selects, and those of every Gateway whose selector meets them.
func gatewayLabels(service *corev1.Service, f *folder) (map[string]string, bool) {
	labels, isGateway := maps.Clone(service.Spec.Selector), false
	for _, g := range f.calls.settings.Gateways {
		isGateway = isGateway || (g.Service.Namespace == service.Namespace && g.Service.Name == service.Name)
	}
	for _, o := range f.output {
		if o.GetKind() != "Gateway" || !isIstio(o) || o.GetNamespace() != service.Namespace {
			continue
		}
		selector, _, _ := unstructured.NestedStringMap(o.Object, "spec", "selector")
		if meets(selector, service.Spec.Selector) {
			isGateway = true
			maps.Copy(labels, selector)
		}
	}
	return labels, isGateway
}

// meets is true if two selectors can choose the same pod by a label that both name.
func meets(a, b map[string]string) bool {
	shared := 0
	for key, value := range a {
		other, both := b[key]
		if both && other != value {
			return false
		}
		if both {
			shared++
		}
	}
	return shared > 0
}
