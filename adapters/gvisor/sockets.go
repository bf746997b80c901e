// The sockets that were handed out, and those calls on them that never sleep.
package main

import (
	"fmt"
	"strconv"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/udp"
	"gvisor.dev/gvisor/pkg/waiter"
)

type socketKind int

const (
	datagramSocket socketKind = iota
	rawSocket
	streamSocket
)

type socket struct {
	handle   string
	kind     socketKind
	endpoint tcpip.Endpoint
	queue    *waiter.Queue
	closed   bool
	// How long its calls sleep at most, which the sentry keeps for netstack; 0: for ever.
	receiveLimit, sendLimit time.Duration
}

func handOut(kind socketKind, endpoint tcpip.Endpoint, queue *waiter.Queue) *socket {
	added := &socket{
		handle: fmt.Sprintf("s%d", len(host.sockets)+1), kind: kind, endpoint: endpoint, queue: queue,
	}
	host.sockets = append(host.sockets, added)
	return added
}

func socketOf(args arguments) *socket {
	handle := args.text("socket")
	number, err := strconv.Atoi(handle[min(1, len(handle)):])
	if err != nil || number < 1 || number > len(host.sockets) ||
		host.sockets[number-1].handle != handle {
		args.wrong("socket", "no such socket")
	}
	return host.sockets[number-1]
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

// A handler that is given a socket which is open.
func onSocket(handle func(args arguments, socket *socket) answer) func(arguments) answer {
	return func(args arguments) answer {
		socket := socketOf(args)
		if socket.closed {
			return errno("EBADF")
		}
		return handle(args, socket)
	}
}

func open(kind socketKind, protocol tcpip.TransportProtocolNumber) answer {
	queue := &waiter.Queue{}
	endpoint, err := host.stack.NewEndpoint(protocol, ipv4.ProtocolNumber, queue)
	if err != nil {
		return result(err)
	}
	return ok(object{"socket": handOut(kind, endpoint, queue).handle})
}

func udpOpen(arguments) answer { return open(datagramSocket, udp.ProtocolNumber) }
func tcpOpen(arguments) answer { return open(streamSocket, tcp.ProtocolNumber) }

const protocolRaw = 255

// A raw socket that is associated with a protocol receives its packets; IPPROTO_RAW only sends.
func rawOpen(args arguments) answer {
	protocol := tcpip.TransportProtocolNumber(args.integer("protocol", 1, protocolRaw))
	args.flag("privileged")
	queue := &waiter.Queue{}
	endpoint, err := host.stack.NewRawEndpoint(protocol, ipv4.ProtocolNumber, queue, protocol != protocolRaw)
	if _, unknown := err.(*tcpip.ErrUnknownProtocol); unknown {
		// The sentry answers that itself, before netstack is asked.
		return errno("EPROTONOSUPPORT")
	}
	if err != nil {
		return result(err)
	}
	return ok(object{"socket": handOut(rawSocket, endpoint, queue).handle})
}

func addressMembers(address tcpip.FullAddress) object {
	text := address.Addr.String()
	if len(address.Addr) != header.IPv4AddressSize {
		text = "0.0.0.0"
	}
	return object{"address": text, "port": address.Port}
}

// No port is free for a socket that leaves the choice to netstack: to a program that is EADDRINUSE when it binds.
func socketBind(args arguments, socket *socket) answer {
	args.flag("privileged")
	err := socket.endpoint.Bind(args.address("to"))
	if _, none := err.(*tcpip.ErrNoPortAvailable); none {
		err = &tcpip.ErrPortInUse{}
	}
	return result(err)
}

func socketName(args arguments, socket *socket) answer {
	address, err := socket.endpoint.GetLocalAddress()
	if err != nil {
		return result(err)
	}
	return ok(addressMembers(address))
}

func socketPeer(args arguments, socket *socket) answer {
	address, err := socket.endpoint.GetRemoteAddress()
	if err != nil {
		return result(err)
	}
	return ok(addressMembers(address))
}

var directions = map[string]tcpip.ShutdownFlags{
	"SHUT_RD": tcpip.ShutdownRead, "SHUT_WR": tcpip.ShutdownWrite,
	"SHUT_RDWR": tcpip.ShutdownRead | tcpip.ShutdownWrite,
}

func socketShutdown(args arguments, socket *socket) answer {
	how := args.choice("how", "SHUT_RD", "SHUT_WR", "SHUT_RDWR")
	err := socket.endpoint.Shutdown(directions[how])
	settle()
	return result(err)
}

func socketClose(args arguments, socket *socket) answer {
	socket.closed = true
	socket.endpoint.Close()
	settle()
	return ok(nil)
}
