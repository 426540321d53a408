package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// object is one Kubernetes object as text, and as data.
type object struct {
	text string
	*unstructured.Unstructured
}

func isIstio(o object) bool {
	return strings.HasSuffix(o.GroupVersionKind().Group, ".istio.io")
}

func (o object) String() string {
	return fmt.Sprintf("%s %s/%s", o.GetKind(), o.GetNamespace(), o.GetName())
}

// splitObjects gives each object of a YAML stream; those of a list stand for themselves.
func splitObjects(text []byte) ([]object, error) {
	var found []object
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		asJSON, err := yaml.YAMLToJSON(document)
		if err != nil {
			return nil, err
		}
		if string(asJSON) == "null" {
			continue
		}
		listed, err := itemsOf(asJSON)
		if err != nil {
			return nil, err
		}
		if listed != nil {
			found = append(found, listed...)
			continue
		}
		data := &unstructured.Unstructured{}
		if err := data.UnmarshalJSON(asJSON); err != nil {
			return nil, err
		}
		inNamespace(data)
		found = append(found, object{string(document), data})
	}
}

// itemsOf gives the objects of a List or ResourceList, nil for any other object.
func itemsOf(asJSON []byte) ([]object, error) {
	var list struct {
		Kind  string            `json:"kind"`
		Items []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(asJSON, &list); err != nil || !strings.HasSuffix(list.Kind, "List") {
		return nil, err
	}
	found := []object{}
	for _, item := range list.Items {
		text, err := yaml.JSONToYAML(item)
		if err != nil {
			return nil, err
		}
		data := &unstructured.Unstructured{}
		if err := data.UnmarshalJSON(item); err != nil {
			return nil, err
		}
		inNamespace(data)
		found = append(found, object{string(text), data})
	}
	return found, nil
}

func inNamespace(o *unstructured.Unstructured) {
	if o.GetNamespace() == "" && o.GetKind() != "Namespace" {
		o.SetNamespace("default")
	}
}
