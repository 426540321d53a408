// A KRM function on kyaml that changes nothing: what a user would write instead of wayout.
package main

import (
	"os"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/fn/framework/command"
)

func main() {
	same := framework.ResourceListProcessorFunc(func(*framework.ResourceList) error { return nil })
	if command.Build(same, command.StandaloneEnabled, false).Execute() != nil {
		os.Exit(1)
	}
}
