package main

import (
	"fmt"
	"os"
	"strings"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/mesh"
)

// meshText is the mesh configuration of the world.
func (s settings) meshText() string {
	policy, domain := s.OutboundTrafficPolicy, s.TrustDomain
	if policy == "" {
		policy = "ALLOW_ANY"
	}
	if domain == "" {
		domain = "cluster.local"
	}
	return fmt.Sprintf("outboundTrafficPolicy: {mode: %s}\ntrustDomain: %s\n", policy, domain)
}

func (s settings) mesh() (*meshconfig.MeshConfig, error) {
	config, err := mesh.ApplyMeshConfigDefaults(s.meshText())
	if err == nil {
		config.DefaultProviders = &meshconfig.MeshConfig_DefaultProviders{} // istio.stats is in Istio's build of Envoy only
	}
	return config, err
}

// analyze runs all of istiod's analyzers over the output in its world and gives what they found.
func analyze(f *folder, w *world, tally *tally) []string {
	found, count, err := runAnalyzers(f, w)
	if err != nil {
		tally.fail("analyzed", err.Error())
		return nil
	}
	tally.pass(fmt.Sprintf("analyzed (%d analyzers, none skipped)", count))
	return found
}

func runAnalyzers(f *folder, w *world) (found []string, count int, err error) {
	var output strings.Builder
	for _, o := range f.output {
		if isIstio(o) { // the world holds the others
			output.WriteString("---\n" + o.text + "\n")
		}
	}
	analyzer := local.NewIstiodAnalyzer(analyzers.AllCombined(), "", "istio-system", nil)
	sources := []local.ReaderSource{
		{Name: "output.yaml", Reader: strings.NewReader(output.String())},
		{Name: "world.yaml", Reader: strings.NewReader(w.yaml())},
	}
	// The order matters: sources that come after the defaults are not read.
	if err := analyzer.AddTestReaderKubeSource(sources); err != nil {
		return nil, 0, err
	}
	file, err := os.CreateTemp("", "wayout-mesh-*.yaml")
	if err != nil {
		return nil, 0, err
	}
	defer os.Remove(file.Name())
	if _, err := file.WriteString(w.settings.meshText()); err != nil {
		return nil, 0, err
	}
	if err := file.Close(); err != nil {
		return nil, 0, err
	}
	if err := analyzer.AddFileKubeMeshConfig(file.Name()); err != nil {
		return nil, 0, err
	}
	if err := analyzer.AddDefaultResources(); err != nil {
		return nil, 0, err
	}
	result, err := analyzer.Analyze(make(chan struct{}))
	if err != nil {
		return nil, 0, err
	}
	if len(result.SkippedAnalyzers) > 0 {
		return nil, 0, fmt.Errorf("skipped: %s", strings.Join(result.SkippedAnalyzers, ", "))
	}
	for _, message := range result.Messages {
		found = append(found, message.String())
	}
	return found, len(result.ExecutedAnalyzers), nil
}

// checkFindings passes if what istiod's analyzers and its push complain of is exactly what the case names.
func checkFindings(expected, seen []string, tally *tally) {
	unexpected, missing := compareTexts(expected, seen)
	if len(unexpected)+len(missing) > 0 {
		tally.fail("findings", append(unexpected, missing...)...)
		return
	}
	tally.pass(fmt.Sprintf("findings (%d, all known)", len(seen)))
}
