// Netstack's checksum routines.
package main

import (
	"gvisor.dev/gvisor/pkg/tcpip/checksum"
	"gvisor.dev/gvisor/pkg/tcpip/header"
)

func checksumCompute(args arguments) answer {
	return ok(object{"checksum": ^checksum.Checksum(args.octets("octets"), 0)})
}

func word(args arguments, name string) uint16 { return uint16(args.integer(name, 0, 0xffff)) }

// Netstack amends checksums where it rewrites headers, so a header it is: the word is its port.
func checksumUpdate(args arguments) answer {
	segment := header.TCP(make([]byte, header.TCPMinimumSize))
	segment.SetSourcePort(word(args, "before"))
	segment.SetChecksum(word(args, "checksum"))
	segment.SetSourcePortWithChecksumUpdate(word(args, "after"))
	return ok(object{"checksum": segment.Checksum()})
}
