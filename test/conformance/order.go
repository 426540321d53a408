package main

import (
	"encoding/json"
	"os"
	"slices"
)

// printOrders prints for each sync that is replayed what it changes, wave after wave: a line in JSON, to be held against what Argo CD itself does.
func printOrders(folders []string) error {
	encoder := json.NewEncoder(os.Stdout)
	for _, path := range folders {
		read, err := readFolder(path)
		if err != nil {
			return err
		}
		syncs, err := read.syncs()
		if err != nil {
			return err
		}
		for _, s := range syncs {
			order := [][]string{}
			for _, wave := range wavesOf(changesBetween(s.before, s.after)) {
				var names []string
				for _, c := range wave {
					names = append(names, c.String())
				}
				slices.Sort(names)
				order = append(order, names)
			}
			if err := encoder.Encode(map[string]any{"case": path, "sync": s.title, "over": read.calls.ReplayOver, "waves": order}); err != nil {
				return err
			}
		}
	}
	return nil
}
