@cap:network @cap:tcp
Feature: Options of streams
  A program may ask for shorter segments, for more patience or less, and for ACKs at once. A number that makes no sense is
  refused, one that is too large may be cut.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @OPT-02 @must
  Rule: A number out of range is refused, and changes nothing
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt()

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <option> of <value>
      Given alice has a stream socket
      And alice has set the stream option <option> to 100
      When alice sets the stream option <option> to <value>
      Then the call fails with EINVAL
      And the stream option <option> of alice is 100

      Examples: Less than there can be, and more
        | option        | value |
        | TCP_KEEPIDLE  | 0     |
        | TCP_KEEPIDLE  | 32768 |
        | TCP_KEEPINTVL | 0     |
        | TCP_KEEPINTVL | 32768 |
        | TCP_KEEPCNT   | 0     |
        | TCP_KEEPCNT   | 128   |
        | TCP_SYNCNT    | 0     |
        | TCP_SYNCNT    | 128   |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <option> of <value> is in range
      Given alice has a stream socket
      When alice sets the stream option <option> to <value>
      Then the call succeeds
      And the stream option <option> of alice is <value>

      Examples: The least and the most
        | option        | value |
        | TCP_KEEPIDLE  | 1     |
        | TCP_KEEPIDLE  | 32767 |
        | TCP_KEEPINTVL | 1     |
        | TCP_KEEPINTVL | 32767 |
        | TCP_KEEPCNT   | 1     |
        | TCP_KEEPCNT   | 127   |
        | TCP_SYNCNT    | 1     |
        | TCP_SYNCNT    | 127   |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Nor is a segment of <octets> octets what TCP_MAXSEG may say
      Given alice has a stream socket
      When alice sets the stream option TCP_MAXSEG to <octets>
      Then the call fails with EINVAL

      Examples:
        | octets |
        | 7      |
        | 32768  |

    @profile:notes @profile:linux-2.6.11
    Scenario: 8 octets are enough
      Given alice has a stream socket
      When alice sets the stream option TCP_MAXSEG to 8
      Then the call succeeds

    @profile:linux-6
    Scenario Outline: In Linux 6 88 octets are the least, and 0 stands for none: <octets>
      Source: Linux 6.1, include/net/tcp.h, TCP_MIN_MSS
      Given alice has a stream socket
      When alice sets the stream option TCP_MAXSEG to <octets>
      Then the call <result>

      Examples:
        | octets | result            |
        | 87     | fails with EINVAL |
        | 88     | succeeds          |
        | 0      | succeeds          |

  @OPT-02 @must
  Rule: With TCP_MAXSEG no segment carries more
    Source: RFC 9293, section 3.7.1; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_connect_init(); net/ipv4/tcp_input.c, tcp_parse_options(), user_mss

    Background:
      Given alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option TCP_MAXSEG to 500

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: A client, whose server takes <mss>
      Given the peer is the server at 10.0.0.2:80
      And alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss <mss>>"
      And the peer has got ". 1:1(0) ack 1"
      When alice sends 2000 octets
      Then the peer gets "seq 1 length <length>"

      Examples: More, and less
        | mss  | length |
        | 1000 | 500    |
        | 400  | 400    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: A server, whose client takes <mss>
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss <mss>>"
      When alice sends 2000 octets
      Then the peer gets "seq 1 length <length>"

      Examples: More, and less
        | mss  | length |
        | 1000 | 500    |
        | 400  | 400    |

    @profile:notes @profile:linux-2.6.11
    Scenario: What is asked of a server is what the way takes
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0) <mss 1460,...>"

    @profile:notes @profile:linux-2.6.11
    Scenario: So is what is asked of a client
      Given alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460>"

    @profile:linux-6
    Scenario: Linux 6 asks a server for no more, either
      Source: Linux 6.1, net/ipv4/tcp_output.c, tcp_connect_init()
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0) <mss 500,...>"

    @profile:linux-6
    Scenario: Nor a client
      Source: Linux 6.1, net/ipv4/tcp_output.c, tcp_make_synack(), tcp_mss_clamp()
      Given alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 500>"

  @OPT-02 @must @profile:notes @profile:linux-2.6.11
  Rule: TCP_SYNCNT says how often a SYN is sent again, and a SYN-ACK
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_write_timeout(), tcp_synack_timer()

    Scenario: A client's SYN
      Given alice has a stream socket
      And alice has set the stream option TCP_SYNCNT to 1
      And alice has begun to connect to 10.0.0.2:80
      And 8999 ms go by
      And the peer has got "S 0:0(0)"
      And the peer has got "S 0:0(0)"
      And alice sleeps
      When 1 ms goes by
      Then the call of alice fails with ETIMEDOUT

    Scenario: A server's SYN-ACK
      Given alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option TCP_SYNCNT to 1
      And alice has listened with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535"
      When 400 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms    | S. 0:0(0) ack 1 |
        | 3000 ms | S. 0:0(0) ack 1 |

  @OPT-01 @OPT-02 @must
  Rule: Seconds are kept in a unit of the system's own
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), tcp_getsockopt(); Linux 6.1, net/ipv4/tcp.c, secs_to_retrans(), retrans_to_secs()

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: TCP_DEFER_ACCEPT of <asked>
      Given alice has a stream socket
      And alice has set the stream option TCP_DEFER_ACCEPT to 100
      When alice sets the stream option TCP_DEFER_ACCEPT to <asked>
      Then the stream option TCP_DEFER_ACCEPT of alice is <read>

      Examples: When a SYN-ACK has been sent again so often
        | asked | read |
        | -1    | 0    |
        | 0     | 0    |
        | 1     | 3    |
        | 3     | 3    |
        | 4     | 6    |
        | 6     | 6    |
        | 7     | 12   |

    @profile:linux-6
    Scenario Outline: In Linux 6 TCP_DEFER_ACCEPT of <asked>
      Given alice has a stream socket
      And alice has set the stream option TCP_DEFER_ACCEPT to 100
      When alice sets the stream option TCP_DEFER_ACCEPT to <asked>
      Then the stream option TCP_DEFER_ACCEPT of alice is <read>

      Examples: With all that has gone by before
        | asked | read |
        | 0     | 0    |
        | 1     | 1    |
        | 2     | 3    |
        | 3     | 3    |
        | 4     | 7    |

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: TCP_LINGER2 of <asked>
      Given alice has a stream socket
      When alice sets the stream option TCP_LINGER2 to <asked>
      Then the stream option TCP_LINGER2 of alice is <read>

      Examples: As long as the host is set to at most, and that where it says nothing
        | asked | read |
        | -5    | -1   |
        | 0     | 60   |
        | 5     | 5    |
        | 60    | 60   |
        | 61    | 60   |

    @profile:linux-6
    Scenario Outline: In Linux 6 TCP_LINGER2 of <asked>
      Source: Linux 6.1, net/ipv4/tcp.c, TCP_FIN_TIMEOUT_MAX
      Given alice has a stream socket
      When alice sets the stream option TCP_LINGER2 to <asked>
      Then the stream option TCP_LINGER2 of alice is <read>

      Examples: Two minutes at most
        | asked | read |
        | -5    | -1   |
        | 0     | 60   |
        | 61    | 61   |
        | 120   | 120  |
        | 121   | 120  |

  @OPT-01 @OPT-02 @must
  Rule: Marks and lingering have values that stand for something else
    Source: Linux 2.6.11, net/core/sock.c, sock_setsockopt(), sock_getsockopt()

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: <option> of <asked>
      Given alice has a stream socket
      When alice sets the stream option <option> to <asked>
      Then the stream option <option> of alice is <read>

      Examples: No octet is no mark
        | option      | asked | read       |
        | SO_RCVLOWAT | 0     | 1          |
        | SO_RCVLOWAT | 7     | 7          |
        | SO_LINGER   | 7     | 7          |
        | SO_LINGER   | -1    | -1         |

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: SO_RCVLOWAT of <asked>, which is more than there will ever be
      Given alice has a stream socket
      When alice sets the stream option SO_RCVLOWAT to <asked>
      Then the stream option SO_RCVLOWAT of alice is <read>

      Examples: Less than nothing stands for all
        | asked  | read       |
        | -1     | 2147483647 |
        | 900000 | 900000     |

    @profile:linux-6
    Scenario Outline: In Linux 6 SO_RCVLOWAT of <asked> is no more than half of the receive buffer
      Source: Linux 6.1, net/ipv4/tcp.c, tcp_set_rcvlowat()
      Given alice has a stream socket
      And alice has set the stream option SO_RCVBUF to 4000
      When alice sets the stream option SO_RCVLOWAT to <asked>
      Then the stream option SO_RCVLOWAT of alice is <read>

      Examples: The buffer has 8000
        | asked | read |
        | 4000  | 4000 |
        | 4001  | 4000 |
        | -1    | 4000 |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who has not said so does not linger
      When alice has a stream socket
      Then the stream option SO_LINGER of alice is -1

    @profile:notes @profile:bsd-4.4
    Scenario Outline: Elsewhere there is one: <asked> octets
      Source: 4.4BSD, kern/uipc_socket.c, sosetopt()
      Given alice has a stream socket
      And alice has set the stream option SO_SNDBUF to 4000
      When alice sets the stream option SO_SNDLOWAT to <asked>
      Then the stream option SO_SNDLOWAT of alice is <asked>

      Examples:
        | asked |
        | 1     |
        | 3000  |

    @profile:bsd-4.4
    Scenario: In 4.4BSD it is a cluster of 2048 octets at first
      When alice has a stream socket
      Then the stream option SO_SNDLOWAT of alice is 2048

    @profile:notes
    Scenario: It is some octets at least
      Given alice has a stream socket
      When alice sets the stream option SO_SNDLOWAT to 0
      Then the call fails with EINVAL

    @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux has no mark for writing that could be set
      Given alice has a stream socket
      When alice sets the stream option SO_SNDLOWAT to 10
      Then the call fails with ENOPROTOOPT
      And the stream option SO_SNDLOWAT of alice is 1

  @OPT-02 @TXP-09 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: TCP_QUICKACK has ACKs go at once, or wait
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), TCP_QUICKACK

    Scenario: They wait for data
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_QUICKACK to 0
      When the peer sends "P. 1:11(10) ack 1"
      Then the peer gets nothing
      And the stream option TCP_QUICKACK of alice is 0

    Scenario: One that waits goes, when all has been read
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_QUICKACK to 0
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 10 octets
      And the peer gets nothing
      When alice sets the stream option TCP_QUICKACK to 1
      Then the peer gets ". 1:1(0) ack 11"
      And the stream option TCP_QUICKACK of alice is 1

    Scenario: Not before
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_QUICKACK to 0
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 9 octets
      When alice sets the stream option TCP_QUICKACK to 1
      Then the peer gets nothing

    Scenario: For once
      Given alice has a connection that the peer began
      And alice has set the stream option TCP_QUICKACK to 0
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 10 octets
      And alice has set the stream option TCP_QUICKACK to 2
      And the peer has got ". 1:1(0) ack 11"
      When the peer sends "P. 11:21(10) ack 1"
      Then the peer gets nothing

  @OPT-02 @BUF-09 @must @profile:notes
  Rule: TCP_WINDOW_CLAMP is the most that is offered
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), TCP_WINDOW_CLAMP; net/ipv4/tcp_output.c, tcp_select_initial_window()

    Scenario Outline: <asked> octets, at a server
      Given alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option TCP_WINDOW_CLAMP to <asked>
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer is offered a window of <window>
      And the stream option TCP_WINDOW_CLAMP of alice is <window>

      Examples: 128 at least
        | asked | window |
        | 1000  | 1000   |
        | 129   | 129    |
        | 127   | 128    |

    Scenario: At a client
      Given alice has a stream socket
      And alice has set the stream option TCP_WINDOW_CLAMP to 1000
      When alice begins to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0) win 1000"

    @cap:tcp-tunables
    Scenario: What no window will ever be needs no scale
      Given windowScaling is 1
      And alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option SO_RCVBUF to 60000
      And alice has set the stream option TCP_WINDOW_CLAMP to 65535
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,wscale 7>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,wscale 0>"

    Scenario: It holds for the whole connection
      Given alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option TCP_WINDOW_CLAMP to 2000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 50000 octets to alice, who reads up to 2500 whenever the window is used up
      Then the peer is offered a window of 2000 at most

    Scenario: Of a connection it cannot be taken back
      Given alice has a connection that the peer began
      When alice sets the stream option TCP_WINDOW_CLAMP to 0
      Then the call fails with EINVAL

    Scenario: Of a socket that has none it can
      Given alice has a stream socket at 10.0.0.1:80
      And alice has set the stream option SO_RCVBUF to 3000
      And alice has set the stream option TCP_WINDOW_CLAMP to 1000
      And alice has set the stream option TCP_WINDOW_CLAMP to 0
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000>"
      Then the peer is offered a window of 6000

  @OPT-02 @VEG-02 @must @profile:notes @cap:tcp-info @cap:tcp-tunables
  Rule: With another congestion control the windows stay as they are
    Source: the idea of tcp_set_congestion_control() of Linux 2.6.13

    Background:
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 30000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time

    Scenario Outline: Slow start with <control>
      When alice chooses <control> as congestion control
      Then the congestion window of alice is 8000 octets
      And the slow-start threshold of alice is not set

      Examples: It may count segments, or octets
        | control |
        | newreno |
        | vegas   |

    Scenario: The threshold
      Given the peer sends 3 duplicate ACKs
      And the peer has acknowledged 8000 octets, 8000 at a time
      When alice chooses newreno as congestion control
      Then the slow-start threshold of alice is 4000 octets

    Scenario: And back
      Given alice has chosen newreno as congestion control
      When alice chooses reno as congestion control
      Then the congestion window of alice is 8000 octets
