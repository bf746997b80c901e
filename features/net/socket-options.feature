@cap:network @cap:udp
Feature: Options of datagram sockets

  Background:
    Given interface eth0 at 10.0.0.1/24
    And alice has a UDP socket at 10.0.0.1:1000

  @OPT-01 @OPT-02 @must
  Rule: What was set is read back
    Source: POSIX.1-2001, getsockopt(), setsockopt(); 4.4BSD, kern/uipc_socket.c, sogetopt(): so_options & optname

    Scenario Outline: <option> set to <value>
      When alice sets <option> to <value>
      Then <option> of alice is <value>

      Examples:
        | option       | value |
        | SO_RCVTIMEO  | 500   |
        | SO_SNDTIMEO  | 1000  |
        | IP_TOS       | 16    |
        | IP_TTL       | 1     |
        | IP_TTL       | 255   |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <option> set to <value>, where the system has it
      When alice sets <option> to <value>
      Then <option> of alice is <value>

      Examples:
        | option          | value            |
        | SO_BROADCAST    | 1                |
        | SO_REUSEADDR    | 1                |
        | SO_PRIORITY     | 6                |
        | UDP_CORK        | 1                |
        | IP_RECVERR      | 1                |
        | IP_MTU_DISCOVER | IP_PMTUDISC_DO   |
        | IP_MTU_DISCOVER | IP_PMTUDISC_DONT |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD a switch is read as the bit that it is kept in: <option> set to <value> is <bit>
      When alice sets <option> to <value>
      Then <option> of alice is <bit>

      Examples:
        | option       | value | bit |
        | SO_REUSEADDR | 1     | 4   |
        | SO_REUSEADDR | 0     | 0   |
        | SO_BROADCAST | 1     | 32  |
        | SO_BROADCAST | 5     | 32  |

    @profile:bsd-4.4 @cap:tcp
    Scenario Outline: In 4.4BSD those of streams are, too: <option> is <bit>
      Given bob has a stream socket
      When bob sets the stream option <option> to 1
      Then the stream option <option> of bob is <bit>

      Examples:
        | option       | bit |
        | TCP_NODELAY  | 4   |
        | SO_KEEPALIVE | 8   |
        | SO_OOBINLINE | 256 |

    Scenario Outline: <option> is <value> before anybody has set it
      When alice sends 01 to 10.0.0.1:9
      Then <option> of alice is <value>

      Examples:
        | option       | value      |
        | SO_TYPE      | SOCK_DGRAM |
        | SO_ERROR     | nothing    |
        | SO_BROADCAST | 0          |
        | SO_RCVTIMEO  | 0          |
        | IP_TTL       | 64         |
        | IP_TOS       | 0          |

    Scenario: Set again, the last holds
      Given alice has set IP_TTL to 9
      When alice sets IP_TTL to 10
      Then IP_TTL of alice is 10

    Scenario: Another socket has its own
      Given bob has a UDP socket
      When alice sets IP_TTL to 9
      Then IP_TTL of bob is 64

  @OPT-02 @must
  Rule: Packets have the time to live and the type of service that the socket has
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_push_pending_frames(); 4.4BSD, netinet/udp_usrreq.c, udp_output()

    Background:
      Given neighbour 10.0.0.2 on eth0

    Scenario Outline: IP_TTL of <value>
      Given alice has set IP_TTL to <value>
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1 ttl <value> ip-checksum good"

      Examples:
        | value |
        | 1     |
        | 9     |
        | 255   |

    Scenario: Before anybody has set it
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1 ttl 64 tos 0x00"

    Scenario: IP_TOS of 16
      Given alice has set IP_TOS to 16
      When alice sends 01 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1 tos 0x10 ip-checksum good"

  @OPT-02 @must
  Rule: Only a socket that has asked for it may send to all
    Source: POSIX.1-2001, SO_BROADCAST; Linux 2.6.11, net/ipv4/udp.c, udp_sendmsg(): EACCES

    Scenario: One that has not
      When alice sends 01 to 10.0.0.255:7
      Then the call fails with EACCES
      And eth0 sends nothing

    Scenario: One that has
      Given alice has set SO_BROADCAST to 1
      When alice sends 01 to 10.0.0.255:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.255:7 length 1"

  @OPT-01 @OPT-02 @must
  Rule: What no socket of the kind has, and what can only be read, is refused
    Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(); 4.4BSD, kern/uipc_socket.c, sosetopt()

    Scenario Outline: Setting <option>
      When alice sets <option> to <value>
      Then the call fails with ENOPROTOOPT

      Examples:
        | option      | value      |
        | SO_TYPE     | SOCK_DGRAM |
        | SO_ERROR    | 0          |
        | IP_HDRINCL  | 1          |
        | ICMP_FILTER | 1          |

    @profile:bsd-4.4
    Scenario Outline: Reading <option> in 4.4BSD
      When alice asks for <option>
      Then the call fails with ENOPROTOOPT

      Examples:
        | option      |
        | IP_HDRINCL  |
        | ICMP_FILTER |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Reading an option of a level that the socket does not have
      When alice asks for ICMP_FILTER
      Then the call fails with EOPNOTSUPP

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux lets every socket read IP_HDRINCL
      Then IP_HDRINCL of alice is 0

    Scenario: One that it has
      When alice sets IP_TTL to 9
      Then IP_TTL of alice is 9

  @OPT-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A value out of range is refused, and changes nothing
    Source: Linux 2.6.11, net/ipv4/ip_sockglue.c, ip_setsockopt()

    Scenario Outline: IP_TTL of <value>
      Given alice has set IP_TTL to 9
      When alice sets IP_TTL to <value>
      Then the call fails with EINVAL
      And IP_TTL of alice is 9

      Examples:
        | value |
        | 0     |
        | 256   |
        | -2    |

    Scenario: -1 stands for the system's own
      Given alice has set IP_TTL to 9
      When alice sets IP_TTL to -1
      Then IP_TTL of alice is 64

  @OPT-02 @must @profile:notes @profile:linux-2.6.11
  Rule: A type of service above critical is for the administrator
    Source: Linux 2.6.11, net/ipv4/ip_sockglue.c, IPTOS_PREC_CRITIC_ECP

    Scenario Outline: IP_TOS of <value>
      When alice sets IP_TOS to <value> without privilege
      Then the call fails with EPERM
      And IP_TOS of alice is 0

      Examples:
        | value |
        | 160   |
        | 224   |

  @OPT-02 @must @profile:linux-6
  Rule: Every type of service is for everybody
    Source: Linux 6.18, net/ipv4/ip_sockglue.c, __ip_sock_set_tos()

    Scenario Outline: IP_TOS of <value>
      When alice sets IP_TOS to <value> without privilege
      Then IP_TOS of alice is <value>

      Examples:
        | value |
        | 160   |
        | 224   |

  @OPT-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A priority above 6 is for the administrator
    Source: Linux 2.6.11, net/core/sock.c, SO_PRIORITY

    Scenario Outline: <option> of <value>
      When alice sets <option> to <value> without privilege
      Then the call fails with EPERM
      And <option> of alice is 0

      Examples:
        | option      | value |
        | SO_PRIORITY | 7     |
        | SO_PRIORITY | -1    |

    Scenario Outline: <option> of <value> is for everybody
      When alice sets <option> to <value> without privilege
      Then <option> of alice is <value>

      Examples:
        | option      | value |
        | SO_PRIORITY | 0     |
        | SO_PRIORITY | 6     |
        | IP_TOS      | 28    |
        | IP_TOS      | 128   |

  @OPT-04 @must @profile:notes @profile:linux-2.6.11
  Rule: A buffer is twice what was asked for, within limits
    Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(): SO_RCVBUF, SO_SNDBUF

    Scenario Outline: <option> of <asked>
      When alice sets <option> to <asked>
      Then <option> of alice is <value>

      Examples: Twice as much
        | option    | asked | value |
        | SO_RCVBUF | 1000  | 2000  |
        | SO_RCVBUF | 129   | 258   |
        | SO_SNDBUF | 1025  | 2050  |

      Examples: At least
        | option    | asked | value |
        | SO_RCVBUF | 0     | 256   |
        | SO_RCVBUF | 1     | 256   |
        | SO_RCVBUF | 128   | 256   |
        | SO_SNDBUF | 1     | 2048  |
        | SO_SNDBUF | 1024  | 2048  |

    Scenario: At most, whatever is asked for
      Given alice has set SO_RCVBUF to 2147483647
      And bob has a UDP socket
      And bob has set SO_RCVBUF to 1000000
      Then SO_RCVBUF of alice and of bob are the same

    Scenario: A negative number is a huge one
      Given alice has set SO_RCVBUF to -1
      And bob has a UDP socket
      And bob has set SO_RCVBUF to 1000000
      Then SO_RCVBUF of alice and of bob are the same

  @OPT-04 @must @profile:bsd-4.4
  Rule: A buffer is what was asked for, or the call fails
    Source: 4.4BSD, kern/uipc_socket2.c, sbreserve()

    Scenario Outline: SO_RCVBUF of <asked>
      When alice sets SO_RCVBUF to <asked>
      Then SO_RCVBUF of alice is <asked>

      Examples:
        | asked  |
        | 1      |
        | 1000   |
        | 233016 |

    Scenario Outline: SO_RCVBUF of <asked> is refused
      Given alice has set SO_RCVBUF to 1000
      When alice sets SO_RCVBUF to <asked>
      Then the call fails with ENOBUFS
      And SO_RCVBUF of alice is 1000

      Examples:
        | asked  |
        | 0      |
        | 233017 |

  @OPT-02 @must
  Rule: Who receives waits no longer than it wants to
    Source: POSIX.1-2001, SO_RCVTIMEO; Linux 2.6.11, net/core/datagram.c, wait_for_packet()

    Background:
      Given alice has set SO_RCVTIMEO to 500
      And alice sleeps receiving a datagram

    @clock:virtual
    Scenario: A moment before
      When 499 ms go by
      Then alice sleeps

    Scenario: Then
      When 500 ms go by
      Then the call of alice fails with EAGAIN

    @clock:virtual
    Scenario: A datagram comes before
      Given bob has a UDP socket at 10.0.0.1:2000
      When 499 ms go by
      And bob sends 01 to 10.0.0.1:1000
      And 500 ms go by
      Then alice gets 01 from 10.0.0.1:2000

  @OPT-02 @must
  Rule: Who wants to wait 0 ms waits without end
    Source: POSIX.1-2001, SO_RCVTIMEO; Linux 2.6.11, net/core/sock.c, sock_set_timeout()

    Background:
      Given alice has set SO_RCVTIMEO to 500
      And alice has set SO_RCVTIMEO to 0

    @clock:virtual
    Scenario: An hour later
      When alice receives a datagram
      And 3600 s go by
      Then alice sleeps

    @clock:virtual
    Scenario: A datagram comes then
      Given bob has a UDP socket at 10.0.0.1:2000
      And alice sleeps receiving a datagram
      When 3600 s go by
      And bob sends 01 to 10.0.0.1:1000
      Then alice gets 01 from 10.0.0.1:2000

  @OPT-02 @must @profile:notes @profile:linux-2.6.11
  Rule: Who wants to wait less than no time does not wait
    Source: Linux 2.6.11, net/core/sock.c, sock_set_timeout(); kernel/timer.c, schedule_timeout() warns, and returns

    Scenario Outline: <asked> ms
      When alice sets SO_RCVTIMEO to <asked>
      Then SO_RCVTIMEO of alice is <told>
      And alice receives a datagram
      And the call fails with EAGAIN

      Examples: The part of a second is rounded up, with its sign
        | asked | told  |
        | -1000 | -1000 |
        | -1500 | -1499 |
        | -1    | 0     |

  @OPT-02 @must @profile:linux-6
  Rule: Who wants to wait less than no second does not wait, and parts of a second are not negative
    Source: Linux 6.18, net/core/sock.c, sock_set_timeout()

    Scenario: -1000 ms
      When alice sets SO_RCVTIMEO to -1000
      Then SO_RCVTIMEO of alice is 0
      And alice receives a datagram
      And the call fails with EAGAIN

    Scenario Outline: <asked> ms
      Given alice has set SO_RCVTIMEO to 500
      When alice sets SO_RCVTIMEO to <asked>
      Then the call fails with EDOM
      And SO_RCVTIMEO of alice is 500

      Examples:
        | asked |
        | -1    |
        | -1500 |

  @OPT-02 @must @profile:bsd-4.4
  Rule: Times are kept in ticks of 10 ms, up to 227 s, and who wants to wait less than no time waits for one
    Source: 4.4BSD, kern/uipc_socket.c, sosetopt(), SO_RCVTIMEO; kern/kern_clock.c, timeout()

    Scenario Outline: <asked> ms
      When alice sets SO_RCVTIMEO to <asked>
      Then SO_RCVTIMEO of alice is <told>

      Examples:
        | asked  | told   |
        | 15     | 10     |
        | 9      | 0      |
        | -5     | 0      |
        | -1000  | -1000  |
        | 227999 | 227990 |

    Scenario: 228 s are too long
      Given alice has set SO_RCVTIMEO to 500
      When alice sets SO_RCVTIMEO to 228000
      Then the call fails with EDOM
      And SO_RCVTIMEO of alice is 500

    @clock:virtual
    Scenario: Less than a tick is no limit
      Given alice has set SO_RCVTIMEO to 9
      And alice sleeps receiving a datagram
      When 3600 s go by
      Then alice sleeps

    @clock:virtual
    Scenario: Less than no time
      When alice sets SO_RCVTIMEO to -1000
      And alice receives a datagram
      And 9 ms go by
      Then alice sleeps
      When 1 ms goes by
      Then the call of alice fails with EAGAIN

