package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Names of the authorities that are no `ca` of calls.yaml.
const (
	meshAuthority        = "mesh"        // signs the identities of workloads
	applicationAuthority = "application" // what applications trust when they speak TLS themselves
	unknownAuthority     = "unknown"     // trusted by nobody
)

// authorities are the certificate authorities of one rig: one for each `ca` of calls.yaml, so that a proxy which trusts another one is found out.
type authorities struct {
	mutex  sync.Mutex
	byName map[string]*authority
	issued map[string]*tls.Certificate
}

type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem         []byte
}

func newAuthorities() *authorities {
	return &authorities{byName: map[string]*authority{}, issued: map[string]*tls.Certificate{}}
}

// named gives the authority of a name, made when it is first asked for.
func (a *authorities) named(name string) *authority {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if made := a.byName[name]; made != nil {
		return made
	}
	template := lasting("authority " + name)
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	key := newKey()
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	made := &authority{certificate, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}
	a.byName[name] = made
	return made
}

// issue gives a certificate for a subject and its names (hosts, IPs, spiffe ids), signed by the named authority.
func (a *authorities) issue(by, subject string, names ...string) *tls.Certificate {
	signer := a.named(by)
	a.mutex.Lock()
	defer a.mutex.Unlock()
	key := strings.Join(append([]string{by, subject}, names...), " ")
	if made := a.issued[key]; made != nil {
		return made
	}
	template := lasting(subject)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else if id, err := url.Parse(name); err == nil && id.Scheme == "spiffe" {
			template.URIs = append(template.URIs, id)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	private := newKey()
	der, err := x509.CreateCertificate(rand.Reader, template, signer.certificate, &private.PublicKey, signer.key)
	if err != nil {
		panic(err)
	}
	made := &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}
	a.issued[key] = made
	return made
}

// pool is the authority as what a client trusts.
func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

// inPEM gives a certificate and its key as text.
func inPEM(certificate *tls.Certificate) (chain, key []byte) {
	der, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Certificate[0]}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

func lasting(subject string) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err)
	}
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: subject},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
}
