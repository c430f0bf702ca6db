// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"syscall"
	"time"
)

// each is how many nanoseconds one of count has taken since start.
func each(count int, start time.Time) float64 {
	return float64(time.Since(start).Nanoseconds()) / float64(count)
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func residentBytes() int {
	var size, resident int
	file, err := os.Open("/proc/self/statm")
	if err != nil {
		return 0
	}
	defer file.Close()
	fmt.Fscan(file, &size, &resident)
	return resident * 4096
}
