package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

type visitKey struct{}

// peeked is a connection of which the first bytes have been looked at.
type peeked struct {
	net.Conn
	reader *bufio.Reader
	seen   visit
}

func (p *peeked) Read(into []byte) (int, error) { return p.reader.Read(into) }

// serve takes whatever comes over a connection: TLS, HTTP, or lines.
func (p *place) serve(connection net.Conn, seen visit) {
	reader := bufio.NewReader(connection)
	p.greets(connection, reader)
	first, err := reader.Peek(1)
	if err != nil {
		return
	}
	wrapped := &peeked{connection, reader, seen}
	switch {
	case first[0] == 0x16:
		p.unwrap(wrapped)
	case first[0] >= 'A' && first[0] <= 'Z':
		p.serveHTTP(wrapped)
	default:
		if line, err := reader.ReadString('\n'); err == nil {
			seen.id = strings.TrimSpace(line)
			seen.protocol = "lines"
			p.outside.record(seen)
			_, _ = connection.Write([]byte(line))
		}
	}
}

// unwrap ends one layer of TLS and serves what is inside.
func (p *place) unwrap(connection *peeked) {
	inner := tls.Server(connection, &tls.Config{GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		config := &tls.Config{
			ClientAuth: tls.RequestClientCert, Certificates: []tls.Certificate{*p.certificate(hello, len(connection.seen.layers))},
		}
		// Protocols that only proxies speak are met with silence, as most servers do, and not with an alert, as Go does.
		if slices.Contains(hello.SupportedProtos, "h2") || slices.Contains(hello.SupportedProtos, "http/1.1") {
			config.NextProtos = []string{"h2", "http/1.1"}
		}
		return config, nil
	}})
	if inner.Handshake() != nil {
		return
	}
	state := inner.ConnectionState()
	added := layer{sni: state.ServerName, alpn: state.NegotiatedProtocol}
	if len(state.PeerCertificates) > 0 {
		added.client = state.PeerCertificates[0]
	}
	seen := connection.seen
	seen.layers = append(seen.layers[:len(seen.layers):len(seen.layers)], added)
	p.serve(inner, seen)
}

func (p *place) certificate(hello *tls.ClientHelloInfo, depth int) *tls.Certificate {
	p.outside.mutex.Lock()
	outermost := p.outermost
	p.outside.mutex.Unlock()
	if depth == 0 && outermost != nil {
		return outermost
	}
	name := hello.ServerName
	if name == "" {
		name = withoutPort(p.address)
	}
	return p.outside.authorities.issue(applicationAuthority, name, name)
}

func (p *place) serveHTTP(connection *peeked) {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	done := make(chan struct{})
	var once sync.Once
	server := &http.Server{
		Protocols: protocols,
		ConnContext: func(within context.Context, _ net.Conn) context.Context {
			return context.WithValue(within, visitKey{}, connection.seen)
		},
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateClosed {
				once.Do(func() { close(done) })
			}
		},
		Handler: http.HandlerFunc(p.answer),
	}
	_ = server.Serve(&single{connection: connection, done: done})
	<-done
}

func (p *place) answer(out http.ResponseWriter, asked *http.Request) {
	seen, _ := asked.Context().Value(visitKey{}).(visit)
	seen.id, seen.protocol, seen.method, seen.host, seen.path = asked.Header.Get(idHeader), asked.Proto, asked.Method, asked.Host, asked.URL.RequestURI()
	seen.headers = asked.Header
	p.outside.record(seen)
	p.outside.mutex.Lock()
	how := p.behaviour
	p.outside.mutex.Unlock()
	select {
	case <-time.After(how.Delay.Duration):
	case <-asked.Context().Done():
		return
	}
	for name, value := range how.Headers {
		out.Header().Set(name, value)
	}
	if (how.Status == 0 || how.Status == http.StatusOK) && strings.HasPrefix(asked.Header.Get("content-type"), "application/grpc") {
		out.Header().Set("content-type", "application/grpc")
		out.Header().Set("trailer", "grpc-status")
		out.WriteHeader(http.StatusOK)
		out.Header().Set("grpc-status", "0")
		return
	}
	if how.Status != 0 {
		out.WriteHeader(how.Status)
	}
	_, _ = fmt.Fprintln(out, p.address)
}

// single is a listener that gives one connection, and ends when that does.
type single struct {
	connection net.Conn
	done       chan struct{}
	given      bool
}

func (s *single) Accept() (net.Conn, error) {
	if s.given {
		<-s.done
		return nil, net.ErrClosed
	}
	s.given = true
	return s.connection, nil
}

func (s *single) Close() error   { return nil }
func (s *single) Addr() net.Addr { return s.connection.LocalAddr() }
