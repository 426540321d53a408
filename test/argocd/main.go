// Command argocd is Argo CD's own servers in one program, without a cluster: what the end-to-end tests of the plugin talk to.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	cmp "github.com/argoproj/argo-cd/v3/cmd/argocd-cmp-server/commands"
)

const usage = `usage: argocd-cmp-server [FLAG…]   Argo CD's plugin server, with its own flags
       argocd repo-server         Argo CD's manifest generation: a question in JSON on each line of stdin, an answer on each of stdout
       argocd check FILE…         refuses documents with fields that their kinds do not have
       argocd sync BEFORE AFTER…       what a sync from one file of objects to the next changes, wave after wave, for each two files
`

func main() {
	// As in Argo CD's own image, where every server is one program under many names.
	if filepath.Base(os.Args[0]) == "argocd-cmp-server" {
		exitOn(cmp.NewCommand().Execute())
		return
	}
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	switch os.Args[1] {
	case "repo-server":
		exitOn(serve(os.Stdin, os.Stdout))
	case "check":
		exitOn(checkFiles(os.Args[2:]))
	case "sync":
		if len(os.Args)%2 == 1 {
			fmt.Fprint(os.Stderr, usage)
			os.Exit(2)
		}
		exitOn(printWaves(os.Args[2:], os.Stdout))
	default:
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
