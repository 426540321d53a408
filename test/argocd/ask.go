package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	apppath "github.com/argoproj/argo-cd/v3/util/app/path"
	"github.com/argoproj/argo-cd/v3/util/git"
	utilio "github.com/argoproj/argo-cd/v3/util/io"
)

// ask answers a question: of a folder (generate), or of the Git repository that the request names (manifests, details).
func (all *services) ask(ctx context.Context, asked question) (answer, error) {
	var request apiclient.ManifestRequest
	if err := json.Unmarshal(asked.Request, &request); err != nil {
		return answer{}, err
	}
	switch asked.Ask {
	case "generate":
		return generate(ctx, asked, &request)
	case "manifests":
		return all.manifests(ctx, asked, &request)
	case "details":
		return all.details(ctx, asked, &request)
	}
	return answer{}, fmt.Errorf("ask %q: generate, manifests or details", asked.Ask)
}

// generate does what the repo-server does with a checkout, without Git and cache.
func generate(ctx context.Context, asked question, request *apiclient.ManifestRequest) (answer, error) {
	path, err := apppath.Path(asked.Repository, request.ApplicationSource.Path)
	if err != nil {
		return answer{}, err
	}
	response, err := repository.GenerateManifests(ctx, path, asked.Repository, asked.Revision, request, false, git.NoopCredsStore{}, resource.MustParse("0"),
		utilio.NewRandomizedTempPaths(os.TempDir()), repository.WithCMPTarExcludedGlobs(asked.Excluded), repository.WithCMPUseManifestGeneratePaths(asked.CommonRoot))
	if err != nil {
		return answer{}, err
	}
	return answer{Manifests: response.Manifests, SourceType: response.SourceType}, nil
}
