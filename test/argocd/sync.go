package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/rest"
	strictyaml "sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync/common"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/kube"
)

// printWaves syncs from the objects of one file to those of the next, for each two files, and prints what Argo CD does: a line in JSON with what each wave changes.
func printWaves(files []string, out io.Writer) error {
	encoder := json.NewEncoder(out)
	for pair := range slices.Chunk(files, 2) {
		before, err := objectsIn(pair[0])
		if err != nil {
			return err
		}
		after, err := objectsIn(pair[1])
		if err != nil {
			return err
		}
		waves, err := wavesOf(before, after)
		if err != nil {
			return fmt.Errorf("%s: %w", strings.Join(pair, " → "), err)
		}
		if err := encoder.Encode(waves); err != nil {
			return err
		}
	}
	return nil
}

// mostSteps ends a sync that waits for something.
const mostSteps = 100

// wavesOf runs a sync to its end, and gives the changes of each wave that has any.
func wavesOf(before, after []*unstructured.Unstructured) ([][]string, error) {
	c := &cluster{objects: map[kube.ResourceKey]*unstructured.Unstructured{}}
	for _, o := range before {
		c.objects[kube.GetResourceKey(o)] = o
	}
	server := httptest.NewServer(http.HandlerFunc(discover))
	defer server.Close()
	waves := [][]string{}
	running := operation{startedAt: metav1.Now(), phase: common.OperationRunning}
	for steps := 0; running.phase == common.OperationRunning && steps < mostSteps; steps++ {
		c.wave = nil
		if err := running.step(c, after, &rest.Config{Host: server.URL}); err != nil {
			return nil, err
		}
		if slices.Sort(c.wave); len(c.wave) > 0 {
			waves = append(waves, c.wave)
		}
	}
	if running.phase != common.OperationSucceeded {
		return nil, fmt.Errorf("the sync ended as %s: %s", running.phase, running.message)
	}
	return waves, nil
}

// operation is a sync as it stands in an Application between two steps of the controller.
type operation struct {
	phase     common.OperationPhase
	message   string
	results   []common.ResourceSyncResult
	startedAt metav1.Time
}

// step does what SyncAppState in controller/sync.go does each time: it compares anew, and takes one wave further.
func (o *operation) step(c *cluster, wanted []*unstructured.Unstructured, config *rest.Config) error {
	engine, cleanup, err := sync.NewSyncContext("HEAD", sync.Reconcile(wanted, maps.Clone(c.objects), "", c), config, config, c, "",
		sync.WithLogr(logr.Discard()),
		sync.WithOperationSettings(false, true, false, false),
		sync.WithInitialState(o.phase, o.message, o.results, o.startedAt),
	)
	if err != nil {
		return err
	}
	defer cleanup()
	within, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	engine.Sync(within)
	o.phase, o.message, o.results = engine.GetState()
	return within.Err()
}

// objectsIn reads the objects of a file, each with an identity of its own, as a cluster gives them.
func objectsIn(file string) (found []*unstructured.Unstructured, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	documents := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		o := &unstructured.Unstructured{}
		if err := strictyaml.Unmarshal(document, &o.Object); err != nil {
			return nil, err
		}
		o.SetUID(types.UID(named(o.GetKind(), o.GetNamespace(), o.GetName())))
		found = append(found, o)
	}
}
