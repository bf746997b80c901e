// Options of sockets by their names: those that netstack has, and those times that the sentry keeps for it.
package main

import (
	"math"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/tcpip/network/ipv4"
	"gvisor.dev/gvisor/pkg/tcpip/transport/tcp"
)

type option struct {
	get func(socket *socket) (any, tcpip.Error)
	set func(socket *socket, value arguments) tcpip.Error
}

// What netstack answers to an option that it does not have.
var noOption = &tcpip.ErrUnknownProtocolOption{}

func number(args arguments) int { return args.int32("value") }

func asNumber(truth bool) int {
	if truth {
		return 1
	}
	return 0
}

func switched(get func(*tcpip.SocketOptions) bool, set func(*tcpip.SocketOptions, bool)) option {
	return option{
		get: func(s *socket) (any, tcpip.Error) { return asNumber(get(s.endpoint.SocketOptions())), nil },
		set: func(s *socket, args arguments) tcpip.Error {
			set(s.endpoint.SocketOptions(), number(args) != 0)
			return nil
		},
	}
}

func whole(which tcpip.SockOptInt) option {
	return option{
		get: func(s *socket) (any, tcpip.Error) { return asAny(s.endpoint.GetSockOptInt(which)) },
		set: func(s *socket, args arguments) tcpip.Error {
			return s.endpoint.SetSockOptInt(which, number(args))
		},
	}
}

func asAny(value int, err tcpip.Error) (any, tcpip.Error) { return value, err }

var commonOptions = map[string]option{
	"SO_BROADCAST": switched((*tcpip.SocketOptions).GetBroadcast, (*tcpip.SocketOptions).SetBroadcast),
	"SO_KEEPALIVE": switched((*tcpip.SocketOptions).GetKeepAlive, (*tcpip.SocketOptions).SetKeepAlive),
	"SO_OOBINLINE": switched((*tcpip.SocketOptions).GetOutOfBandInline,
		(*tcpip.SocketOptions).SetOutOfBandInline),
	"SO_REUSEADDR":    switched((*tcpip.SocketOptions).GetReuseAddress, (*tcpip.SocketOptions).SetReuseAddress),
	"SO_BINDTODEVICE": {get: getDevice, set: setDevice},
	"SO_ERROR":        {get: getError},
	"SO_TYPE":         {get: getType},
	"SO_RCVBUF":       {get: getReceiveBuffer, set: setReceiveBuffer},
	"SO_SNDBUF":       {get: getSendBuffer, set: setSendBuffer},
	"SO_RCVTIMEO":     limitOption(func(s *socket) *time.Duration { return &s.receiveLimit }),
	"SO_SNDTIMEO":     limitOption(func(s *socket) *time.Duration { return &s.sendLimit }),
	"IP_HDRINCL":      switched((*tcpip.SocketOptions).GetHeaderIncluded, (*tcpip.SocketOptions).SetHeaderIncluded),
	"IP_RECVERR":      switched((*tcpip.SocketOptions).GetIPv4RecvError, (*tcpip.SocketOptions).SetIPv4RecvError),
	"IP_TOS":          whole(tcpip.IPv4TOSOption),
	"IP_TTL":          {get: getTTL, set: setTTL},
	"IP_MTU_DISCOVER": {get: getDiscovery, set: setDiscovery},
	"IP_MULTICAST_LOOP": switched((*tcpip.SocketOptions).GetMulticastLoop,
		(*tcpip.SocketOptions).SetMulticastLoop),
	"IP_MULTICAST_TTL":   {get: whole(tcpip.MulticastTTLOption).get, set: setMulticastTTL},
	"IP_ADD_MEMBERSHIP":  {set: joinGroup},
	"IP_DROP_MEMBERSHIP": {set: leaveGroup},
}

func optionOf(socket *socket, name string) option {
	if found, known := commonOptions[name]; known {
		return found
	}
	if socket.kind == streamSocket {
		return streamOptions[name]
	}
	return option{}
}

func socketSetOption(args arguments, socket *socket) answer {
	args.flag("privileged")
	set := optionOf(socket, args.text("option")).set
	if set == nil {
		return result(noOption)
	}
	err := set(socket, args)
	settle()
	return result(err)
}

func socketGetOption(args arguments, socket *socket) answer {
	get := optionOf(socket, args.text("option")).get
	if get == nil {
		return result(noOption)
	}
	value, err := get(socket)
	if err != nil {
		return result(err)
	}
	return ok(object{"value": value})
}

// --- Of every socket -------------------------------------------------------------------------------------------

func getError(socket *socket) (any, tcpip.Error) {
	err := socket.endpoint.SocketOptions().GetLastError()
	if err == nil {
		return "", nil
	}
	return errnoName(err), nil
}

// The sentry knows interfaces by number, too.
func getDevice(socket *socket) (any, tcpip.Error) {
	number := socket.endpoint.SocketOptions().GetBindToDevice()
	for _, known := range host.interfaces {
		if int32(known.nic) == number {
			return known.name, nil
		}
	}
	return "", nil
}

func setDevice(socket *socket, args arguments) tcpip.Error {
	name := args.text("value")
	if name == "" {
		return socket.endpoint.SocketOptions().SetBindToDevice(0)
	}
	known := find(name)
	if known == nil {
		return &tcpip.ErrUnknownDevice{}
	}
	return socket.endpoint.SocketOptions().SetBindToDevice(int32(known.nic))
}

var types = map[socketKind]string{
	datagramSocket: "SOCK_DGRAM", rawSocket: "SOCK_RAW", streamSocket: "SOCK_STREAM",
}

func getType(socket *socket) (any, tcpip.Error) { return types[socket.kind], nil }

func getReceiveBuffer(socket *socket) (any, tcpip.Error) {
	return socket.endpoint.SocketOptions().GetReceiveBufferSize(), nil
}

func setReceiveBuffer(socket *socket, args arguments) tcpip.Error {
	options := socket.endpoint.SocketOptions()
	low, high := options.ReceiveBufferLimits()
	options.SetReceiveBufferSize(bufferSize(number(args), low, high), true)
	return nil
}

func getSendBuffer(socket *socket) (any, tcpip.Error) {
	return socket.endpoint.SocketOptions().GetSendBufferSize(), nil
}

func setSendBuffer(socket *socket, args arguments) tcpip.Error {
	options := socket.endpoint.SocketOptions()
	low, high := options.SendBufferLimits()
	options.SetSendBufferSize(bufferSize(number(args), low, high), true)
	return nil
}

// The sentry holds the number within netstack's limits and doubles it, as Linux does; that it is signed, it forgets.
func bufferSize(asked int, low, high int64) int64 {
	size := int64(uint32(asked))
	if size > high {
		size = high
	}
	if size >= math.MaxInt32/2 {
		return math.MaxInt32
	}
	if 2*size < low {
		return low
	}
	return 2 * size
}

func limitOption(of func(*socket) *time.Duration) option {
	return option{
		get: func(s *socket) (any, tcpip.Error) { return of(s).Milliseconds(), nil },
		set: func(s *socket, args arguments) tcpip.Error {
			*of(s) = time.Duration(args.integer("value", 0, 1<<31-1)) * time.Millisecond
			return nil
		},
	}
}

// --- Of IP -----------------------------------------------------------------------------------------------------

// 0 is netstack's way to say that the socket has the stack's own.
func getTTL(socket *socket) (any, tcpip.Error) {
	ttl, err := socket.endpoint.GetSockOptInt(tcpip.IPv4TTLOption)
	if err != nil || ttl != tcpip.UseDefaultIPv4TTL {
		return ttl, err
	}
	var usual tcpip.DefaultTTLOption
	err = host.stack.NetworkProtocolOption(ipv4.ProtocolNumber, &usual)
	return int(usual), err
}

func setTTL(socket *socket, args arguments) tcpip.Error {
	ttl := number(args)
	if ttl == -1 {
		ttl = tcpip.UseDefaultIPv4TTL
	} else if ttl < 1 || ttl > 255 {
		return &tcpip.ErrInvalidOptionValue{}
	}
	return socket.endpoint.SetSockOptInt(tcpip.IPv4TTLOption, ttl)
}

func setMulticastTTL(socket *socket, args arguments) tcpip.Error {
	ttl := number(args)
	if ttl == -1 {
		ttl = 1
	} else if ttl < 0 || ttl > 255 {
		return &tcpip.ErrInvalidOptionValue{}
	}
	return socket.endpoint.SetSockOptInt(tcpip.MulticastTTLOption, ttl)
}

// By netstack's numbers for them.
var discoveries = []string{"IP_PMTUDISC_WANT", "IP_PMTUDISC_DONT", "IP_PMTUDISC_DO", "IP_PMTUDISC_PROBE"}

func getDiscovery(socket *socket) (any, tcpip.Error) {
	which, err := socket.endpoint.GetSockOptInt(tcpip.MTUDiscoverOption)
	return discoveries[which], err
}

func setDiscovery(socket *socket, args arguments) tcpip.Error {
	name := args.text("value")
	for which, known := range discoveries {
		if known == name {
			return asNoOption(socket.endpoint.SetSockOptInt(tcpip.MTUDiscoverOption, which))
		}
	}
	return &tcpip.ErrInvalidOptionValue{}
}

// Netstack does not support all values; to a program, that is an option which is not there.
func asNoOption(err tcpip.Error) tcpip.Error {
	if _, is := err.(*tcpip.ErrNotSupported); is {
		return noOption
	}
	return err
}

func joinGroup(socket *socket, args arguments) tcpip.Error {
	return socket.endpoint.SetSockOpt(&tcpip.AddMembershipOption{MulticastAddr: args.ipv4("value")})
}

func leaveGroup(socket *socket, args arguments) tcpip.Error {
	return socket.endpoint.SetSockOpt(&tcpip.RemoveMembershipOption{MulticastAddr: args.ipv4("value")})
}

// --- Of TCP ----------------------------------------------------------------------------------------------------

var streamOptions = map[string]option{
	"SO_ACCEPTCONN": {get: getAccepting},
	"SO_LINGER":     {get: getLinger, set: setLinger},
	"SO_RCVLOWAT":   {get: getLowMark, set: setLowMark},
	"TCP_CONGESTION": {
		get: func(s *socket) (any, tcpip.Error) {
			var name tcpip.CongestionControlOption
			err := s.endpoint.GetSockOpt(&name)
			return string(name), err
		},
		set: func(s *socket, args arguments) tcpip.Error {
			name := tcpip.CongestionControlOption(args.text("value"))
			return s.endpoint.SetSockOpt(&name)
		},
	},
	"TCP_CORK":    switched((*tcpip.SocketOptions).GetCorkOption, (*tcpip.SocketOptions).SetCorkOption),
	"TCP_NODELAY": switched(noDelay, setNoDelay),
	"TCP_QUICKACK": switched((*tcpip.SocketOptions).GetQuickAck,
		(*tcpip.SocketOptions).SetQuickAck),
	"TCP_KEEPCNT":      bounded(whole(tcpip.KeepaliveCountOption), 1, 127),
	"TCP_MAXSEG":       whole(tcpip.MaxSegOption),
	"TCP_SYNCNT":       whole(tcpip.TCPSynCountOption),
	"TCP_WINDOW_CLAMP": whole(tcpip.TCPWindowClampOption),
	"TCP_KEEPIDLE": bounded(option{
		get: func(s *socket) (any, tcpip.Error) {
			var value tcpip.KeepaliveIdleOption
			err := s.endpoint.GetSockOpt(&value)
			return time.Duration(value) / time.Second, err
		},
		set: func(s *socket, args arguments) tcpip.Error {
			value := tcpip.KeepaliveIdleOption(seconds(args))
			return s.endpoint.SetSockOpt(&value)
		},
	}, 1, 32767),
	"TCP_KEEPINTVL": bounded(option{
		get: func(s *socket) (any, tcpip.Error) {
			var value tcpip.KeepaliveIntervalOption
			err := s.endpoint.GetSockOpt(&value)
			return time.Duration(value) / time.Second, err
		},
		set: func(s *socket, args arguments) tcpip.Error {
			value := tcpip.KeepaliveIntervalOption(seconds(args))
			return s.endpoint.SetSockOpt(&value)
		},
	}, 1, 32767),
	"TCP_LINGER2": {
		get: func(s *socket) (any, tcpip.Error) {
			var value tcpip.TCPLingerTimeoutOption
			err := s.endpoint.GetSockOpt(&value)
			if value < 0 {
				return -1, err
			}
			return time.Duration(value) / time.Second, err
		},
		set: func(s *socket, args arguments) tcpip.Error {
			value := tcpip.TCPLingerTimeoutOption(seconds(args))
			return s.endpoint.SetSockOpt(&value)
		},
	},
	"TCP_DEFER_ACCEPT": {
		get: func(s *socket) (any, tcpip.Error) {
			var value tcpip.TCPDeferAcceptOption
			err := s.endpoint.GetSockOpt(&value)
			return time.Duration(value) / time.Second, err
		},
		set: func(s *socket, args arguments) tcpip.Error {
			value := tcpip.TCPDeferAcceptOption(seconds(args))
			if value < 0 {
				value = 0
			}
			return s.endpoint.SetSockOpt(&value)
		},
	},
}

func seconds(args arguments) time.Duration { return time.Duration(number(args)) * time.Second }

// The sentry refuses what is out of these bounds, before netstack sees it.
func bounded(inner option, low, high int) option {
	return option{get: inner.get, set: func(s *socket, args arguments) tcpip.Error {
		if value := number(args); value < low || value > high {
			return &tcpip.ErrInvalidOptionValue{}
		}
		return inner.set(s, args)
	}}
}

func noDelay(options *tcpip.SocketOptions) bool        { return !options.GetDelayOption() }
func setNoDelay(options *tcpip.SocketOptions, on bool) { options.SetDelayOption(!on) }

func getAccepting(socket *socket) (any, tcpip.Error) {
	return asNumber(tcp.EndpointState(socket.endpoint.State()) == tcp.StateListen), nil
}

func getLinger(socket *socket) (any, tcpip.Error) {
	linger := socket.endpoint.SocketOptions().GetLinger()
	if !linger.Enabled {
		return -1, nil
	}
	return linger.Timeout / time.Second, nil
}

func setLinger(socket *socket, args arguments) tcpip.Error {
	value := number(args)
	linger := tcpip.LingerOption{Enabled: value >= 0}
	if linger.Enabled {
		linger.Timeout = time.Duration(value) * time.Second
	}
	socket.endpoint.SocketOptions().SetLinger(linger)
	return nil
}

func getLowMark(socket *socket) (any, tcpip.Error) {
	return socket.endpoint.SocketOptions().GetRcvlowat(), nil
}

func setLowMark(socket *socket, args arguments) tcpip.Error {
	return socket.endpoint.SocketOptions().SetRcvlowat(int32(number(args)))
}
