package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/argoproj/argo-cd/v3/reposerver/repository"
)

// question is one line of stdin; the request is what the application controller would send.
type question struct {
	ID         int             `json:"id"`
	Ask        string          `json:"ask"`        // generate, manifests or details
	Repository string          `json:"repository"` // the folder to generate from
	Revision   string          `json:"revision"`
	Seconds    float64         `json:"seconds"` // the deadline of the call; none if absent
	Excluded   []string        `json:"excluded"`
	CommonRoot bool            `json:"commonRoot"` // send the common root of manifest-generate-paths alone
	Request    json.RawMessage `json:"request"`
}

// answer is one line of stdout, in the order in which calls end.
type answer struct {
	ID         int      `json:"id"`
	Manifests  []string `json:"manifests,omitempty"`
	Parameters any      `json:"parameters,omitempty"`
	SourceType string   `json:"sourceType,omitempty"`
	Error      string   `json:"error,omitempty"`
	Seconds    float64  `json:"seconds"`
}

// serve answers all questions at once, each in its own time, until stdin ends.
func serve(in io.Reader, out io.Writer) error {
	logrus.SetOutput(io.Discard)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	all := &services{started: map[string]*repository.Service{}}
	var running sync.WaitGroup
	var writing sync.Mutex
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		running.Go(func() {
			answered := all.timed(asked)
			writing.Lock()
			defer writing.Unlock()
			_ = encoder.Encode(answered)
		})
	}
	running.Wait()
	return lines.Err()
}

func (all *services) timed(asked question) answer {
	ctx := context.Background()
	if asked.Seconds > 0 {
		limited, cancel := context.WithTimeout(ctx, time.Duration(asked.Seconds*float64(time.Second)))
		defer cancel()
		ctx = limited
	}
	begin := time.Now()
	answered, err := all.ask(ctx, asked)
	if err != nil {
		answered = answer{Error: err.Error()}
	}
	answered.ID = asked.ID
	answered.Seconds = time.Since(begin).Seconds()
	return answered
}
