// TCP as programs call it. Each call follows what gVisor's sentry does with the same endpoint.
package main

import (
	"bytes"
	"encoding/hex"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/waiter"
)

func streamListen(args arguments, socket *socket) answer {
	return result(socket.endpoint.Listen(args.int32("backlog")))
}

// --- Beginning -------------------------------------------------------------------------------------------------

func streamAccept(args arguments, socket *socket) answer {
	how := patience{
		waitsFor: "a connection", events: waiter.ReadableEvents,
		dontWait: args.flag("dontWait"), limit: socket.receiveLimit,
	}
	return callOf(args, socket, how, func() answer {
		var from tcpip.FullAddress
		endpoint, queue, err := socket.endpoint.Accept(&from)
		if wouldBlock(err) {
			return nil
		}
		if err != nil {
			return result(err)
		}
		accepted := handOut(streamSocket, endpoint, queue)
		return ok(object{"socket": accepted.handle, "from": addressMembers(from)})
	})
}

// Netstack begins the connection with the first call and tells what came of it with the next.
func streamConnect(args arguments, socket *socket) answer {
	if args.isNull("to") {
		args.name("task")
		err := socket.endpoint.Disconnect()
		settle()
		return result(err)
	}
	to, begun, late := args.address("to"), false, "EINPROGRESS"
	how := patience{
		waitsFor: "the handshake", events: waiter.WritableEvents, limit: socket.sendLimit,
	}
	if how.limit > 0 {
		how.cut = func(name string) answer { return errno(connectCut(name, late)) }
	}
	dontWait := args.flag("dontWait")
	return callOf(args, socket, how, func() answer {
		err := socket.endpoint.Connect(to)
		switch err.(type) {
		case *tcpip.ErrNoPortAvailable:
			return errno("EADDRNOTAVAIL")
		case *tcpip.ErrConnectStarted, *tcpip.ErrAlreadyConnecting:
			if _, already := err.(*tcpip.ErrAlreadyConnecting); already && !begun {
				late = "EALREADY"
			}
			if !dontWait || begun {
				begun = true
				return nil
			}
		}
		return result(err)
	})
}

// A connection that is still under way when the time is over goes on without the program.
func connectCut(name, late string) string {
	if name == "EAGAIN" {
		return late
	}
	return name
}

// --- Octets ----------------------------------------------------------------------------------------------------

// The sentry's sendto() does not look at MSG_OOB, and its recvfrom() takes it for nothing.
func streamSend(args arguments, socket *socket) answer {
	octets, task := args.octets("octets"), args.name("task")
	args.flag("outOfBand")
	options := tcpip.WriteOptions{More: args.flag("more")}
	if args.has("to") {
		to := args.address("to")
		options.To = &to
	}
	quiet, taken := args.flag("noSignal"), 0
	soFar := func(name string) answer {
		if taken > 0 {
			return ok(object{"length": taken})
		}
		return errno(name)
	}
	how := patience{
		waitsFor: "room in the send buffer", events: waiter.WritableEvents,
		dontWait: args.flag("dontWait"), limit: socket.sendLimit, cut: soFar,
	}
	return callOf(args, socket, how, func() answer {
		length, err := socket.endpoint.Write(bytes.NewReader(octets[taken:]), options)
		taken += int(length)
		if wouldBlock(err) || err == nil && taken < len(octets) {
			return nil
		}
		if err == nil {
			return ok(object{"length": taken})
		}
		name := errnoName(err)
		if name == "EPIPE" && taken == 0 && !quiet {
			host.signals[task] = append(host.signals[task], "SIGPIPE")
		}
		return soFar(name)
	})
}

func streamReceive(args arguments, socket *socket) answer {
	size, waitAll := args.size(), args.flag("waitAll")
	options := tcpip.ReadOptions{Peek: args.flag("peek")}
	args.flag("outOfBand")
	var octets bytes.Buffer
	soFar := func(name string) answer {
		if octets.Len() > 0 {
			return streamOctets(&octets)
		}
		return errno(name)
	}
	how := patience{
		waitsFor: "octets", events: waiter.ReadableEvents,
		dontWait: args.flag("dontWait"), limit: socket.receiveLimit, cut: soFar,
	}
	return callOf(args, socket, how, func() answer {
		place := &tcpip.LimitedWriter{W: &octets, N: int64(size - octets.Len())}
		read, err := socket.endpoint.Read(place, options)
		if read.Count > 0 && !options.Peek {
			socket.endpoint.ModerateRecvBuf(read.Count)
		}
		switch err.(type) {
		case nil:
			if waitAll && !options.Peek && octets.Len() < size {
				return nil
			}
			return streamOctets(&octets)
		case *tcpip.ErrWouldBlock:
			return nil
		case *tcpip.ErrClosedForReceive:
			return streamOctets(&octets)
		case *tcpip.ErrBadBuffer:
			if size == 0 {
				return streamOctets(&octets)
			}
		}
		return soFar(errnoName(err))
	})
}

func streamOctets(octets *bytes.Buffer) answer {
	return ok(object{"octets": hex.EncodeToString(octets.Bytes())})
}

// --- Looking ---------------------------------------------------------------------------------------------------

// Netstack knows no urgent data: its octets are data like others, and there is never a mark.
func streamAtMark(arguments, *socket) answer {
	return ok(object{"atMark": false})
}

func streamOccupancy(args arguments, socket *socket) answer {
	receiving, err := socket.endpoint.GetSockOptInt(tcpip.ReceiveQueueSizeOption)
	if err != nil {
		return result(err)
	}
	sending, unsent := sendBuffer(socket.endpoint)
	return ok(object{"receiving": receiving, "sending": sending, "unsent": unsent})
}

// The events that select() counts for each of its sets.
func streamReady(args arguments, socket *socket) answer {
	const all = waiter.ReadableEvents | waiter.WritableEvents | waiter.EventErr | waiter.EventHUp | waiter.EventPri
	ready := socket.endpoint.Readiness(all)
	has := func(events waiter.EventMask) bool { return ready&events != 0 }
	return ok(object{
		"readable":    has(waiter.EventIn | waiter.EventHUp | waiter.EventErr),
		"writable":    has(waiter.EventOut | waiter.EventErr),
		"exceptional": has(waiter.EventPri),
	})
}

// --- Ending ----------------------------------------------------------------------------------------------------

// A socket that lingers is closed at once, and its program sleeps until the connection has ended.
func streamClose(args arguments, socket *socket) answer {
	linger := socket.endpoint.SocketOptions().GetLinger()
	socket.closed = true
	socket.endpoint.Close()
	how := patience{waitsFor: "the connection to end", limit: linger.Timeout,
		events: waiter.EventHUp | waiter.EventErr,
		cut: func(name string) answer {
			if name == "EAGAIN" {
				return ok(nil)
			}
			return errno(name)
		}}
	lingers := linger.Enabled && linger.Timeout > 0
	return callOf(args, socket, how, func() answer {
		if lingers && isEnding(socket) {
			return nil
		}
		return ok(nil)
	})
}

// The peer has not acknowledged the end.
func isEnding(socket *socket) bool {
	switch tcp.EndpointState(socket.endpoint.State()) {
	case tcp.StateFinWait1, tcp.StateClosing, tcp.StateLastAck:
		return true
	}
	return false
}
