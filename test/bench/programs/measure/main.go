// Runs a command between two pipes, as hosts do: a file in, nothing kept of what comes out. Prints what the operating system says
// of the command alone: wall and CPU milliseconds, peak memory in KiB.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

func main() {
	source := exec.Command("cat", os.Args[1])
	command := exec.Command(os.Args[2], os.Args[3:]...)
	sink := exec.Command("dd", "of=/dev/null", "bs=64k", "status=none")
	connect(source, command)
	connect(command, sink)
	for _, neighbour := range []*exec.Cmd{source, sink} {
		check(neighbour.Start())
	}
	start := time.Now()
	check(command.Start())
	for _, end := range []any{source.Stdout, command.Stdin, command.Stdout, sink.Stdin} {
		check(end.(*os.File).Close())
	}
	check(command.Wait())
	wall := time.Since(start)
	// It may end before all was read.
	_ = source.Wait()
	check(sink.Wait())
	state := command.ProcessState
	cpu := state.UserTime() + state.SystemTime()
	memory := state.SysUsage().(*syscall.Rusage).Maxrss
	fmt.Printf("%.2f %.2f %d\n", float64(wall.Microseconds())/1000, float64(cpu.Microseconds())/1000, memory)
}

// Gives one command's output to the other.
func connect(from, to *exec.Cmd) {
	read, write, err := os.Pipe()
	check(err)
	from.Stdout, to.Stdin = write, read
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, os.Args[2:], err)
		os.Exit(1)
	}
}
