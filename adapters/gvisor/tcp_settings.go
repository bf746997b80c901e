// Settings of TCP by neutral names, and what TCP has counted.
package main

import (
	"fmt"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

func text(address object) string { return fmt.Sprintf("%v:%05d ", address["address"], address["port"]) }

func setTCP(option tcpip.SettableTransportProtocolOption) bool {
	return host.stack.SetTransportProtocolOption(tcp.ProtocolNumber, option) == nil
}

func milliseconds(value int64) time.Duration { return time.Duration(value) * time.Millisecond }

// Ports that netstack chooses from: those of Linux.
const firstPort, lastPort = 32768, 60999

// What is set for every run, and told in hello. The first two are what runsc sets; Nagle's algorithm is what netstack
// has and runsc leaves off.
func setTunables() {
	sack, moderate, nagle := tcpip.TCPSACKEnabled(true), tcpip.TCPModerateReceiveBufferOption(true), tcpip.TCPDelayEnabled(true)
	if !setTCP(&sack) || !setTCP(&moderate) || !setTCP(&nagle) {
		fail("TCP cannot be set up")
	}
	must(host.stack.SetPortRange(firstPort, lastPort))
}

var pinned = object{
	"ip_local_port_range": fmt.Sprintf("%d %d", firstPort, lastPort),
	"TCPSACKEnabled":      "true", "TCPModerateReceiveBuffer": "true", "TCPDelayEnabled": "true",
	"TCPRecovery": "RACK", "congestion_control": "reno", "icmp_limit": "1000 a second, 50 at once",
}

// Each tells whether netstack has taken the value. What it cannot be told has one value only.
var tunables = map[string]func(value int64) bool{
	"retransmissions": func(value int64) bool {
		option := tcpip.TCPMaxRetriesOption(value)
		return setTCP(&option)
	},
	"finWait2Timeout": func(value int64) bool {
		option := tcpip.TCPLingerTimeoutOption(milliseconds(value))
		return setTCP(&option)
	},
	"timeWait": func(value int64) bool {
		option := tcpip.TCPTimeWaitTimeoutOption(milliseconds(value))
		return setTCP(&option)
	},
	"synRetries":      only(6), // its option for that is kept, and not obeyed
	"synackRetries":   only(6),
	"synTimeout":      only(1000),
	"synackTimeout":   only(1000),
	"synQueueIsList":  only(0),
	"synCookies":      only(1),
	"abortOnOverflow": only(0),
	"keepaliveTime":   only(7_200_000),
	"windowScaling":   only(1),
	"timestamps":      only(1),
}

func only(has int64) func(int64) bool {
	return func(value int64) bool { return value == has }
}

// Netstack's reno is what others call NewReno.
func tcpTunablesSet(args arguments) answer {
	name := args.text("tunable")
	if name == "congestionControl" {
		reno := tcpip.CongestionControlOption("reno")
		return ok(object{"taken": args.text("value") == "newreno" && setTCP(&reno)})
	}
	set, known := tunables[name]
	return ok(object{"taken": known && set(args.integer("value", 0, 1_000_000_000))})
}

func tcpMibRead(arguments) answer {
	stats := host.stack.Stats().TCP
	overflows := stats.ListenOverflowSynDrop.Value() + stats.ListenOverflowAckDrop.Value()
	return ok(object{"counters": object{
		"ActiveOpens":     stats.ActiveConnectionOpenings.Value(),
		"PassiveOpens":    stats.PassiveConnectionOpenings.Value(),
		"AttemptFails":    stats.FailedConnectionAttempts.Value(),
		"EstabResets":     stats.EstablishedResets.Value(),
		"CurrEstab":       stats.CurrentEstablished.Value(),
		"InSegs":          stats.ValidSegmentsReceived.Value() + stats.InvalidSegmentsReceived.Value(),
		"OutSegs":         stats.SegmentsSent.Value(),
		"RetransSegs":     stats.Retransmits.Value(),
		"InErrs":          stats.InvalidSegmentsReceived.Value() + stats.ChecksumErrors.Value(),
		"OutRsts":         stats.ResetsSent.Value(),
		"ListenOverflows": overflows,
		"ListenDrops":     overflows,
	}})
}
