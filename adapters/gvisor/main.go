// Kernspec-gvisor offers gVisor's netstack, a stack of its own below programs, to kernspec.
//
// Time is virtual, interfaces are channels of frames. Nothing of the protocols is emulated: what is asked is asked of
// netstack, and what it answers is passed on.
package main

import (
	"flag"
	"os"
	"runtime"
	"runtime/debug"
)

// The version of Debian's package, told by whoever builds this.
var version = "unknown"

var fresh bool

func main() {
	check := flag.Bool("check", false, "see whether it can run here, and end")
	flag.BoolVar(&fresh, "fresh", false, "be a process for one scenario: offer no reset")
	flag.Parse()
	// One processor, so that yielding it is enough to let all others run; see rest().
	runtime.GOMAXPROCS(1)
	debug.SetGCPercent(400)
	if *check {
		bootHost(0)
		return
	}
	serve(os.Stdin, os.Stdout)
}

var capabilities = map[string]int{
	"checksum": 1, "network": 1, "forwarding": 1, "udp": 2, "raw-ip": 2, "tcp": 1,
	"tcp-info": 1, "tcp-mib": 1, "tcp-tunables": 1,
}

func hello(args arguments) answer {
	seed := args.integer("seed", 0, 1<<32-1)
	protocols, _ := args.members["protocols"].([]any)
	for _, protocol := range protocols {
		if protocol == protocolVersion {
			bootHost(uint32(seed))
			return ok(object{
				"protocol": protocolVersion, "name": "gvisor", "version": version,
				"capabilities": capabilities, "profile": "linux-6",
				"reset": !fresh, "batch": true,
				"clock": object{"kind": "virtual", "tickMs": 0, "lateness": 0},
			})
		}
	}
	fail("args.protocols: this adapter speaks " + protocolVersion)
	return nil
}

func reset(args arguments) answer {
	bootHost(uint32(args.integer("seed", 0, 1<<32-1)))
	return ok(nil)
}

func bye(arguments) answer { return ok(nil) }

var operations map[string]operation

func init() {
	operations = map[string]operation{
		"hello": {"protocols suite profile seed", hello},
		"reset": {"seed", reset},
		"batch": {"calls", batch},
		"poll":  {"call", poll},
		"bye":   {"", bye},

		"checksum.compute": {"octets", checksumCompute},
		"checksum.update":  {"checksum before after", checksumUpdate},

		"network.attach":      {"interface mac mtu", networkAttach},
		"network.addAddress":  {"interface address prefix", networkAddAddress},
		"network.addRoute":    {"destination prefix gateway", networkAddRoute},
		"network.receive":     {"interface frame", networkReceive},
		"network.transmitted": {"", networkTransmitted},
		"network.now":         {"", networkNow},
		"network.advance":     {"to", networkAdvance},

		"forwarding.set": {"on", forwardingSet},

		"udp.open":    {"", udpOpen},
		"raw-ip.open": {"protocol privileged?", rawOpen},
		"tcp.open":    {"", tcpOpen},
	}
	for _, port := range []string{"udp", "raw-ip"} {
		add(port, "connect", "socket to", onSocket(datagramConnect))
		add(port, "send", "socket task octets to? more? outOfBand? dontWait?", onSocket(datagramSend))
		add(port, "receive", "socket task size peek? dontWait?", onSocket(datagramReceive))
		add(port, "occupancy", "socket", onSocket(datagramOccupancy))
		add(port, "close", "socket", onSocket(socketClose))
	}
	for _, port := range []string{"udp", "raw-ip", "tcp"} {
		add(port, "bind", "socket to privileged?", onSocket(socketBind))
		add(port, "name", "socket", onSocket(socketName))
		add(port, "peer", "socket", onSocket(socketPeer))
		add(port, "setOption", "socket option value privileged?", onSocket(socketSetOption))
		add(port, "getOption", "socket option", onSocket(socketGetOption))
		add(port, "shutdown", "socket how", onSocket(socketShutdown))
		add(port, "interrupt", "task restart", taskInterrupt)
	}
	add("tcp", "listen", "socket backlog", onSocket(streamListen))
	add("tcp", "accept", "socket task dontWait?", onSocket(streamAccept))
	add("tcp", "connect", "socket task to dontWait?", onSocket(streamConnect))
	add("tcp", "send", "socket task octets to? more? outOfBand? noSignal? dontWait?", onSocket(streamSend))
	add("tcp", "receive", "socket task size peek? waitAll? outOfBand? dontWait?", onSocket(streamReceive))
	add("tcp", "atMark", "socket", onSocket(streamAtMark))
	add("tcp", "occupancy", "socket", onSocket(streamOccupancy))
	add("tcp", "ready", "socket", onSocket(streamReady))
	add("tcp", "close", "socket task", onSocket(streamClose))
	add("tcp", "signals", "task", taskSignals)
	add("tcp-info", "read", "socket", onSocket(tcpInfoRead))
	add("tcp-info", "connections", "", tcpInfoConnections)
	add("tcp-mib", "read", "", tcpMibRead)
	add("tcp-tunables", "set", "tunable value", tcpTunablesSet)
}

func add(port, method, arguments string, handle func(arguments) answer) {
	operations[port+"."+method] = operation{arguments, handle}
}
