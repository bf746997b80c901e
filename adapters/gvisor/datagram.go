// Sockets of datagrams: sending, receiving, and looking at what waits.
package main

import (
	"bytes"
	"encoding/hex"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/waiter"
)

func datagramConnect(args arguments, socket *socket) answer {
	if args.isNull("to") {
		return result(socket.endpoint.Disconnect())
	}
	err := socket.endpoint.Connect(args.address("to"))
	settle()
	return result(err)
}

// The sentry's sendto() does not look at MSG_OOB.
func datagramSend(args arguments, socket *socket) answer {
	octets := args.octets("octets")
	args.flag("outOfBand")
	options := tcpip.WriteOptions{More: args.flag("more")}
	if args.has("to") {
		to := args.address("to")
		options.To = &to
	}
	how := patience{
		waitsFor: "room to send", events: waiter.WritableEvents,
		dontWait: args.flag("dontWait"), limit: socket.sendLimit,
	}
	return callOf(args, socket, how, func() answer {
		length, err := socket.endpoint.Write(bytes.NewReader(octets), options)
		if wouldBlock(err) {
			return nil
		}
		if err != nil {
			return result(err)
		}
		return ok(object{"length": length})
	})
}

func datagramReceive(args arguments, socket *socket) answer {
	size, dontWait := args.size(), args.flag("dontWait")
	options := tcpip.ReadOptions{Peek: args.flag("peek"), NeedRemoteAddr: true}
	how := patience{
		waitsFor: "a datagram", events: waiter.ReadableEvents,
		dontWait: dontWait, limit: socket.receiveLimit,
	}
	return callOf(args, socket, how, func() answer {
		var octets bytes.Buffer
		place := &tcpip.LimitedWriter{W: &octets, N: int64(size)}
		read, err := socket.endpoint.Read(place, options)
		switch err.(type) {
		case nil:
			return received(octets.Bytes(), read.Total > read.Count, addressMembers(read.RemoteAddr))
		case *tcpip.ErrWouldBlock:
			return nil
		case *tcpip.ErrClosedForReceive:
			// The sentry answers the end of what there is, or EAGAIN to whoever will not wait.
			if dontWait {
				return errno("EAGAIN")
			}
			return received(nil, false, nil)
		case *tcpip.ErrBadBuffer:
			// There was no room at all; the datagram is taken nonetheless.
			if size == 0 {
				return received(nil, read.Total > 0, addressMembers(read.RemoteAddr))
			}
		}
		return result(err)
	})
}

func received(octets []byte, truncated bool, from object) answer {
	members := object{"octets": hex.EncodeToString(octets), "truncated": truncated, "from": from}
	if from == nil {
		members["from"] = nil
	}
	return ok(members)
}

func datagramOccupancy(args arguments, socket *socket) answer {
	next, err := socket.endpoint.GetSockOptInt(tcpip.ReceiveQueueSizeOption)
	if err != nil {
		return result(err)
	}
	return ok(object{
		"next": next, "datagrams": queuedDatagrams(socket), "sending": octetsBeingSent(socket),
	})
}
