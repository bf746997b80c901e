// Interfaces: netstack's own Ethernet endpoint above a device that keeps what it is given to send.
package main

import (
	"encoding/hex"
	"sort"
	"time"

	"gvisor.dev/gvisor/pkg/bufferv2"
	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/header"
	"gvisor.dev/gvisor/pkg/tcpip/link/channel"
	"gvisor.dev/gvisor/pkg/tcpip/link/ethernet"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/stack"
)

// Octets of frames in one answer, written as hex, that surely fit into a line.
const answerMax = 1536 * 1024

type networkInterface struct {
	name   string
	nic    tcpip.NICID
	mac    tcpip.LinkAddress
	device *channel.Endpoint
}

type sentFrame struct {
	sender *networkInterface
	at     time.Duration
	octets []byte
}

// Called by whoever has just put a frame into the device: it leaves at once.
func (i *networkInterface) WriteNotify() {
	for packet := i.device.Read(); !packet.IsNil(); packet = i.device.Read() {
		var octets []byte
		for _, slice := range packet.AsSlices() {
			octets = append(octets, slice...)
		}
		packet.DecRef()
		host.sent(sentFrame{i, host.clock.at(), octets})
	}
}

func (m *machine) sent(frame sentFrame) {
	m.framesMutex.Lock()
	defer m.framesMutex.Unlock()
	m.frames = append(m.frames, frame)
}

func find(name string) *networkInterface {
	for _, known := range host.interfaces {
		if known.name == name {
			return known
		}
	}
	return nil
}

// The Ethernet endpoint takes its header off the device's MTU, which is the longest frame.
func networkAttach(args arguments) answer {
	added := &networkInterface{name: args.name("interface"), mac: args.mac("mac")}
	mtu := uint32(args.integer("mtu", 68, 65535))
	if find(added.name) != nil {
		return errno("EEXIST")
	}
	added.nic = loopbackNIC + 1 + tcpip.NICID(len(host.interfaces))
	added.device = channel.New(16, mtu+header.EthernetMinimumSize, added.mac)
	added.device.AddNotify(added)
	if err := host.stack.CreateNICWithOptions(added.nic, ethernet.New(added.device),
		stack.NICOptions{Name: added.name}); err != nil {
		return result(err)
	}
	host.interfaces = append(host.interfaces, added)
	return ok(nil)
}

func networkAddAddress(args arguments) answer {
	to := find(args.name("interface"))
	address := tcpip.AddressWithPrefix{
		Address: args.ipv4("address"), PrefixLen: int(args.integer("prefix", 0, 32)),
	}
	if to == nil {
		return errno("ENODEV")
	}
	err := host.stack.AddProtocolAddress(to.nic, tcpip.ProtocolAddress{
		Protocol: ipv4.ProtocolNumber, AddressWithPrefix: address,
	}, stack.AddressProperties{})
	if err != nil {
		return result(err)
	}
	addToTable(tcpip.Route{Destination: address.Subnet(), NIC: to.nic})
	settle()
	return ok(nil)
}

// Netstack takes the first route of its table that fits; so the order of the table is its user's to see to.
func addToTable(route tcpip.Route) {
	table := append(host.stack.GetRouteTable(), route)
	sort.SliceStable(table, func(i, j int) bool {
		return table[i].Destination.Prefix() > table[j].Destination.Prefix()
	})
	host.stack.SetRouteTable(table)
}

func networkAddRoute(args arguments) answer {
	address, prefix := args.ipv4("destination"), int(args.integer("prefix", 0, 32))
	gateway := args.ipv4("gateway")
	destination := tcpip.AddressWithPrefix{Address: address, PrefixLen: prefix}.Subnet()
	if destination.ID() != address {
		return errno("EINVAL")
	}
	way := onLink(gateway)
	if way == nil {
		return errno("ENETUNREACH")
	}
	for _, route := range host.stack.GetRouteTable() {
		if route.Gateway != "" && route.Destination.Equal(destination) {
			return errno("EEXIST")
		}
	}
	addToTable(tcpip.Route{Destination: destination, Gateway: gateway, NIC: way.NIC})
	return ok(nil)
}

// The route to a network that an interface is on.
func onLink(address tcpip.Address) *tcpip.Route {
	for _, route := range host.stack.GetRouteTable() {
		if route.Gateway == "" && route.NIC != loopbackNIC && route.Destination.Contains(address) {
			return &route
		}
	}
	return nil
}

// As a network card: a frame without a whole header is none, and one for another card is not taken. Netstack
// leaves both to it.
func networkReceive(args arguments) answer {
	by, octets := find(args.name("interface")), args.octets("frame")
	if by == nil {
		return errno("ENODEV")
	}
	if len(octets) < header.EthernetMinimumSize || !by.takes(header.Ethernet(octets)) {
		return ok(nil)
	}
	packet := stack.NewPacketBuffer(stack.PacketBufferOptions{
		Payload: bufferv2.MakeWithData(octets),
	})
	by.device.InjectInbound(0, packet)
	packet.DecRef()
	settle()
	return ok(nil)
}

func (i *networkInterface) takes(frame header.Ethernet) bool {
	to := frame.DestinationAddress()
	return to == i.mac || header.IsMulticastEthernetAddress(to) || to == header.EthernetBroadcastAddress
}

func networkTransmitted(arguments) answer {
	frames, octets := []object{}, 0
	for len(host.frames) > 0 && octets+len(host.frames[0].octets) <= answerMax {
		frame := host.frames[0]
		host.frames = host.frames[1:]
		octets += len(frame.octets) + 64
		frames = append(frames, object{
			"interface": frame.sender.name, "at": frame.at.Nanoseconds(),
			"frame": hex.EncodeToString(frame.octets),
		})
	}
	return ok(object{"frames": frames})
}

func networkNow(arguments) answer {
	var next any
	if due, runs := host.clock.next(); runs {
		next = due.Nanoseconds()
	}
	return ok(object{"at": host.clock.at().Nanoseconds(), "next": next})
}

func networkAdvance(args arguments) answer {
	host.clock.advance(time.Duration(args.integer("to", 0, 4_000_000_000_000_000)), settle)
	return ok(nil)
}

func forwardingSet(args arguments) answer {
	return result(host.stack.SetForwardingDefaultAndAllNICs(ipv4.ProtocolNumber, args.truth("on")))
}
