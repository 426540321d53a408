package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"istio.io/istio/manifests"
	crdconfig "istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	crdvalidation "istio.io/istio/pkg/config/crd"
	"istio.io/istio/pkg/config/schema/collections"
	"istio.io/istio/pkg/config/schema/resource"
	"istio.io/istio/pkg/kube"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

// crds holds what the API server checks before istiod sees an object: schemas and CEL rules, compiled once.
var crds = sync.OnceValues(func() (*crdvalidation.Validator, error) {
	text, err := manifests.FS.ReadFile("charts/base/files/crd-all.gen.yaml")
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "wayout-crds-*.yaml")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(text); err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	validator, err := crdvalidation.NewValidatorFromFilesWithOptions([]string{file.Name()}, crdvalidation.WithoutCRDValidation())
	if err == nil {
		validator.SkipMissing = true
	}
	return validator, err
})

// checkValidation passes if the API server and istiod's webhook would take every object, and its warnings are known.
func checkValidation(f *folder, tally *tally) {
	var refused []string
	taken := 0
	ids := map[string]bool{}
	for _, o := range f.output {
		if id := o.GroupVersionKind().GroupKind().String() + o.String(); ids[id] {
			refused = append(refused, o.String()+": written twice")
		} else {
			ids[id] = true
		}
		known, err := validate(o)
		if err != nil {
			refused = append(refused, fmt.Sprintf("%s: %v", o, err))
		}
		if known {
			taken++
		}
	}
	unexpected, missing := compareTexts(f.calls.Invalid, refused)
	if len(unexpected)+len(missing) > 0 {
		tally.fail("valid", append(unexpected, missing...)...)
		return
	}
	tally.pass(fmt.Sprintf("valid (%d objects)", taken))
}

// validate gives the reason for which an object would be refused; known is false for kinds that neither Istio nor Kubernetes has.
func validate(o object) (known bool, err error) {
	if isIstio(o) {
		return true, validateIstio(o)
	}
	if _, _, err := kube.IstioCodec.UniversalDeserializer().Decode([]byte(o.text), nil, nil); err != nil {
		if runtime.IsNotRegisteredError(err) {
			return false, nil
		}
		return true, err
	}
	_, err = typed(o)
	return true, err
}

func validateIstio(o object) error {
	kind := crdconfig.IstioKind{}
	if err := yaml.UnmarshalStrict([]byte(o.text), &kind); err != nil {
		return err
	}
	validator, err := crds()
	if err != nil {
		return err
	}
	if err := validator.ValidateCustomResource(o.DeepCopy()); err != nil {
		return err
	}
	cfg, schema, err := istioConfig(o, strictSpec)
	if err != nil {
		return err
	}
	warnings, err := schema.ValidateConfig(*cfg)
	return errors.Join(warnings, err)
}

func strictSpec(schema resource.Schema, text string) (config.Spec, error) {
	spec, err := schema.NewInstance()
	if err != nil {
		return nil, err
	}
	return spec, config.ApplyJSONStrict(spec, text)
}

// epoch is when every object was made that does not say it: of equal age, so that Istio orders them by name.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// istioConfig gives the object as istiod keeps it.
func istioConfig(o object, convert crdconfig.ConversionFunc) (*config.Config, resource.Schema, error) {
	gvk := o.GroupVersionKind()
	schema, known := collections.PilotGatewayAPI().FindByGroupVersionAliasesKind(resource.FromKubernetesGVK(&gvk))
	if !known {
		return nil, nil, fmt.Errorf("istiod knows no %s %s", o.GetAPIVersion(), o.GetKind())
	}
	kind := crdconfig.IstioKind{}
	if err := yaml.Unmarshal([]byte(o.text), &kind); err != nil {
		return nil, nil, err
	}
	cfg, err := crdconfig.ConvertObjectInternal(schema, &kind, "cluster.local", convert)
	if err != nil {
		return nil, nil, err
	}
	cfg.Namespace = o.GetNamespace()
	if cfg.CreationTimestamp.IsZero() {
		cfg.CreationTimestamp = epoch
	}
	return cfg, schema, nil
}

// typed gives a core Kubernetes object, every field of it known.
func typed(o object) (runtime.Object, error) {
	decoded, _, err := kube.IstioCodec.UniversalDeserializer().Decode([]byte(o.text), nil, nil)
	if err != nil {
		return nil, err
	}
	return decoded, yaml.UnmarshalStrict([]byte(o.text), decoded.DeepCopyObject())
}

// compareTexts gives the seen texts that nothing expects, and the expectations that nothing seen contains.
func compareTexts(expected, seen []string) (unexpected, missing []string) {
	used := make([]bool, len(expected))
	for _, text := range seen {
		known := false
		for i, want := range expected {
			if containsWords(text, want) {
				used[i], known = true, true
			}
		}
		if !known {
			unexpected = append(unexpected, "not expected: "+text)
		}
	}
	for i, want := range expected {
		if !used[i] {
			missing = append(missing, "expected, not seen: "+want)
		}
	}
	return unexpected, missing
}

// containsWords is true if the text holds every word of the expectation, in whatever order.
func containsWords(text, want string) bool {
	for _, word := range strings.Fields(want) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
