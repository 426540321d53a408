package main

import (
	"net"
	"os"
	"strconv"
	"sync"

	"github.com/miekg/dns"
	callersecurity "istio.io/istio/pkg/security"
)

// rig is a world in which packets flow: an Envoy for each client and gateway, the outside, and DNS.
type rig struct {
	istiod      *istiod
	authorities *authorities
	outside     *outside
	envoys      map[*workload]*envoy
	gateways    []*envoy
	dns         *dns.Server
	folder      string
	requests    int

	mutex   sync.Mutex
	refused []string
}

// newRig starts all that the calls need, and waits until every Envoy is ready.
func newRig(m *istiod, calls []call, from *authorities) (*rig, error) {
	folder, err := os.MkdirTemp("", "wayout-carried-")
	if err != nil {
		return nil, err
	}
	r := &rig{
		istiod: m, authorities: from, envoys: map[*workload]*envoy{}, folder: folder,
		outside: &outside{authorities: from, places: map[string]*place{}},
	}
	m.server.Discovery.Authenticators = []callersecurity.Authenticator{callers{}}
	if err := r.start(calls); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *rig) start(calls []call) (err error) {
	if r.dns, err = startDNS(r.istiod.world); err != nil {
		return err
	}
	for _, c := range calls {
		for _, address := range r.reachable(c) {
			if _, err := r.outside.at(address); err != nil {
				return err
			}
		}
	}
	workloads := append([]*workload{}, r.istiod.world.gateways...)
	for _, c := range calls {
		workloads = append(workloads, r.istiod.world.client(c))
	}
	for _, of := range workloads {
		if r.envoys[of] != nil {
			continue
		}
		e, err := startEnvoy(r.istiod, of, r.authorities, r.folder, r.refuse)
		if e != nil {
			r.envoys[of] = e
		}
		if err != nil {
			return err
		}
		if of.service != "" {
			r.gateways = append(r.gateways, e)
		}
	}
	for _, e := range r.envoys {
		if err := e.ready(); err != nil {
			return err
		}
	}
	return nil
}

// reachable lists every address at which a call could arrive, the one that was dialled too: there it arrives if a proxy lets out what it should not.
func (r *rig) reachable(c call) []string {
	var found []string
	if dialled := r.dialled(c); c.Ingress == "" && !r.istiod.world.isGateway(dialled) {
		found = append(found, net.JoinHostPort(dialled, strconv.Itoa(c.port)))
	}
	for _, a := range c.Arrives {
		for _, priority := range r.placesOf(a) {
			found = append(found, priority...)
		}
		for _, endpoint := range a.Mirrors {
			found = append(found, r.placeOf(endpoint))
		}
	}
	for _, of := range c.Rounds {
		for _, endpoint := range of.endpoints() {
			found = append(found, r.placeOf(endpoint))
		}
	}
	if c.Passthrough != "" {
		found = append(found, c.Passthrough)
	}
	return found
}

// dialled is the address at which the application calls.
func (r *rig) dialled(c call) string {
	if c.To != "" {
		return c.To
	}
	return r.istiod.resolve(r.istiod.proxy(r.istiod.world.client(c)), c.host)
}

// placesOf gives the addresses that the endpoints of an arrival stand for, by priority.
func (r *rig) placesOf(a arrival) addresses {
	var found addresses
	for _, priority := range a.Endpoints {
		var places []string
		for _, endpoint := range priority {
			places = append(places, r.placeOf(endpoint))
		}
		found = append(found, places)
	}
	return found
}

func (r *rig) refuse(what string) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.refused = append(r.refused, what)
}

// refusals are the configurations that an Envoy did not take.
func (r *rig) refusals() []string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.refused
}

// close ends every process and server of the rig.
func (r *rig) close() {
	var ended sync.WaitGroup
	for _, e := range r.envoys {
		ended.Go(e.stop)
	}
	ended.Wait()
	for _, p := range r.outside.places {
		if p.listener != nil {
			p.stop()
		}
	}
	if r.dns != nil {
		_ = r.dns.Shutdown()
	}
	_ = os.RemoveAll(r.folder)
}
