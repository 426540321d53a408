package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"

	"istio.io/istio/pkg/test"
)

// cost is how much configuration istiod sends to one proxy.
type cost struct {
	Listeners           int `json:"listeners"`
	FilterChains        int `json:"filterChains"`
	Clusters            int `json:"clusters"`
	RouteConfigurations int `json:"routeConfigurations"`
	VirtualHosts        int `json:"virtualHosts"`
	Routes              int `json:"routes"`
}

// printCosts writes one line of JSON for each folder: the cost of each client and each gateway, by namespace/account or namespace/service.
func printCosts(folders []string) error {
	for _, path := range folders {
		read, err := readFolder(path)
		if err != nil {
			return err
		}
		costs, err := costsOf(read)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(costs); err != nil {
			return err
		}
	}
	return nil
}

func costsOf(read *folder) (map[string]cost, error) {
	costs := map[string]cost{}
	w := newWorld(read)
	err := guard(func(f test.Failer, t *testing.T) {
		m := startIstiod(f, t, read, w)
		for _, client := range w.clients {
			costs[client.namespace+"/"+client.account] = m.proxy(client).cost()
		}
		for _, gateway := range w.gateways {
			costs[gateway.service] = m.proxy(gateway).cost()
		}
	})
	if err == nil && len(costs) == 0 {
		err = errors.New("nobody calls, and there is no gateway")
	}
	return costs, err
}

func (p *proxy) cost() cost {
	sum := cost{Listeners: len(p.sim.Listeners), Clusters: len(p.sim.Clusters), RouteConfigurations: len(p.sim.Routes)}
	for _, listener := range p.sim.Listeners {
		sum.FilterChains += len(listener.FilterChains)
	}
	for _, configuration := range p.sim.Routes {
		sum.VirtualHosts += len(configuration.VirtualHosts)
		for _, host := range configuration.VirtualHosts {
			sum.Routes += len(host.Routes)
		}
	}
	return sum
}
