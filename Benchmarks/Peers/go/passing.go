// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math/rand"
	"sync"
	"time"
)

// measureQueue passes numbers through a channel that holds a hundred.
func measureQueue(count, pairs int) {
	pass := func(count int) {
		queue := make(chan int, 100)
		var all sync.WaitGroup
		all.Add(2 * pairs)
		for i := 0; i < pairs; i++ {
			go func() {
				for item := 0; item < count/pairs; item++ {
					queue <- item
				}
				all.Done()
			}()
			go func() {
				for item := 0; item < count/pairs; item++ {
					<-queue
				}
				all.Done()
			}()
		}
		all.Wait()
	}
	pass(count / 10)
	start := time.Now()
	pass(count)
	fmt.Printf("ns=%.1f\n", each(count, start))
}

// measureTimers has goroutines sleep for a random time of up to a second.
func measureTimers(count int) {
	durations := make([]time.Duration, count)
	for i := range durations {
		durations[i] = time.Duration(rand.Int63n(int64(time.Second)))
	}
	var all sync.WaitGroup
	all.Add(count)
	cpu := cpuSeconds()
	for _, duration := range durations {
		go func(duration time.Duration) {
			time.Sleep(duration)
			all.Done()
		}(duration)
	}
	all.Wait()
	fmt.Printf("cpu_s=%.4f\n", cpuSeconds()-cpu)
}
