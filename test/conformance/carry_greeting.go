package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"strings"
	"time"
)

// silence is how long a server waits for a client before it speaks first.
const silence = 200 * time.Millisecond

// greet makes the server at the call's endpoints speak first, as databases and mail servers do; an empty greeting ends it.
func (r *rig) greet(greeting string) {
	r.outside.mutex.Lock()
	defer r.outside.mutex.Unlock()
	for _, place := range r.outside.places {
		place.greeting = greeting
	}
}

// greets sends the place's greeting, if it has one, to a client that says nothing.
func (p *place) greets(connection net.Conn, reader *bufio.Reader) {
	p.outside.mutex.Lock()
	greeting := p.greeting
	p.outside.mutex.Unlock()
	if greeting == "" {
		return
	}
	_ = connection.SetReadDeadline(time.Now().Add(silence))
	if _, err := reader.Peek(1); err != nil {
		_, _ = fmt.Fprintln(connection, greeting)
	}
	_ = connection.SetReadDeadline(time.Time{})
}

// carryGreeted wants an application that is refused to hear what the server says first, and to be cut off at its own first byte: Envoy asks the rules of
// a TCP route only then.
func (r *rig) carryGreeted(c call, seen *carried) error {
	r.requests++
	seen.requests++
	greeting := fmt.Sprintf("greeting-%d", r.requests)
	r.greet(greeting)
	defer r.greet("")
	connection, err := intercepted(r.istiod.world.client(c).ip, r.dialled(c), c.port)
	if err != nil {
		return err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(patience))
	reader := bufio.NewReader(connection)
	heard, err := reader.ReadString('\n')
	if err != nil || strings.TrimSpace(heard) != greeting {
		return fmt.Errorf("it heard %q %v, not the server's greeting", heard, err)
	}
	if _, err := fmt.Fprintln(connection, "answer to "+greeting); err == nil {
		if more, err := reader.ReadBytes('\n'); err == nil || len(bytes.TrimSpace(more)) > 0 {
			return fmt.Errorf("its answer was answered: %q", more)
		}
	}
	if visits := r.outside.visitsOf("answer to " + greeting); len(visits) > 0 {
		return fmt.Errorf("its answer reached %s", visits[0].place)
	}
	seen.shown = append(seen.shown, "after the server's greeting")
	return nil
}
