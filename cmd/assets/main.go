// Command assets bundles what browsers fetch and writes it to
// internal/assets/dist, to be built into the program with -tags embedassets.
package main

import (
	"fmt"
	"os"

	"baken/internal/assets"
)

func main() {
	set, err := assets.Load()
	if err == nil {
		err = set.Write("internal/assets/dist")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
