package main

import (
	"fmt"
	"slices"
)

// presentation chooses the certificate with which the outside answers the last proxy.
type presentation int

const (
	presentsAsExpected presentation = iota
	presentsAnotherName
	presentsUnknownAuthority
)

// present makes every place at which a call may arrive show a certificate that fits what is expected of it, or one that is wrong in one thing.
func (r *rig) present(c call, how presentation) error {
	for _, a := range c.Arrives {
		by, names := a.CA, a.SubjectAltNames
		if a.TLS == "ISTIO_MUTUAL" {
			by = meshAuthority
		} else if by == "" {
			by = unknownAuthority // nobody verifies
		}
		if len(names) == 0 {
			names = []string{"anything.example"}
		}
		switch how {
		case presentsAnotherName:
			names = []string{"another.example"}
		case presentsUnknownAuthority:
			by = unknownAuthority
		}
		for _, priority := range r.placesOf(a) {
			for _, address := range priority {
				place := r.outside.places[address]
				r.outside.mutex.Lock()
				if place.outermost = nil; a.TLS != "" {
					place.outermost = r.authorities.issue(by, names[0], names...)
				}
				r.outside.mutex.Unlock()
			}
		}
	}
	return nil
}

// presentNothing makes the outside show certificates to applications only, so that what a proxy lets out by mistake is not refused for another reason.
func (r *rig) presentNothing() {
	r.outside.mutex.Lock()
	defer r.outside.mutex.Unlock()
	for _, place := range r.outside.places {
		place.outermost = nil
	}
}

// carryWrongCertificates wants a server of another name and one of an unknown authority refused, and counted as that, where the last proxy verifies.
func (r *rig) carryWrongCertificates(c call, seen *carried) error {
	a := c.Arrives[0]
	// Where some calls arrive without TLS, which of them are refused is left to chance.
	if slices.ContainsFunc(c.Arrives, func(other arrival) bool { return other.TLS == "" }) {
		return nil
	}
	if len(a.SubjectAltNames) > 0 {
		if err := r.carryWrongCertificate(c, presentsAnotherName, `ssl\.fail_verify_san`, seen); err != nil {
			return fmt.Errorf("certificate of another name: %w", err)
		}
		seen.shown = append(seen.shown, "another name refused")
	}
	if a.CA != "" || a.TLS == "ISTIO_MUTUAL" {
		if err := r.carryWrongCertificate(c, presentsUnknownAuthority, `ssl\.fail_verify_error`, seen); err != nil {
			return fmt.Errorf("certificate of an unknown authority: %w", err)
		}
		seen.shown = append(seen.shown, "unknown authority refused")
	}
	return nil
}

func (r *rig) carryWrongCertificate(c call, how presentation, counter string, seen *carried) error {
	if err := r.present(c, how); err != nil {
		return err
	}
	// A connection that is open was verified before.
	for _, address := range r.reachable(c) {
		r.outside.places[address].stop()
		if err := r.outside.places[address].start(); err != nil {
			return err
		}
	}
	count := func() (total int) {
		for _, e := range r.envoys {
			total += e.count(counter)
		}
		return total
	}
	before := count()
	answer, visits := r.send(c, seen)
	if len(visits) > 0 {
		return fmt.Errorf("taken: the call arrived at %s", visits[0].place)
	}
	expected := "503"
	if c.method == "" || c.ownTLS() {
		expected = "reset"
	}
	if answer.status != expected {
		return fmt.Errorf("expected %s, got %s %s", expected, answer.status, answer.detail)
	}
	if count() == before {
		return fmt.Errorf("refused, but %s did not count it", counter)
	}
	return r.present(c, presentsAsExpected)
}
