// Arguments of a call: each is read by its name, and one that is missing or wrong ends the call with a fault that
// names it.
package main

import (
	"encoding/hex"
	"math"
	"net/netip"
	"regexp"
	"strings"

	"gvisor.dev/gvisor/pkg/tcpip"
)

const maxOctets = 262144

type arguments struct {
	path    string
	members object
}

// Faults unless there are all of these members and no others.
func (a arguments) check(names string) {
	known := map[string]bool{}
	for _, name := range strings.Fields(names) {
		plain := strings.TrimSuffix(name, "?")
		known[plain] = true
		if plain == name && !a.has(name) {
			fail("%s.%s: missing", a.path, name)
		}
	}
	for name := range a.members {
		if !known[name] {
			fail("%s.%s: unknown", a.path, name)
		}
	}
}

func (a arguments) has(name string) bool {
	_, there := a.members[name]
	return there
}

func (a arguments) isNull(name string) bool {
	return a.has(name) && a.members[name] == nil
}

func (a arguments) wrong(name, why string) { fail("%s.%s: %s", a.path, name, why) }

func (a arguments) integer(name string, low, high int64) int64 {
	value, isNumber := a.members[name].(float64)
	if !isNumber || value != math.Trunc(value) || value < float64(low) || value > float64(high) {
		fail("%s.%s: not an integer from %d to %d", a.path, name, low, high)
	}
	return int64(value)
}

func (a arguments) int32(name string) int {
	return int(a.integer(name, math.MinInt32, math.MaxInt32))
}

func (a arguments) truth(name string) bool {
	value, isTruth := a.members[name].(bool)
	if !isTruth {
		a.wrong(name, "not a boolean")
	}
	return value
}

// One that may be left out, and is then false.
func (a arguments) flag(name string) bool { return a.has(name) && a.truth(name) }

func (a arguments) text(name string) string {
	value, isText := a.members[name].(string)
	if !isText {
		a.wrong(name, "not text")
	}
	return value
}

var chosenName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

func (a arguments) name(name string) string {
	value := a.text(name)
	if !chosenName.MatchString(value) {
		a.wrong(name, "not a name: a letter, then letters, digits or hyphens")
	}
	return value
}

// Which of the words it is.
func (a arguments) choice(name string, words ...string) string {
	value := a.text(name)
	for _, word := range words {
		if word == value {
			return value
		}
	}
	a.wrong(name, "none of "+strings.Join(words, ", "))
	return ""
}

func (a arguments) octets(name string) []byte {
	text := a.text(name)
	octets, err := hex.DecodeString(text)
	if err != nil || strings.ToLower(text) != text {
		a.wrong(name, "not an even number of lower-case hex digits")
	}
	if len(octets) > maxOctets {
		a.wrong(name, "too many octets")
	}
	return octets
}

func (a arguments) size() int { return int(a.integer("size", 0, maxOctets)) }

func (a arguments) ipv4(name string) tcpip.Address {
	address, err := netip.ParseAddr(a.text(name))
	if err != nil || !address.Is4() {
		a.wrong(name, "not an IPv4 address")
	}
	octets := address.As4()
	return tcpip.Address(octets[:])
}

func (a arguments) mac(name string) tcpip.LinkAddress {
	address, err := tcpip.ParseMACAddress(a.text(name))
	if err != nil || len(a.text(name)) != 17 {
		a.wrong(name, "not a link address: six octets in hex, with colons")
	}
	return address
}

func (a arguments) object(name string) arguments {
	members, isObject := a.members[name].(object)
	if !isObject {
		a.wrong(name, "not an object")
	}
	return arguments{path: a.path + "." + name, members: members}
}

// An address and a port. Netstack writes the address 0.0.0.0 as none.
func (a arguments) address(name string) tcpip.FullAddress {
	given := a.object(name)
	given.check("address port")
	address := given.ipv4("address")
	if address.Unspecified() {
		address = ""
	}
	return tcpip.FullAddress{Addr: address, Port: uint16(given.integer("port", 0, math.MaxUint16))}
}
