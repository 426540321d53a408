// Reads what wayout printed as kubectl and Argo CD do, and compares it with what was to be printed: lines of {"text": YAML, "value": JSON}.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"

	"sigs.k8s.io/yaml"
)

type printed struct {
	Text  string
	Value any
}

func main() {
	passed, failed := 0, 0
	decoder := json.NewDecoder(os.Stdin)
	for {
		var one printed
		if err := decoder.Decode(&one); err == io.EOF {
			break
		} else if err != nil {
			panic(err)
		}
		var read any
		err := yaml.Unmarshal([]byte(one.Text), &read)
		if err == nil && reflect.DeepEqual(read, one.Value) {
			passed++
			continue
		}
		failed++
		if failed <= 10 {
			fmt.Printf("FAIL  %q is read as %#v (%v)\n", one.Text, read, err)
		}
	}
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
