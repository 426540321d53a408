package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// folder is one case: what wayout rendered, the world it is put into, and what is expected of it.
type folder struct {
	path     string
	output   []object // all that is applied: its own, and what stands beside it
	own      []object
	beside   []object
	calls    callsFile
	hasCalls bool
}

func (f *folder) hasIstio() bool {
	for _, o := range f.output {
		if isIstio(o) {
			return true
		}
	}
	return false
}

// readFolder reads the output and calls.yaml; what calls.yaml leaves open about the world, the EgressConfig of the input says.
func readFolder(path string) (*folder, error) {
	f := &folder{path: path}
	output := outputOf(path)
	text, err := os.ReadFile(filepath.Join(path, output))
	if err != nil {
		return nil, err
	}
	if f.output, err = splitObjects(text); err != nil {
		return nil, fmt.Errorf("%s: %w", output, err)
	}
	world := map[string]any{}
	for _, name := range []string{"input.yaml", "config.yaml"} {
		egressConfigIn(filepath.Join(path, name), world)
	}
	text, err = os.ReadFile(filepath.Join(path, "calls.yaml"))
	if f.hasCalls = err == nil; f.hasCalls {
		if err := yaml.UnmarshalStrict(text, &f.calls); err != nil {
			return nil, fmt.Errorf("calls.yaml: %w", err)
		}
	}
	f.own = slices.Clone(f.output)
	if err := f.join(f.calls.Beside); err != nil {
		return nil, fmt.Errorf("calls.yaml: beside: %w", err)
	}
	f.beside = f.output[len(f.own):]
	for key, value := range f.calls.World {
		world[key] = value
	}
	merged, err := json.Marshal(world)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(merged, &f.calls.settings); err != nil {
		return nil, fmt.Errorf("calls.yaml: world: %w", err)
	}
	f.calls.settings.fillIn()
	for i := range f.calls.Calls {
		if err := f.calls.Calls[i].complete(); err != nil {
			return nil, fmt.Errorf("calls.yaml: calls[%d]: %w", i, err)
		}
	}
	return f, nil
}

// join adds what other folders render, as if both were applied; an object that both hold is there once.
func (f *folder) join(names []string) error {
	for _, name := range names {
		other := filepath.Join(filepath.Dir(filepath.Clean(f.path)), name)
		text, err := os.ReadFile(filepath.Join(other, outputOf(other)))
		if err != nil {
			return err
		}
		objects, err := splitObjects(text)
		if err != nil {
			return err
		}
		for _, o := range objects {
			if !slices.ContainsFunc(f.output, func(own object) bool { return own.String() == o.String() }) {
				f.output = append(f.output, o)
			}
		}
	}
	return nil
}

// egressConfigIn puts the fields of the EgressConfig in a file over those given, a functionConfig's over a document's; none where it cannot be read.
func egressConfigIn(path string, fields map[string]any) {
	text, err := os.ReadFile(path)
	if err != nil {
		return
	}
	type config struct {
		Kind           string         `json:"kind"`
		Spec           map[string]any `json:"spec"`
		FunctionConfig *config        `json:"functionConfig"`
		Items          []config       `json:"items"`
	}
	var take func(c config)
	take = func(c config) {
		if c.Kind == "EgressConfig" {
			for key, value := range c.Spec {
				fields[key] = value
			}
		}
		for _, item := range c.Items {
			take(item)
		}
		if c.FunctionConfig != nil {
			take(*c.FunctionConfig)
		}
	}
	reader := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := reader.Read()
		if err != nil {
			return
		}
		var c config
		if yaml.Unmarshal(document, &c) == nil {
			take(c)
		}
	}
}
