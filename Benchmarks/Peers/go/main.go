// SPDX-License-Identifier: Apache-2.0

// Go as a peer: `peers WORKLOAD COUNT`, or `peers SERVER PORT …`.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: peers WORKLOAD COUNT")
		os.Exit(2)
	}
	count, _ := strconv.Atoi(os.Args[2])
	switch os.Args[1] {
	case "switch":
		measureGosched(count)
	case "handover":
		measureChannels(count, false)
	case "handover-locked":
		measureChannels(count, true)
	case "spawn":
		measureSpawn(count, 1000)
	case "spawn-alive":
		measureSpawn(count, count)
	case "parked":
		measureParked(count)
	case "queue":
		measureQueue(count, 1)
	case "queue-10":
		measureQueue(count, 10)
	case "timers":
		measureTimers(count)
	default:
		serve(os.Args[1], os.Args[2])
	}
}
