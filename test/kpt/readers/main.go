// Command readers reads texts as kubectl, Argo CD, kustomize and kpt do: JSON strings on standard input, one line of JSON for each on
// standard output.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"

	yamlv3 "go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/kyaml/kio"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/yaml"
)

// A reading is what the readers make of one text; a reader that refuses it has no values, and an error.
type reading struct {
	// Sigs is the value of the whole text, as sigs.k8s.io/yaml gives it to kubectl and Argo CD.
	Sigs any `json:"sigs"`
	// Cluster holds the objects that kubectl and Argo CD take out of the text, lists taken apart.
	Cluster []any `json:"cluster"`
	// Kyaml holds the objects that kustomize and kpt take out of it.
	Kyaml  []any             `json:"kyaml"`
	Errors map[string]string `json:"errors"`
}

func main() {
	decoder := json.NewDecoder(os.Stdin)
	encoder := json.NewEncoder(os.Stdout)
	for {
		var text string
		if err := decoder.Decode(&text); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			panic(err)
		}
		if err := encoder.Encode(read(text)); err != nil {
			panic(err)
		}
	}
}

func read(text string) reading {
	found := reading{Errors: map[string]string{}}
	note := func(reader string, err error) {
		if err != nil {
			found.Errors[reader] = err.Error()
		}
	}
	note("sigs", yaml.Unmarshal([]byte(text), &found.Sigs))
	var err error
	found.Cluster, err = cluster(text)
	note("cluster", err)
	found.Kyaml, err = kustomize(text)
	note("kyaml", err)
	return found
}

// cluster decodes as Argo CD's SplitYAML and kubectl's builder do.
func cluster(text string) ([]any, error) {
	var found []any
	decoder := kubeyaml.NewYAMLOrJSONDecoder(bytes.NewReader([]byte(text)), 4096)
	for {
		object := map[string]any{}
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return found, nil
		} else if err != nil {
			return nil, err
		}
		one := &unstructured.Unstructured{Object: object}
		if !one.IsList() {
			found = append(found, object)
			continue
		}
		items, _, err := unstructured.NestedSlice(object, "items")
		if err != nil {
			return nil, err
		}
		found = append(found, items...)
	}
}

// kustomize decodes as kyaml does.
func kustomize(text string) ([]any, error) {
	nodes, err := kio.FromBytes([]byte(text))
	if err != nil {
		return nil, err
	}
	var found []any
	for _, node := range nodes {
		var value any
		if err := decode(node, &value); err != nil {
			return nil, err
		}
		found = append(found, value)
	}
	return found, nil
}

func decode(node *kyaml.RNode, value any) error {
	text, err := yamlv3.Marshal(node.YNode())
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, value)
}
