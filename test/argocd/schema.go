package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	strictyaml "sigs.k8s.io/yaml"
)

// checkSchema validates a resource of Argo CD's as the API server does, by the definition that Argo CD installs.
func checkSchema(kind string, document []byte) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(program), "manifests/crds", strings.ToLower(kind)+"-crd.yaml"))
	if err != nil {
		return err
	}
	var definition apiextensionsv1.CustomResourceDefinition
	var schema apiextensions.CustomResourceValidation
	var resource any
	if err := errors.Join(strictyaml.Unmarshal(text, &definition), strictyaml.Unmarshal(document, &resource)); err != nil {
		return err
	}
	if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(definition.Spec.Versions[0].Schema, &schema, nil); err != nil {
		return err
	}
	validator, _, err := validation.NewSchemaValidator(schema.OpenAPIV3Schema)
	if err != nil {
		return err
	}
	return validation.ValidateCustomResource(field.NewPath(""), resource, validator).ToAggregate()
}
