// The host that has just booted: one stack of netstack, set up as gVisor's runsc sets up its own.
package main

import (
	"math/rand"
	"runtime"
	"sync"

	netstackrand "gvisor.dev/gvisor/pkg/rand"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/ethernet"
	"gvisor.dev/gvisor/pkg/tcpip/link/loopback"
	"gvisor.dev/gvisor/pkg/tcpip/network/arp"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
	"gvisor.dev/gvisor/pkg/tcpip/transport/icmp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/raw"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
	"gvisor.dev/gvisor/pkg/tcpip/transport/udp"
)

const loopbackNIC tcpip.NICID = 1

// All that a scenario can change. Nothing outlives it but goroutines of a stack that is closed.
type machine struct {
	clock      *clock
	stack      *stack.Stack
	interfaces []*networkInterface
	sockets    []*socket
	calls      []*sleepingCall
	callCount  int
	signals    map[string][]string

	framesMutex sync.Mutex // frames are sent by goroutines of netstack, too
	frames      []sentFrame
}

var host *machine

// Only IPv4 is judged: IPv6's solicitations would stand among the frames.
func bootHost(seed uint32) {
	forget()
	host = &machine{clock: &clock{}, signals: map[string][]string{}}
	source := &chance{source: rand.NewSource(int64(seed))}
	netstackrand.Reader = source
	host.stack = stack.New(stack.Options{
		NetworkProtocols: []stack.NetworkProtocolFactory{ipv4.NewProtocol, arp.NewProtocol},
		TransportProtocols: []stack.TransportProtocolFactory{
			tcp.NewProtocol, udp.NewProtocol, icmp.NewProtocol4,
		},
		Clock:       host.clock,
		HandleLocal: true,
		RawFactory:  raw.EndpointFactory{},
		RandSource:  source,
		SecureRNG:   source,
	})
	setTunables()
	addLoopback()
}

func addLoopback() {
	must(host.stack.CreateNICWithOptions(loopbackNIC, ethernet.New(loopback.New()),
		stack.NICOptions{Name: "lo"}))
	address := tcpip.AddressWithPrefix{Address: "\x7f\x00\x00\x01", PrefixLen: 8}
	must(host.stack.AddProtocolAddress(loopbackNIC, tcpip.ProtocolAddress{
		Protocol: header.IPv4ProtocolNumber, AddressWithPrefix: address,
	}, stack.AddressProperties{}))
	addToTable(tcpip.Route{Destination: address.Subnet(), NIC: loopbackNIC})
}

func forget() {
	if host == nil {
		return
	}
	for _, socket := range host.sockets {
		if !socket.closed {
			socket.endpoint.Abort()
		}
	}
	rest()
	host.stack.Close()
	rest()
	host = nil
}

func must(err tcpip.Error) {
	if err != nil {
		fail("the stack cannot be set up: %s", err)
	}
}

// Source of chance that several goroutines may use.
type chance struct {
	mutex  sync.Mutex
	source rand.Source
}

func (c *chance) Int63() int64 {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.source.Int63()
}

func (c *chance) Seed(seed int64) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.source.Seed(seed)
}

func (c *chance) Read(octets []byte) (int, error) {
	for which := range octets {
		octets[which] = byte(c.Int63())
	}
	return len(octets), nil
}

// Goroutines of netstack that are ready run before this returns.
//
// There is one processor (see main), and whoever yields goes behind all that are ready, but for every 61st turn,
// which is the yielding one's own: so that a hundred turns are more than netstack's few goroutines need.
func rest() {
	const turns = 10
	for turn := 0; turn < turns; turn++ {
		runtime.Gosched()
	}
}

// Lets everything happen that has been begun, tries again the calls that were woken by it, and does what is due now:
// some of netstack's timers have no delay.
func settle() {
	for {
		rest()
		if work := host.clock.takeDue(host.clock.at()); work != nil {
			go work()
			continue
		}
		if !wake() {
			return
		}
	}
}
