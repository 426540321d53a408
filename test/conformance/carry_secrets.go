package main

import (
	"fmt"
	"strings"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	secretservice "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/protobuf/types/known/anypb"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

const kubernetesSecret = "kubernetes://"

// secrets gives the Secrets, in every gateway's namespace, that the calls' `ca` and `certificate` name; istiod hands them to the gateways.
func (w *world) secrets(calls []call, from *authorities) ([]runtime.Object, error) {
	data := map[string]map[string][]byte{}
	of := func(name string) map[string][]byte {
		if data[name] == nil {
			data[name] = map[string][]byte{}
		}
		return data[name]
	}
	for _, c := range calls {
		for _, a := range c.Arrives {
			if name, isSecret := strings.CutPrefix(a.Certificate, kubernetesSecret); isSecret {
				of(name)["tls.crt"], of(name)["tls.key"] = inPEM(from.issue(meshAuthority, a.Certificate))
			}
			if name, isSecret := strings.CutPrefix(a.CA, kubernetesSecret); isSecret {
				of(strings.TrimSuffix(name, "-cacert"))["ca.crt"] = from.named(a.CA).pem
			}
		}
	}
	var found []runtime.Object
	made := map[string]bool{}
	for _, gateway := range w.gateways {
		for name, content := range data {
			if key := gateway.namespace + "/" + name; !made[key] {
				made[key] = true
				found = append(found, &corev1.Secret{
					TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
					ObjectMeta: metav1.ObjectMeta{Namespace: gateway.namespace, Name: name}, Data: content,
				})
			}
		}
	}
	return found, nil
}

// secretServer is what istio-agent is to a proxy: it gives the workload's identity, the mesh's CA, and what lies in files beside the proxy.
type secretServer struct {
	secretservice.UnimplementedSecretDiscoveryServiceServer
	identity    string
	authorities *authorities
}

func (s *secretServer) StreamSecrets(stream secretservice.SecretDiscoveryService_StreamSecretsServer) error {
	for {
		asked, err := stream.Recv()
		if err != nil {
			return err
		}
		if asked.VersionInfo != "" {
			continue // an acknowledgement
		}
		answer := &discovery.DiscoveryResponse{VersionInfo: "1", Nonce: "1", TypeUrl: asked.TypeUrl}
		for _, name := range asked.ResourceNames {
			secret, err := anypb.New(s.secret(name))
			if err != nil {
				return err
			}
			answer.Resources = append(answer.Resources, secret)
		}
		if err := stream.Send(answer); err != nil {
			return err
		}
	}
}

func (s *secretServer) secret(name string) *tls.Secret {
	trusted := func(authority string) *tls.Secret {
		return &tls.Secret{Name: name, Type: &tls.Secret_ValidationContext{
			ValidationContext: &tls.CertificateValidationContext{TrustedCa: inline(s.authorities.named(authority).pem)},
		}}
	}
	switch {
	case name == "ROOTCA":
		return trusted(meshAuthority)
	case strings.HasPrefix(name, "file-root:"):
		return trusted(secretName(name))
	}
	certificate := s.authorities.issue(meshAuthority, secretName(name))
	if name == "default" {
		certificate = s.authorities.issue(meshAuthority, s.identity, s.identity)
	}
	chain, key := inPEM(certificate)
	return &tls.Secret{Name: name, Type: &tls.Secret_TlsCertificate{
		TlsCertificate: &tls.TlsCertificate{CertificateChain: inline(chain), PrivateKey: inline(key)},
	}}
}

func inline(text []byte) *core.DataSource {
	return &core.DataSource{Specifier: &core.DataSource_InlineBytes{InlineBytes: text}}
}

// identityOf is the SPIFFE id of a workload.
func (w *world) identityOf(of *workload) string {
	return fmt.Sprintf("spiffe://%s/ns/%s/sa/%s", w.trustDomain(), of.namespace, of.account)
}
