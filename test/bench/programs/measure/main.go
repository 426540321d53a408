// Runs a command on a file and prints what the operating system says of it: wall and CPU milliseconds, peak memory in KiB.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	input, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	command := exec.Command(os.Args[2], os.Args[3:]...)
	command.Stdin = input
	start := time.Now()
	if err := command.Run(); err != nil {
		fmt.Fprintln(os.Stderr, os.Args[2:], err)
		os.Exit(1)
	}
	wall := time.Since(start)
	state := command.ProcessState
	cpu := state.UserTime() + state.SystemTime()
	memory := state.SysUsage().(*syscall.Rusage).Maxrss
	fmt.Printf("%.2f %.2f %d\n", float64(wall.Microseconds())/1000, float64(cpu.Microseconds())/1000, memory)
}
