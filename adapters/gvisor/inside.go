// What netstack has no call for is looked at where it keeps it, and never changed: reflection reads fields that are
// not for others to write.
package main

import "reflect"

// A value inside an endpoint, by the names of the fields that lead to it; pointers on the way are followed.
type place struct {
	value reflect.Value
	there bool // false where a pointer on the way is nil
}

func inside(endpoint any, fields ...string) place {
	return place{reflect.ValueOf(endpoint), true}.field(fields...)
}

func (p place) field(names ...string) place {
	for _, name := range names {
		p = p.followed()
		if !p.there {
			return p
		}
		p.value = p.value.FieldByName(name)
		if !p.value.IsValid() {
			fail("netstack keeps nothing that is called %s", name)
		}
	}
	return p
}

func (p place) followed() place {
	for p.there && (p.value.Kind() == reflect.Pointer || p.value.Kind() == reflect.Interface) {
		if p.value.IsNil() {
			return place{}
		}
		p.value = p.value.Elem()
	}
	return p
}

// The number there; 0 where nothing is.
func (p place) number() int64 {
	p = p.followed()
	switch {
	case !p.there:
		return 0
	case p.value.CanInt():
		return p.value.Int()
	case p.value.CanUint():
		return int64(p.value.Uint())
	}
	fail("netstack keeps a %s where a number was", p.value.Kind())
	return 0
}

func (p place) truth() bool {
	p = p.followed()
	return p.there && p.value.Bool()
}

// The datagrams that wait at a socket are a list that is strung through them.
func queuedDatagrams(socket *socket) int {
	count := 0
	for packet := inside(socket.endpoint, "rcvList", "head").followed(); packet.there; count++ {
		packet = packet.field("next").followed()
	}
	return count
}

// Of the buffer for what is on its way to a link that has to be found first.
func octetsBeingSent(socket *socket) int64 {
	return inside(socket.endpoint, "net", "sendBufferSizeInUse").number()
}
