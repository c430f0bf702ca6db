// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

// measureGosched has two goroutines let each other run.
func measureGosched(count int) {
	yield := func(count int) {
		var all sync.WaitGroup
		all.Add(2)
		for i := 0; i < 2; i++ {
			go func() {
				for i := 0; i < count/2; i++ {
					runtime.Gosched()
				}
				all.Done()
			}()
		}
		all.Wait()
	}
	yield(count / 10)
	start := time.Now()
	yield(count)
	fmt.Printf("ns=%.1f\n", each(count, start))
}

// measureChannels has a number go back and forth through two channels; if it is locked, then between
// two threads of the system.
func measureChannels(count int, isLocked bool) {
	there, back := make(chan int), make(chan int)
	if isLocked {
		runtime.LockOSThread()
	}
	start := time.Now()
	go func() {
		if isLocked {
			runtime.LockOSThread()
		}
		for i := 0; i < count/2; i++ {
			back <- <-there + 1
		}
	}()
	for i := 0; i < count/2; i++ {
		there <- i
		<-back
	}
	fmt.Printf("ns=%.1f\n", each(count, start))
}
