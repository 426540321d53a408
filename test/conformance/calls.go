package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// callsFile is calls.yaml: the world where it differs from the usual one, the findings that are known, and the calls. README.md is its reference.
type callsFile struct {
	World    map[string]any `json:"world"`
	Findings []string       `json:"findings"`
	Invalid  []string       `json:"invalid"`
	Calls    []call         `json:"calls"`
	Carried  bool           `json:"carried"`
	Beside   []string       `json:"beside"`
	Packets  []packet       `json:"packets"`

	ReplayOver string `json:"replayOver"`

	settings settings
}

// settings are the world's; most are EgressConfig's own fields, so that an input's config serves.
type settings struct {
	OutboundTrafficPolicy string                       `json:"outboundTrafficPolicy"`
	DNSCapture            bool                         `json:"dnsCapture"`
	TrustDomain           string                       `json:"trustDomain"`
	Namespaces            []string                     `json:"namespaces"`
	Gateways              []gatewaySettings            `json:"gateways"`
	VirtualAddresses      map[string]string            `json:"virtualAddresses"`
	DNS                   map[string]string            `json:"dns"`
	Localities            map[string][]string          `json:"localities"`
	Pods                  map[string]map[string]string `json:"pods"`
}

type gatewaySettings struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	Service   struct {
		Namespace string `json:"namespace"`
		Name      string `json:"name"`
	} `json:"service"`
	Selector map[string]string `json:"selector"`
	Ports    []struct {
		Name       string `json:"name"`
		Number     int32  `json:"number"`
		TargetPort int32  `json:"targetPort"`
	} `json:"ports"`
}

// fillIn gives the gateways what they leave open: the Service lies beside its VirtualGateway, and Istio wants names of its ports.
func (s *settings) fillIn() {
	for i := range s.Gateways {
		g := &s.Gateways[i]
		if g.Service.Namespace == "" {
			g.Service.Namespace = g.Namespace
		}
		for j := range g.Ports {
			if g.Ports[j].Name == "" {
				g.Ports[j].Name = fmt.Sprintf("https-%d", g.Ports[j].Number)
			}
		}
	}
}

// call is one thing that an application tries, and what must become of it.
type call struct {
	Name      string            `json:"name"`
	From      string            `json:"from"`
	Ingress   string            `json:"ingress"`
	At        string            `json:"at"`
	GatewayAt string            `json:"gatewayAt"`
	Get       string            `json:"get"`
	Head      string            `json:"head"`
	Post      string            `json:"post"`
	Put       string            `json:"put"`
	Patch     string            `json:"patch"`
	Delete    string            `json:"delete"`
	Options   string            `json:"options"`
	Open      string            `json:"open"`
	To        string            `json:"to"`
	Host      string            `json:"host"`
	SNI       string            `json:"sni"`
	Headers   map[string]string `json:"headers"`

	Arrives     arrivals  `json:"arrives"`
	Refused     *refusal  `json:"refused"`
	Passthrough string    `json:"passthrough"`
	Carried     *bool     `json:"carried"`
	Simulated   *bool     `json:"simulated"`
	Greeted     bool      `json:"greeted"`
	Dropped     bool      `json:"dropped"`
	Rounds      []round   `json:"rounds"`
	Meanwhile   []outcome `json:"meanwhile"`

	namespace, account string
	method             string
	scheme, host, path string
	port               int
}

var schemePorts = map[string]int{"http": 80, "h2c": 80, "grpc": 80, "https": 443, "tls": 443}

// complete reads the parts of the call that are written as one text, and says what is missing.
func (c *call) complete() error {
	var found bool
	if c.namespace, c.account, found = strings.Cut(c.From, "/"); !found && c.Ingress == "" {
		return fmt.Errorf("from: %q: write namespace/serviceAccount", c.From)
	}
	var text string
	for method, value := range map[string]string{"GET": c.Get, "HEAD": c.Head, "POST": c.Post, "PUT": c.Put, "PATCH": c.Patch, "DELETE": c.Delete, "OPTIONS": c.Options, "": c.Open} {
		if value != "" && text != "" {
			return errors.New("more than one of get, head, post, put, patch, delete, options, open")
		}
		if value != "" {
			c.method, text = method, value
		}
	}
	target, err := url.Parse(text)
	if err != nil || target.Hostname() == "" {
		return fmt.Errorf("%q is no URL: write one of get, post, … or open: with http, https, h2c, grpc, tls or tcp", text)
	}
	c.scheme, c.host, c.path = target.Scheme, target.Hostname(), target.RequestURI()
	if c.path == "" || target.Path == "" {
		c.path = "/"
	}
	if (c.method == "") != (c.scheme == "tcp" || c.scheme == "tls") {
		return fmt.Errorf("%q: open goes with tcp and tls, a method with http, https, h2c and grpc", text)
	}
	c.port = schemePorts[c.scheme]
	if target.Port() != "" {
		c.port, _ = strconv.Atoi(target.Port())
	}
	if c.port == 0 {
		return fmt.Errorf("%q needs a port", text)
	}
	if c.Name == "" {
		c.Name = c.title(text)
	}
	ways := 0
	for _, given := range []bool{c.Arrives != nil, c.Refused != nil, c.Passthrough != ""} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		return fmt.Errorf("%s: write one of arrives, refused, passthrough", c.Name)
	}
	return nil
}

// title names a call by all that tells it from another.
func (c *call) title(text string) string {
	verb := c.method
	if verb == "" {
		verb = "open"
	}
	title := fmt.Sprintf("%s%s %s %s", c.From, c.Ingress, verb, text)
	for _, part := range [][2]string{{"at", c.At}, {"to", c.To}, {"host", c.Host}, {"sni", c.SNI}, {"through", c.GatewayAt}} {
		if part[1] != "" {
			title += " " + part[0] + " " + part[1]
		}
	}
	return title
}

// ownTLS is true if the application itself speaks TLS.
func (c *call) ownTLS() bool { return c.scheme == "https" || c.scheme == "tls" }

// authority is the Host header as a client writes it: with the port unless it is the scheme's own.
func (c *call) authority() string {
	switch {
	case c.Host != "":
		return c.Host
	case c.port == schemePorts[c.scheme]:
		return bracketed(c.host)
	}
	return net.JoinHostPort(c.host, strconv.Itoa(c.port))
}

func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}
