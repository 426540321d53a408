package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
)

// visit is one call that reached the outside, as the server there saw it.
type visit struct {
	id, place, from              string
	layers                       []layer // of TLS, the outermost first
	protocol, method, host, path string
	headers                      http.Header
}

// layer is one TLS session that ended at the server.
type layer struct {
	sni, alpn string
	client    *x509.Certificate
}

// outside is everything beyond the mesh: a server at each address that a call may reach. It takes HTTP, gRPC, TLS and lines of text on any port.
type outside struct {
	mutex       sync.Mutex
	authorities *authorities
	places      map[string]*place
	visits      []visit
	opened      atomic.Int64 // connections so far
}

// place is one address and port outside.
type place struct {
	outside   *outside
	address   string
	listener  net.Listener
	open      map[net.Conn]bool
	outermost *tls.Certificate // shown to a proxy; nil where the application's own TLS arrives, which sees what it trusts
	behaviour behaviour
	greeting  string // said to a client that says nothing
}

// breaksOff is the status of a server that takes connections and drops them.
const breaksOff = -1

// at gives the server at an address, made when it is first asked for.
func (o *outside) at(address string) (*place, error) {
	if made := o.places[address]; made != nil {
		return made, nil
	}
	made := &place{outside: o, address: address, open: map[net.Conn]bool{}}
	o.places[address] = made
	return made, made.start()
}

func (p *place) start() error {
	config := net.ListenConfig{Control: func(network, _ string, raw syscall.RawConn) error {
		return raw.Control(func(descriptor uintptr) {
			// In the rig's network every address is local, but Linux lets only IPv4 bind to such a one unasked.
			_ = syscall.SetsockoptInt(int(descriptor), syscall.SOL_IP, syscall.IP_FREEBIND, 1)
		})
	}}
	listening, err := config.Listen(context.Background(), "tcp", p.address)
	if err != nil {
		return err
	}
	p.listener = listening
	go func() {
		for {
			connection, err := listening.Accept()
			if err != nil {
				return
			}
			p.note(connection, true)
			p.outside.opened.Add(1)
			go func() {
				defer p.note(connection, false)
				defer connection.Close()
				if p.breaksOff() {
					return
				}
				from, _, _ := net.SplitHostPort(connection.RemoteAddr().String())
				p.serve(connection, visit{place: p.address, from: from})
			}()
		}
	}()
	return nil
}

// stop is what a server does that dies: it listens no more, and its connections break.
func (p *place) stop() {
	_ = p.listener.Close()
	p.outside.mutex.Lock()
	defer p.outside.mutex.Unlock()
	for connection := range p.open {
		_ = connection.Close()
	}
}

func (p *place) breaksOff() bool {
	p.outside.mutex.Lock()
	defer p.outside.mutex.Unlock()
	return p.behaviour.Status == breaksOff
}

func (p *place) note(connection net.Conn, isOpen bool) {
	p.outside.mutex.Lock()
	defer p.outside.mutex.Unlock()
	if isOpen {
		p.open[connection] = true
	} else {
		delete(p.open, connection)
	}
}

func (o *outside) record(seen visit) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.visits = append(o.visits, seen)
}

// visitsOf gives the visits of one call.
func (o *outside) visitsOf(id string) []visit {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	var found []visit
	for _, v := range o.visits {
		if v.id == id {
			found = append(found, v)
		}
	}
	return found
}
