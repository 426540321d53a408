package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/cache"
	"github.com/argoproj/argo-cd/v3/reposerver/metrics"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	"github.com/argoproj/argo-cd/v3/util/git"
)

// services are repo-servers by their settings: each has a cache and clones of its own.
type services struct {
	sync.Mutex
	started map[string]*repository.Service
}

// with gives the repo-server that has a question's settings.
func (all *services) with(asked question) (*repository.Service, error) {
	all.Lock()
	defer all.Unlock()
	key := fmt.Sprint(strings.Join(asked.Excluded, ","), asked.CommonRoot)
	if found := all.started[key]; found != nil {
		return found, nil
	}
	root, err := os.MkdirTemp("", "argocd-repo-server-")
	if err != nil {
		return nil, err
	}
	memory := cacheutil.NewCache(cacheutil.NewInMemoryCache(time.Hour))
	service := repository.NewService(metrics.NewMetricsServer(), cache.NewCache(memory, time.Hour, time.Hour, 10*time.Second), repository.RepoServerInitConstants{
		PauseGenerationAfterFailedGenerationAttempts: 3,
		PauseGenerationOnFailureForMinutes:           60,
		CMPTarExcludedGlobs:                          asked.Excluded,
		CMPUseManifestGeneratePaths:                  asked.CommonRoot,
	}, git.NoopCredsStore{}, root)
	all.started[key] = service
	return service, service.Init()
}

// manifests asks as the application controller does, of a Git repository: checkout, links, cache and all.
func (all *services) manifests(ctx context.Context, asked question, request *apiclient.ManifestRequest) (answer, error) {
	service, err := all.with(asked)
	if err != nil {
		return answer{}, err
	}
	response, err := service.GenerateManifest(ctx, request)
	if err != nil {
		return answer{}, err
	}
	return answer{Manifests: response.Manifests, SourceType: response.SourceType}, nil
}

// details asks as the user interface does.
func (all *services) details(ctx context.Context, asked question, request *apiclient.ManifestRequest) (answer, error) {
	service, err := all.with(asked)
	if err != nil {
		return answer{}, err
	}
	response, err := service.GetAppDetails(ctx, &apiclient.RepoServerAppDetailsQuery{Repo: request.Repo, Source: request.ApplicationSource, AppName: request.AppName})
	if err != nil {
		return answer{}, err
	}
	if response.Type != string(v1alpha1.ApplicationSourceTypePlugin) {
		return answer{SourceType: response.Type}, nil
	}
	return answer{SourceType: response.Type, Parameters: response.Plugin.ParametersAnnouncement}, nil
}
