// What netstack has no call for is looked at where it keeps it, and never changed.
package main

import "reflect"

func fieldsOf(socket *socket) reflect.Value {
	return reflect.ValueOf(socket.endpoint).Elem()
}

// The datagrams that wait at a socket are a list that is strung through them.
func queuedDatagrams(socket *socket) int {
	count := 0
	packet := fieldsOf(socket).FieldByName("rcvList").FieldByName("head")
	for ; !packet.IsNil(); packet = next(packet) {
		count++
	}
	return count
}

func next(packet reflect.Value) reflect.Value {
	return packet.Elem().FieldByName("next")
}

// Of the buffer for what is on its way to a link that has to be found first, or that is busy.
func octetsBeingSent(socket *socket) int64 {
	return fieldsOf(socket).FieldByName("net").FieldByName("sendBufferSizeInUse").Int()
}

// What has been taken and not yet sent is what the sender will write next.
func octetsUnsent(socket *socket) int64 { return 0 }
