package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	idHeader = "x-carried"
	patience = 10 * time.Second
)

// reply is what the application gets: a status, "ok" for a line that came back, or "reset".
type reply struct {
	status, detail string
	headers        http.Header
}

// request makes one call as the application does: through its sidecar, to the address that it dialled.
func (r *rig) request(c call, id string) reply {
	client := r.envoys[r.istiod.world.client(c)]
	dial := func() (net.Conn, error) { return intercepted(client.workload.ip, r.dialled(c), c.port) }
	if c.Ingress != "" {
		dial = func() (net.Conn, error) {
			port := r.istiod.world.podPort(c.Ingress, c.port)
			return net.DialTimeout("tcp", net.JoinHostPort(client.workload.ip, strconv.Itoa(port)), patience)
		}
	}
	own := &tls.Config{ServerName: sniOf(c), RootCAs: r.authorities.named(applicationAuthority).pool(), NextProtos: []string{"h2", "http/1.1"}}
	if own.ServerName == "" {
		own.ServerName = c.host // an address, which Go verifies and does not send
	}
	if c.method == "" {
		return exchange(dial, own, c, id)
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(c.scheme == "http" || c.scheme == "https")
	protocols.SetHTTP2(c.scheme == "https")
	protocols.SetUnencryptedHTTP2(c.scheme == "h2c" || c.scheme == "grpc")
	transport := &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return dial() }, TLSClientConfig: own, Protocols: protocols,
	}
	defer transport.CloseIdleConnections()
	scheme := "http"
	if c.ownTLS() {
		scheme = "https"
	}
	asked, err := http.NewRequest(c.method, scheme+"://"+net.JoinHostPort(c.host, strconv.Itoa(c.port))+c.path, nil)
	if err != nil {
		return reply{status: "reset", detail: err.Error()}
	}
	asked.Host = c.authority()
	for name, value := range c.Headers {
		asked.Header.Set(name, value)
	}
	asked.Header.Set(idHeader, id)
	if c.scheme == "grpc" {
		asked.Header.Set("content-type", "application/grpc")
		asked.Header.Set("te", "trailers")
	}
	within := http.Client{Transport: transport, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := within.Do(asked)
	if err != nil {
		return reply{status: "reset", detail: err.Error()}
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return reply{status: "reset", detail: err.Error()}
	}
	if c.scheme == "grpc" && answer.StatusCode == http.StatusOK {
		return grpcReply(answer)
	}
	return reply{strconv.Itoa(answer.StatusCode), strings.TrimSpace(string(text)), answer.Header}
}

// grpcReply is the status that a gRPC client makes of an answer whose trailers say how the call ended.
func grpcReply(answer *http.Response) reply {
	code := answer.Trailer.Get("grpc-status")
	if code == "0" {
		return reply{status: "200"}
	}
	if refused := answer.Header.Get("grpc-status"); refused != "" {
		code = refused
	}
	for status, theirs := range map[string]string{"403": "7", "404": "12", "503": "14"} {
		if code == theirs {
			return reply{status: status, detail: "grpc-status " + code}
		}
	}
	return reply{status: "grpc-status " + code, detail: answer.Header.Get("grpc-message")}
}

// exchange opens a connection, sends a line and waits for it to come back.
func exchange(dial func() (net.Conn, error), own *tls.Config, c call, id string) reply {
	connection, err := dial()
	if err != nil {
		return reply{status: "reset", detail: err.Error()}
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(patience))
	if c.ownTLS() {
		own.NextProtos = nil
		secured := tls.Client(connection, own)
		if err := secured.Handshake(); err != nil {
			return reply{status: "reset", detail: err.Error()}
		}
		connection = secured
	}
	if _, err := fmt.Fprintln(connection, id); err != nil {
		return reply{status: "reset", detail: err.Error()}
	}
	line, err := bufio.NewReader(connection).ReadString('\n')
	if err != nil {
		return reply{status: "reset", detail: err.Error()}
	}
	if strings.TrimSpace(line) != id {
		return reply{status: "answered", detail: line}
	}
	return reply{status: "ok"}
}

// intercepted dials a sidecar with the destination that iptables would keep for it.
func intercepted(client, address string, port int) (net.Conn, error) {
	connection, err := (&net.Dialer{Timeout: patience, LocalAddr: &net.TCPAddr{IP: net.ParseIP(client)}}).Dial("tcp", net.JoinHostPort(client, strconv.Itoa(outboundPort)))
	if err != nil {
		return nil, err
	}
	version, source := "TCP4", client
	if strings.Contains(address, ":") {
		version, source = "TCP6", sixth(client)
	}
	_, own, _ := net.SplitHostPort(connection.LocalAddr().String())
	_, err = fmt.Fprintf(connection, "PROXY %s %s %s %s %d\r\n", version, source, address, own, port)
	return connection, err
}
