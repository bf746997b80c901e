// Calls that sleep. Netstack's never do: it says that a call would block, and tells whoever asks when it is worth
// trying again. What gVisor's sentry does with its tasks is done here with records of calls.
package main

import (
	"fmt"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/waiter"
)

// What a call comes to; nil while it would block.
type attempt func() answer

type sleepingCall struct {
	token    string
	task     string
	waitsFor string
	socket   *socket
	entry    waiter.Entry
	woken    bool
	try      attempt
	// What it comes to when it has to end with this errno; a call that has done a part tells of that.
	cut    func(errno string) answer
	timer  tcpip.Timer // nil: no time limit
	answer answer      // nil while it sleeps
}

// How a call sleeps.
type patience struct {
	waitsFor string
	events   waiter.EventMask
	dontWait bool
	limit    time.Duration // 0: none
	// What an interrupted call comes to; nil: the errno.
	cut func(errno string) answer
}

// Makes a call for a task: at once where that can be, else the task sleeps.
func callOf(args arguments, socket *socket, how patience, try attempt) answer {
	task := args.name("task")
	beginCall(task)
	if how.cut == nil {
		how.cut = errno
	}
	if reply := try(); reply != nil {
		settle()
		return reply
	}
	if how.dontWait {
		settle()
		return how.cut("EAGAIN")
	}
	call := fallAsleep(task, socket, how, try)
	settle()
	if call.answer != nil {
		call.forget()
		return call.answer
	}
	return parked(call)
}

// A task makes one call at a time. What an earlier one came to is forgotten when nobody has asked.
func beginCall(task string) {
	for _, call := range host.calls {
		if call.task != task {
			continue
		}
		if call.answer == nil {
			fail("args.task: %s is in a call already", task)
		}
		call.forget()
		return
	}
}

func fallAsleep(task string, socket *socket, how patience, try attempt) *sleepingCall {
	host.callCount++
	call := &sleepingCall{
		token: fmt.Sprintf("c%d", host.callCount), task: task, waitsFor: how.waitsFor,
		socket: socket, try: try, cut: how.cut,
	}
	call.entry = waiter.NewFunctionEntry(how.events|waiter.EventErr|waiter.EventHUp, func(waiter.EventMask) { call.woken = true })
	socket.queue.EventRegister(&call.entry)
	// What it waits for may have come just before it asked to be told.
	call.woken = true
	if how.limit > 0 {
		call.timer = host.clock.AfterFunc(how.limit, func() { call.end(call.cut("EAGAIN")) })
	}
	host.calls = append(host.calls, call)
	return call
}

func (c *sleepingCall) end(reply answer) {
	if c.answer != nil {
		return
	}
	c.answer = reply
	c.socket.queue.EventUnregister(&c.entry)
	if c.timer != nil {
		c.timer.Stop()
	}
}

func (c *sleepingCall) forget() {
	for which, call := range host.calls {
		if call == c {
			host.calls = append(host.calls[:which:which], host.calls[which+1:]...)
			return
		}
	}
}

// Tries the calls again that were woken, in the order in which they fell asleep. Tells whether there were any.
func wake() bool {
	any := false
	for _, call := range host.calls {
		if call.answer != nil || !call.woken {
			continue
		}
		any = true
		call.woken = false
		if reply := call.try(); reply != nil {
			call.end(reply)
		}
	}
	return any
}

func parked(call *sleepingCall) answer {
	return answer{"parked": object{"call": call.token, "waitsFor": call.waitsFor}}
}

func poll(args arguments) answer {
	token := args.text("call")
	for _, call := range host.calls {
		if call.token != token {
			continue
		}
		if call.answer == nil {
			return parked(call)
		}
		call.forget()
		return call.answer
	}
	fail("args.call: no such call")
	return nil
}

// Begun anew is neither a call with a time limit, nor one that has done a part, as in Linux and in the sentry.
func taskInterrupt(args arguments) answer {
	task, restart := args.name("task"), args.truth("restart")
	for _, call := range host.calls {
		if call.task != task || call.answer != nil {
			continue
		}
		reply := call.cut("EINTR")
		if _, part := reply["ok"]; part || !restart || call.timer != nil {
			call.end(reply)
		}
	}
	settle()
	return ok(nil)
}

func taskSignals(args arguments) answer {
	task := args.name("task")
	signals := host.signals[task]
	delete(host.signals, task)
	if signals == nil {
		signals = []string{}
	}
	return ok(object{"signals": signals})
}
