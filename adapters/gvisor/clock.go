// Time, which is virtual: it stands still but while `network.advance` moves it from one timer to the next.
package main

import (
	"container/heap"
	"math"
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
)

// Time of day at boot, midnight as the contract says.
var boot = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)

// Netstack takes the time 0 for one that has not been set, so its monotonic clock starts a second later.
const beforeBoot = time.Second

// A clock whose timers are a heap: the earliest first, and of several at one time the one that was set first.
type clock struct {
	mutex  sync.Mutex
	now    time.Duration
	timers timerHeap
	order  uint64
}

func (c *clock) Now() time.Time { return boot.Add(c.at()) }

func (c *clock) NowMonotonic() tcpip.MonotonicTime {
	var zero tcpip.MonotonicTime
	return zero.Add(beforeBoot + c.at())
}

// Nanoseconds since boot.
func (c *clock) at() time.Duration {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

func (c *clock) AfterFunc(delay time.Duration, work func()) tcpip.Timer {
	timer := &timer{clock: c, work: work, place: notSet}
	timer.Reset(delay)
	return timer
}

// When the next timer is due, if one runs.
func (c *clock) next() (time.Duration, bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.timers) == 0 {
		return 0, false
	}
	return c.timers[0].due, true
}

// Lets time pass up to `until`, and calls `rest` after each timer, so that what it began is done at its own time.
func (c *clock) advance(until time.Duration, rest func()) {
	for {
		work := c.takeDue(until)
		if work == nil {
			return
		}
		// As in Go's own clock: a timer's work may wait for a lock that somebody has who is about to run.
		go work()
		rest()
	}
}

// Takes the next timer that is due by then and makes it that time; or makes it `until`.
func (c *clock) takeDue(until time.Duration) func() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.timers) == 0 || c.timers[0].due > until {
		if until > c.now {
			c.now = until
		}
		return nil
	}
	first := heap.Pop(&c.timers).(*timer)
	if first.due > c.now {
		c.now = first.due
	}
	return first.work
}

const notSet = -1

type timer struct {
	clock *clock
	work  func()
	due   time.Duration
	order uint64
	place int // in the heap, or notSet
}

// Stop tells whether the timer was running.
func (t *timer) Stop() bool {
	t.clock.mutex.Lock()
	defer t.clock.mutex.Unlock()
	return t.remove()
}

func (t *timer) remove() bool {
	if t.place == notSet {
		return false
	}
	heap.Remove(&t.clock.timers, t.place)
	return true
}

func (t *timer) Reset(delay time.Duration) {
	t.clock.mutex.Lock()
	defer t.clock.mutex.Unlock()
	t.remove()
	if delay < 0 {
		delay = 0
	}
	// Netstack makes some timers for the end of all time, only to stop them.
	t.due = t.clock.now + delay
	if t.due < t.clock.now {
		t.due = math.MaxInt64
	}
	t.clock.order++
	t.order = t.clock.order
	heap.Push(&t.clock.timers, t)
}

type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }

func (h timerHeap) Less(i, j int) bool {
	if h[i].due == h[j].due {
		return h[i].order < h[j].order
	}
	return h[i].due < h[j].due
}

func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

func (h *timerHeap) Push(item any) {
	timer := item.(*timer)
	timer.place = len(*h)
	*h = append(*h, timer)
}

func (h *timerHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	last.place = notSet
	return last
}
