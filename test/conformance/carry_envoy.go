package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	secretservice "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/grpc"
)

const (
	adminPort = 15000
	relayPort = 15010
)

// envoy is one real proxy, on its workload's address.
type envoy struct {
	workload *workload
	process  *exec.Cmd
	ended    chan struct{}
	relay    *grpc.Server
	log      string
}

// startEnvoy runs the proxy of a workload, which takes its configuration from a relay of its own.
func startEnvoy(m *istiod, of *workload, from *authorities, folder string, refused func(string)) (*envoy, error) {
	listening, err := net.Listen("tcp", net.JoinHostPort(of.ip, strconv.Itoa(relayPort)))
	if err != nil {
		return nil, err
	}
	e := &envoy{workload: of, relay: grpc.NewServer(), ended: make(chan struct{}), log: filepath.Join(folder, of.ip+".log")}
	discovery.RegisterAggregatedDiscoveryServiceServer(e.relay, &relay{istiod: m, workload: of, refused: refused})
	secretservice.RegisterSecretDiscoveryServiceServer(e.relay, &secretServer{identity: m.world.identityOf(of), authorities: from})
	go func() { _ = e.relay.Serve(listening) }()
	text, err := json.Marshal(bootstrapOf(of, m.world))
	if err != nil {
		return e, err
	}
	file := filepath.Join(folder, of.ip+".json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return e, err
	}
	e.process = exec.Command(os.Getenv("ENVOY"), "-c", file, "--concurrency", "1", "--disable-hot-restart", "--drain-time-s", "1",
		"--log-level", "warn", "--log-path", e.log)
	e.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := e.process.Start(); err != nil {
		e.process = nil
		return e, err
	}
	go func() { _ = e.process.Wait(); close(e.ended) }()
	return e, nil
}

// ready waits until the proxy has all that istiod and DNS know.
func (e *envoy) ready() error {
	for range 400 {
		if answer, err := e.admin("/ready"); err == nil && strings.TrimSpace(answer) == "LIVE" {
			return nil
		}
		select {
		case <-e.ended:
			return e.failed("ended at once")
		case <-time.After(50 * time.Millisecond):
		}
	}
	return e.failed("was not ready within 20 seconds")
}

func (e *envoy) failed(how string) error {
	said, _ := os.ReadFile(e.log)
	return fmt.Errorf("the Envoy of %s/%s %s\n%s", e.workload.namespace, e.workload.name, how, said)
}

// stop ends the process, by force if it lingers.
func (e *envoy) stop() {
	if e.process != nil {
		_ = e.process.Process.Signal(syscall.SIGTERM)
		select {
		case <-e.ended:
		case <-time.After(5 * time.Second):
			_ = e.process.Process.Kill()
			<-e.ended
		}
	}
	e.relay.Stop()
}

func (e *envoy) admin(path string) (string, error) {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get("http://" + net.JoinHostPort(e.workload.ip, strconv.Itoa(adminPort)) + path)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(answer.Status)
	}
	return string(text), err
}

// count adds up the counters whose name ends in one of the endings, those of its own administration left out.
func (e *envoy) count(endings ...string) int {
	text, err := e.admin("/stats?type=Counters&filter=" + url.QueryEscape("("+strings.Join(endings, "|")+")$"))
	if err != nil {
		return -1
	}
	total := 0
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		name, value, found := strings.Cut(lines.Text(), ": ")
		if number, err := strconv.Atoi(value); found && err == nil && !strings.Contains(name, ".admin.") {
			total += number
		}
	}
	return total
}
