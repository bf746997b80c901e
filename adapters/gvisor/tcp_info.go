// What a connection keeps, and which there are.
package main

import (
	"math"
	"sort"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

var tcpStates = map[tcp.EndpointState]string{
	tcp.StateEstablished: "ESTABLISHED", tcp.StateSynSent: "SYN_SENT", tcp.StateSynRecv: "SYN_RECEIVED",
	tcp.StateFinWait1: "FIN_WAIT_1", tcp.StateFinWait2: "FIN_WAIT_2", tcp.StateTimeWait: "TIME_WAIT",
	tcp.StateCloseWait: "CLOSE_WAIT", tcp.StateLastAck: "LAST_ACK", tcp.StateListen: "LISTEN",
	tcp.StateClosing: "CLOSING", tcp.StateConnecting: "SYN_SENT",
}

func stateName(state uint32) string {
	if name, known := tcpStates[tcp.EndpointState(state)]; known {
		return name
	}
	return "CLOSED"
}

// A sequence number after another, in octets.
func between(first, behind place) int64 {
	return int64(uint32(behind.number()) - uint32(first.number()))
}

// Octets that the sender has not been rid of: all, and those of them that have never been sent. A FIN takes a sequence
// number and no octet, and netstack takes one off for it when it is acknowledged.
func sendBuffer(endpoint any) (taken, unsent int64) {
	sender := inside(endpoint, "snd")
	taken = inside(endpoint, "sndQueueInfo", "SndBufUsed").number()
	if taken < 0 {
		taken = 0
	}
	unsent = taken - between(sender.field("SndUna"), sender.field("SndNxt"))
	if unsent < 0 {
		unsent = 0
	}
	return taken, unsent
}

// Octets up to what the sender will send next, which goes back when all is taken for lost.
func inFlight(endpoint any) int64 {
	sender := inside(endpoint, "snd")
	end := sender.field("SndNxt")
	if again := sender.field("writeNext").followed(); again.there {
		end = again.field("sequenceNumber")
	}
	octets := between(sender.field("SndUna"), end)
	if taken, _ := sendBuffer(endpoint); octets > taken {
		octets = taken
	}
	return octets
}

func tcpInfoRead(args arguments, socket *socket) answer {
	endpoint := socket.endpoint
	sender, receiver := inside(endpoint, "snd"), inside(endpoint, "rcv")
	mss := sender.field("MaxPayloadSize").number()
	members := object{
		"state":              stateName(endpoint.State()),
		"mss":                mss,
		"congestionWindow":   sender.field("SndCwnd").number() * mss,
		"slowStartThreshold": nil,
		"sendWindow":         sender.field("SndWnd").number(),
		"receiveWindow":      between(receiver.field("RcvNxt"), receiver.field("RcvAcc")),
		"inFlight":           inFlight(endpoint),
		"retransmits":        endpoint.Stats().(*tcp.Stats).SendErrors.Retransmits.Value(),
		"congestionControl":  "newreno",
		"timers":             runningTimers(endpoint),
	}
	if threshold := sender.field("Ssthresh").number(); threshold > 0 && threshold < math.MaxInt32 {
		members["slowStartThreshold"] = threshold * mss
	}
	roundTrip(sender, members)
	var control tcpip.CongestionControlOption
	if err := endpoint.GetSockOpt(&control); err != nil {
		return result(err)
	}
	if control != "reno" {
		fail("the contract has no name for the congestion control %s", control)
	}
	return ok(members)
}

// Netstack doubles the timeout itself and counts nothing, so how often it did is seen from what it began with.
func roundTrip(sender place, members object) {
	times := sender.field("rtt", "TCPRTTState")
	timeout := time.Duration(sender.field("RTO").number())
	usual := time.Second
	members["smoothedRtt"], members["rttVariation"] = nil, nil
	if times.field("SRTTInited").truth() {
		smoothed := time.Duration(times.field("SRTT").number())
		variation := time.Duration(times.field("RTTVar").number())
		members["smoothedRtt"], members["rttVariation"] = smoothed.Nanoseconds(), variation.Nanoseconds()
		usual = smoothed + 4*variation
		if least := time.Duration(sender.field("minRTO").number()); usual < least {
			usual = least
		}
	}
	doublings := 0
	for usual > 0 && usual < timeout {
		usual *= 2
		doublings++
	}
	members["retransmissionTimeout"], members["backoff"] = timeout.Nanoseconds(), doublings
}

// --- Timers ----------------------------------------------------------------------------------------------------

// Netstack's own word for a timer that runs and counts.
const timerEnabled = 1

func runningTimers(endpoint any) []object {
	timers := []object{}
	add := func(name string, due int64) {
		timers = append(timers, object{"timer": name, "at": due})
	}
	sender := inside(endpoint, "snd")
	if resend := sender.field("resendTimer"); resend.field("state").number() == timerEnabled {
		name := "retransmission"
		if sender.field("zeroWindowProbing").truth() {
			name = "zero-window-probe"
		}
		add(name, monotonic(resend.field("target")))
	}
	if alive := inside(endpoint, "keepalive", "timer"); alive.field("state").number() == timerEnabled {
		add("keepalive", monotonic(alive.field("target")))
	}
	for field, name := range map[string]string{"finWait2Timer": "fin-wait-2", "timeWaitTimer": "time-wait"} {
		timer := inside(endpoint, field).followed()
		if timer.there && timer.field("place").number() != notSet {
			add(name, timer.field("due").number())
		}
	}
	return timers
}

// A time of netstack's monotonic clock, which starts before boot.
func monotonic(time place) int64 {
	return time.field("nanoseconds").number() - beforeBoot.Nanoseconds()
}

// --- Connections -----------------------------------------------------------------------------------------------

// With those that are being cleaned up: their programs have closed them, and the peer has not.
func tcpInfoConnections(arguments) answer {
	connections := []object{}
	for _, found := range append(host.stack.RegisteredEndpoints(), host.stack.CleanupEndpoints()...) {
		endpoint, isEndpoint := found.(tcpip.Endpoint)
		if !isEndpoint {
			continue
		}
		info, isTransport := endpoint.Info().(*stack.TransportEndpointInfo)
		if !isTransport || info.TransProto != tcp.ProtocolNumber {
			continue
		}
		connections = append(connections, object{
			"state": stateName(endpoint.State()),
			"local": addressMembers(tcpip.FullAddress{Addr: info.ID.LocalAddress, Port: info.ID.LocalPort}),
			"peer":  addressMembers(tcpip.FullAddress{Addr: info.ID.RemoteAddress, Port: info.ID.RemotePort}),
		})
	}
	sort.Slice(connections, func(i, j int) bool { return order(connections[i]) < order(connections[j]) })
	return ok(object{"connections": connections})
}

// Netstack keeps them in maps, which have no order.
func order(connection object) string {
	local, peer := connection["local"].(object), connection["peer"].(object)
	return text(local) + text(peer) + connection["state"].(string)
}
