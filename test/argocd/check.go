package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
	kubernetes "k8s.io/client-go/kubernetes/scheme"
	strictyaml "sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/cmpserver/plugin"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
)

// checkFiles reads every document as a cluster with Argo CD would, and refuses fields that it would drop in silence.
func checkFiles(files []string) error {
	scheme := runtime.NewScheme()
	if err := errors.Join(kubernetes.AddToScheme(scheme), v1alpha1.AddToScheme(scheme)); err != nil {
		return err
	}
	decoder := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
		for number := 1; ; number++ {
			document, err := documents.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil {
				err = checkDocument(decoder, document)
			}
			if err != nil {
				return fmt.Errorf("%s, document %d: %w", file, number, err)
			}
		}
	}
	return nil
}

func checkDocument(decoder runtime.Decoder, document []byte) error {
	var kind metav1.TypeMeta
	if err := strictyaml.Unmarshal(document, &kind); err != nil {
		return err
	}
	// Not an object of the cluster: the plugin server reads it from a file.
	if kind.Kind == plugin.ConfigManagementPluginKind {
		var config plugin.PluginConfig
		if err := strictyaml.UnmarshalStrict(document, &config); err != nil {
			return err
		}
		return plugin.ValidatePluginConfig(config)
	}
	if _, _, err := decoder.Decode(document, nil, nil); err != nil || kind.GroupVersionKind().Group != v1alpha1.SchemeGroupVersion.Group {
		return err
	}
	return checkSchema(kind.Kind, document)
}
