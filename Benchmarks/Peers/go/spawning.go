// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"sync"
	"time"
)

// measureSpawn makes goroutines that do nothing, so many at a time, and waits for all of them.
func measureSpawn(count, batch int) {
	spawn := func(count int) {
		var all sync.WaitGroup
		for done := 0; done < count; done += batch {
			all.Add(batch)
			for i := 0; i < batch; i++ {
				go all.Done()
			}
			all.Wait()
		}
	}
	if batch < count {
		spawn(count / 10)
	}
	start := time.Now()
	spawn(count)
	fmt.Printf("ns=%.1f\n", each(count, start))
}

// measureParked has goroutines wait for one channel to be closed.
func measureParked(count int) {
	gate := make(chan struct{})
	var waiting, all sync.WaitGroup
	waiting.Add(count)
	all.Add(count)
	before := residentBytes()
	for i := 0; i < count; i++ {
		go func() {
			waiting.Done()
			<-gate
			all.Done()
		}()
	}
	waiting.Wait()
	grown := residentBytes() - before
	start := time.Now()
	close(gate)
	all.Wait()
	fmt.Printf("bytes=%d wake_ns=%.1f\n", grown/count, each(count, start))
}
