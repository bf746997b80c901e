// Netstack's errors by the names of errnos, as gVisor itself translates them for programs.
package main

import (
	"golang.org/x/sys/unix"

	"gvisor.dev/gvisor/pkg/syserr"
	"gvisor.dev/gvisor/pkg/tcpip"
)

func errnoName(err tcpip.Error) string {
	number := syserr.TranslateNetstackError(err).ToLinux()
	name := unix.ErrnoName(unix.Errno(number))
	switch name {
	case "":
		fail("netstack's error %q has no errno", err)
	case "ENOTSUP":
		// Two names of one number in Linux.
		return "EOPNOTSUPP"
	}
	return name
}

// Answers nothing, or the errno where there is an error.
func result(err tcpip.Error) answer {
	if err == nil {
		return ok(nil)
	}
	return errno(errnoName(err))
}

func wouldBlock(err tcpip.Error) bool {
	_, is := err.(*tcpip.ErrWouldBlock)
	return is
}
