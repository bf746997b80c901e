@cap:network @cap:faulting-address
Feature: Pointers that lead nowhere
  A program may hand the kernel an address at which it has no memory. Its call fails with EFAULT, and it gets no signal. What
  has happened by then depends on when the kernel needs the pointer: to begin with, or when all is done.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @BND-01 @cap:udp @must
  Rule: The length of an address is looked at, then it is copied in, and only then is anything done with it
    Source: Linux 2.6.11, net/socket.c, sys_bind(), move_addr_to_kernel(): at most 128 octets; 4.4BSD,
    kern/uipc_syscalls.c, sockargs(): at most an mbuf, or 112 of an old program

    Background:
      Given alice has a UDP socket

    Scenario Outline: <length> octets
      When alice binds with an address at no memory, of <length> octets
      Then the call fails with <errno>
      And the socket of alice has the address 0.0.0.0:0

      Examples: What is nowhere is not copied when it is too long, or nothing
        | length      | errno  |
        | -2147483648 | EINVAL |
        | -1          | EINVAL |
        | 0           | EINVAL |
        | 1           | EFAULT |
        | 15          | EFAULT |
        | 16          | EFAULT |
        | 112         | EFAULT |
        | 129         | EINVAL |
        | 2147483647  | EINVAL |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux has room for 128
      When alice binds with an address at no memory, of 128 octets
      Then the call fails with EFAULT
      And the socket of alice has the address 0.0.0.0:0

    @profile:bsd-4.4
    Scenario: 4.4BSD has not
      When alice binds with an address at no memory, of 113 octets
      Then the call fails with EINVAL
      And the socket of alice has the address 0.0.0.0:0

    Scenario Outline: To connect, <length> octets
      When alice connects with an address at no memory, of <length> octets
      Then the call fails with <errno>

      Examples:
        | length | errno  |
        | -1     | EINVAL |
        | 1      | EFAULT |
        | 16     | EFAULT |
        | 129    | EINVAL |

    @profile:linux-6 @profile:bsd-4.4
    Scenario: To connect, no octets, of which Linux 2.6.11 would look at a family that nobody has written
      When alice connects with an address at no memory, of 0 octets
      Then the call fails with EINVAL

    @profile:linux-6
    Scenario: A connected socket keeps its peer, too, when it is to be connected to nothing
      Given alice has connected to 10.0.0.2:7
      When alice connects with an address at no memory, of 0 octets
      Then the call fails with EINVAL
      And the peer of alice is 10.0.0.2:7

    @cap:tcp @profile:linux-6 @profile:bsd-4.4
    Scenario: A stream to nothing
      Given carol has a stream socket
      When carol connects with an address at no memory, of 0 octets
      Then the call fails with EINVAL

    Scenario: Afterwards the socket can be bound
      Given alice binds with an address at no memory, of 16 octets
      When alice binds to 10.0.0.1:1000
      Then the call succeeds
      And the socket of alice has the address 10.0.0.1:1000

    Scenario: A connected socket keeps its peer
      Given alice has connected to 10.0.0.2:7
      When alice connects with an address at no memory, of 16 octets
      Then the call fails with EFAULT
      And the peer of alice is 10.0.0.2:7

    Scenario: Another may have the port
      Given bob has a UDP socket
      And alice binds with an address at no memory, of 16 octets
      When bob binds to 10.0.0.1:1000
      Then the call succeeds

  @BND-01 @cap:udp @must
  Rule: Whether there is a socket is asked before the pointers are followed, but for what says which pointers there are
    Source: Linux 2.6.11, net/socket.c, sys_sendmsg(), sys_recvmsg(): the structure is copied in first; Linux 6,
    net/socket.c, __sys_sendmsg(): not even that; 4.4BSD, kern/uipc_syscalls.c, recvfrom(), sendmsg(), recvmsg()

    Background:
      Given alice has a UDP socket
      And bob has a UDP socket at 10.0.0.1:2000
      And alice has connected to 10.0.0.1:2000
      And alice has closed the socket

    Scenario Outline: alice <does>
      When alice <does>
      Then the call fails with EBADF

      Examples:
        | does                                                     |
        | binds with an address at no memory, of 16 octets         |
        | connects with an address at no memory, of 16 octets      |
        | sends with the octets at no memory                       |
        | sends with the address at no memory                      |
        | receives up to 10 octets where memory ends after 0       |
        | receives with the address at no memory                   |
        | asks for its address with the address at no memory       |
        | asks for its address with the address-length at no memory |
        | asks for its peer with the address at no memory          |
        | sets SO_REUSEADDR from a value at no memory, of 4 octets |
        | asks for SO_REUSEADDR with the value at no memory        |
        | asks for SO_REUSEADDR with the value-length at no memory |

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: What Linux 2.6.11 copies in first: <does> with the <pointer>
      When alice <does> with the <pointer> at no memory
      Then the call fails with <errno>

      Examples:
        | does     | pointer        | errno  |
        | sends    | msghdr         | EFAULT |
        | receives | msghdr         | EFAULT |
        | sends    | msg_iov        | EBADF  |
        | receives | msg_iov        | EBADF  |
        | receives | address-length | EBADF  |

    @profile:linux-6
    Scenario Outline: Linux 6 copies nothing in first: <does> with the <pointer>
      When alice <does> with the <pointer> at no memory
      Then the call fails with EBADF

      Examples:
        | does     | pointer        |
        | sends    | msghdr         |
        | receives | msghdr         |
        | sends    | msg_iov        |
        | receives | msg_iov        |
        | receives | address-length |

    @profile:bsd-4.4
    Scenario Outline: 4.4BSD copies all of these in first: <does> with the <pointer>
      When alice <does> with the <pointer> at no memory
      Then the call fails with EFAULT

      Examples:
        | does     | pointer        |
        | sends    | msghdr         |
        | receives | msghdr         |
        | sends    | msg_iov        |
        | receives | msg_iov        |
        | receives | address-length |

  @SND-01 @cap:udp @must
  Rule: Of a datagram that cannot be copied in whole nothing is sent
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), getfrag; net/ipv4/udp.c, udp_sendmsg(),
    udp_flush_pending_frames(); 4.4BSD, kern/uipc_socket.c, sosend()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And alice has connected to 10.0.0.2:7

    Scenario Outline: <length> octets, of which <there> are there
      When alice sends <length> octets where memory ends after <there>
      Then the call fails with EFAULT
      And eth0 sends nothing
      And alice sends 01 02
      And eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 2"

      Examples: The first fragment takes 1472, each further one 1480
        | length | there |
        | 1      | 0     |
        | 10     | 9     |
        | 1472   | 1471  |
        | 3000   | 1472  |
        | 3000   | 2999  |

    Scenario: What is all there goes, up to the last octet
      When alice sends 10 octets where memory ends after 10
      Then all 10 octets were taken
      And eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 10"

    Scenario: Where there is nothing to copy nothing is missed
      When alice sends 0 octets where memory ends after 0
      Then all 0 octets were taken
      And eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 0"

    Scenario Outline: The <pointer>
      When alice sends with the <pointer> at no memory
      Then the call fails with EFAULT
      And eth0 sends nothing
      And alice sends 01 02
      And eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 2"

      Examples:
        | pointer |
        | octets  |
        | address |
        | msg_iov |
        | msghdr  |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: What waits of the datagram is thrown away with it
      Given alice has sent 01 02 03 with more to come
      And alice sends 10 octets where memory ends after 5
      When alice sends 04 05
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 2"

    @cap:mib @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: It is counted as discarded, and not as sent
      When alice sends 10 octets where memory ends after 5
      Then the call fails with EFAULT
      And OutDiscards is 1
      And UdpOutDatagrams is 0

    Scenario: An error that waits is told first
      Given bob has a UDP socket
      And bob has connected to 10.0.0.1:9
      And bob has sent 01
      When bob sends 10 octets where memory ends after 5
      Then the call fails with ECONNREFUSED
      And bob sends 10 octets where memory ends after 5
      And the call fails with EFAULT

    Scenario: Whom to send to is asked first
      Given bob has a UDP socket
      When bob sends 10 octets where memory ends after 5
      Then the call fails with EDESTADDRREQ

    Scenario: An address is followed first
      Given bob has a UDP socket
      When bob sends with the address at no memory
      Then the call fails with EFAULT

    Scenario: The length is looked at first
      When alice sends 65536 octets where memory ends after 0
      Then the call fails with EMSGSIZE

  @RCV-01 @cap:udp @must
  Rule: A datagram that cannot be copied out is lost
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_recvmsg(), out_free; 4.4BSD, kern/uipc_socket.c, soreceive(), sbdroprecord()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.0.1:2000
      And alice has sent 10 octets of AA to 10.0.0.1:2000
      And alice has sent 0B 0B to 10.0.0.1:2000

    Scenario Outline: <size> octets at most, and memory for <there>
      When bob receives up to <size> octets where memory ends after <there>
      Then the call fails with EFAULT
      And 1 datagram waits for bob
      And bob receives a datagram
      And bob gets 0B 0B from 10.0.0.1:1000

      Examples:
        | size | there |
        | 100  | 0     |
        | 100  | 9     |
        | 10   | 9     |
        | 5    | 4     |

    Scenario Outline: What is not needed may be nowhere: <size> octets, and memory for <there>
      When bob receives up to <size> octets where memory ends after <there>
      Then bob has got <fits> octets of AA
      And 1 datagram waits for bob

      Examples:
        | size | there | fits |
        | 100  | 10    | 10             |
        | 5    | 5     | 5              |

    Scenario: Nothing to copy
      When bob receives up to 0 octets where memory ends after 0
      Then bob has got no octets
      And 1 datagram waits for bob

    Scenario: Who only looks loses nothing
      When bob looks at up to 100 octets where memory ends after 4
      Then the call fails with EFAULT
      And 2 datagrams wait for bob

    Scenario: Where there is none the pointer is not followed
      When alice receives up to 100 octets where memory ends after 0
      Then the call fails with EAGAIN

    Scenario: Its address cannot be copied out, which is found when it is taken already
      When bob receives with the address at no memory
      Then the call fails with EFAULT
      And 1 datagram waits for bob

    Scenario Outline: The <pointer> is needed to begin with
      When bob receives with the <pointer> at no memory
      Then the call fails with EFAULT
      And 2 datagrams wait for bob

      Examples:
        | pointer |
        | msg_iov |
        | msghdr  |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux looks at the length of the address when the datagram is taken, and writes no address then
      When bob receives with the address-length at no memory
      Then the call fails with EFAULT
      And no octet of an address is written for bob
      And 1 datagram waits for bob

    @profile:bsd-4.4
    Scenario: 4.4BSD looks at it first
      When bob receives with the address-length at no memory
      Then the call fails with EFAULT
      And 2 datagrams wait for bob

    @cap:mib @profile:linux-6
    Scenario: Linux 6 counts it as an error
      When bob receives up to 100 octets where memory ends after 0
      Then the call fails with EFAULT
      And UdpInErrors is 1
      And UdpInDatagrams is 0

    @cap:mib @profile:notes @profile:linux-2.6.11
    Scenario: Linux 2.6.11 has counted it as delivered
      When bob receives up to 100 octets where memory ends after 0
      Then the call fails with EFAULT
      And UdpInErrors is 0
      And UdpInDatagrams is 2

  @SND-01 @RCV-01 @cap:udp @must
  Rule: What was not given up is not lost, and the sockets can be used afterwards
    Source: POSIX.1-2001, sys/socket.h: EFAULT ends the call, and not the process

    Scenario: Generated calls, with and without such pointers
      Then the property "a call with a pointer that leads nowhere loses nothing but what it had taken" holds

  @SND-02 @cap:tcp @must
  Rule: Of a stream the pieces that were copied in are sent, and the one that was not is not
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(), do_fault: a piece is what goes into a segment; Linux 6: into a
    fragment of pages of 32768 octets; 4.4BSD, kern/uipc_socket.c, sosend(): into an mbuf

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And alice has a connection that the peer began

    Scenario Outline: The only piece: <length> octets, of which <there> are there
      When alice sends <length> octets where memory ends after <there>
      Then the call fails with EFAULT
      And the peer gets nothing
      And alice sends 20 octets
      And the peer gets "P. 1:21(20) ack 1"

      Examples:
        | length | there |
        | 1      | 0     |
        | 100    | 99    |
        | 1460   | 1459  |

    Scenario: All of it is there
      When alice sends 100 octets where memory ends after 100
      Then 100 octets of alice were taken
      And the peer gets "P. 1:101(100) ack 1"

    Scenario: An end of the connection is told first
      Given the peer has sent "R. 1:1(0) ack 1"
      When alice sends 100 octets where memory ends after 0
      Then the call fails with ECONNRESET

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: Linux 2.6.11 takes whole segments: <there> octets of 5000 are there
      When alice sends 5000 octets where memory ends after <there>
      Then <taken> octets of alice were taken
      And the peer gets ". 1:1461(1460) ack 1"

      Examples:
        | there | taken |
        | 1460  | 1460  |
        | 2919  | 1460  |
        | 2920  | 2920  |

    @profile:linux-6
    Scenario: Linux 6 takes nothing of less than a fragment
      When alice sends 5000 octets where memory ends after 4999
      Then the call fails with EFAULT
      And the peer gets nothing
      And alice sends 20 octets
      And the peer gets "P. 1:21(20) ack 1"

    @profile:bsd-4.4
    Scenario: 4.4BSD has sent the first mbufs, and tells of none
      Given alice sends 5000 octets where memory ends after 4095
      And the call fails with EFAULT
      And the peer has got ". 1:1461(1460) ack 1"
      When the peer sends ". 1:1(0) ack 1461"
      Then the peer gets "P. 1461:2049(588) ack 1"

  @RCV-03 @cap:tcp @must
  Rule: Octets of a stream that cannot be copied out stay, but not in 4.4BSD
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_recvmsg(): the place in the stream moves behind what was copied; 4.4BSD,
    kern/uipc_socket.c, soreceive(): the mbuf is freed all the same

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And alice has a connection that the peer began
      And the peer has sent "P. 1:101(100) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Of 100 octets <size> at most, and memory for <there>
      When alice receives up to <size> octets where memory ends after <there>
      Then the call fails with EFAULT
      And alice receives up to 1000 octets
      And alice gets the next 100 octets

      Examples:
        | size | there |
        | 100  | 0     |
        | 1000 | 99    |
        | 60   | 59    |

    @profile:notes @profile:linux-2.6.11
    Scenario: The first segment can be copied, the second cannot, which Linux 6 may have made one
      Given the peer has sent "P. 101:201(100) ack 1"
      When alice receives up to 200 octets where memory ends after 150
      Then alice gets the next 100 octets
      And alice receives up to 1000 octets
      And alice gets the next 100 octets

    @profile:bsd-4.4
    Scenario: 4.4BSD loses what it could not copy
      Given alice receives up to 1000 octets where memory ends after 99
      And the call fails with EFAULT
      And the peer has sent "P. 101:201(100) ack 1"
      When alice receives up to 1000 octets
      Then 100 octets of the stream are not for alice
      And alice gets the next 100 octets

    Scenario: All that is needed is there
      When alice receives up to 1000 octets where memory ends after 100
      Then alice gets the next 100 octets

    Scenario: Who only looks loses nothing
      Given alice looks at up to 100 octets where memory ends after 50
      And the call fails with EFAULT
      When alice receives up to 1000 octets
      Then alice gets the next 100 octets

    @SOC-14
    Scenario: An urgent octet is read all the same
      Given the peer has sent "PU. 101:106(5) ack 1 urg 5"
      And alice receives the urgent octet where memory ends after 0
      And the call fails with EFAULT
      When alice receives the urgent octet
      Then the call fails with EINVAL

  @ACC-03 @cap:tcp @must
  Rule: A connection whose address cannot be copied out is taken off the queue
    Source: Linux 2.6.11, net/socket.c, sys_accept(), out_release: it is closed; 4.4BSD, kern/uipc_syscalls.c, accept1():
    it has its descriptor by then

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected
      And peer 2 has connected

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Linux closes it: the <pointer>
      When alice accepts with the <pointer> at no memory
      Then the call fails with EFAULT
      And the peer gets "F. 1:1(0) ack 1"
      And alice accepts a connection
      And alice has a connection from peer 2

      Examples:
        | pointer        |
        | address        |
        | address-length |

    @profile:bsd-4.4
    Scenario: 4.4BSD leaves it open, under a descriptor that nobody knows
      When alice accepts with the address at no memory
      Then the call fails with EFAULT
      And the peer gets nothing
      And alice accepts a connection
      And alice has a connection from peer 2

    @profile:bsd-4.4
    Scenario: 4.4BSD looks at the length of the address first
      When alice accepts with the address-length at no memory
      Then the call fails with EFAULT
      And alice accepts a connection
      And alice has a connection from the peer

  @BND-01 @cap:udp @must
  Rule: A name is written as far as there is said to be room, and its length behind it
    Source: Linux 2.6.11, net/socket.c, sys_getsockname(), move_addr_to_user(); 4.4BSD, kern/uipc_syscalls.c, getsockname()

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario Outline: Some room, and no memory: <length>
      When alice asks for its address with the address at no memory and a length of <length>
      Then the call fails with EFAULT
      And the length that alice has handed over is <length> afterwards

      Examples: Linux tells the whole length, 4.4BSD what was written; neither comes to it
        | length |
        | 1      |
        | 16     |

    @profile:linux-6
    Scenario: Linux 6.18 has written the length before
      When alice asks for its address with the address at no memory and a length of 1
      Then the call fails with EFAULT
      And the length that alice has handed over is 16 afterwards

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Linux with no room needs no memory, and tells how long it is
      When alice asks for its address with the address at no memory and a length of 0
      Then the call succeeds
      And the length that alice has handed over is 16 afterwards

    @profile:bsd-4.4
    Scenario: 4.4BSD with no room needs no memory
      When alice asks for its address with the address at no memory and a length of 0
      Then the call succeeds
      And the length that alice has handed over is 0 afterwards

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A negative length is refused before the address is followed
      When alice asks for its address with the address at no memory and a length of -1
      Then the call fails with EINVAL

    Scenario: Without a length nothing is written
      When alice asks for its address with the address-length at no memory
      Then the call fails with EFAULT
      And no octet of an address is written for alice

    Scenario: Whether there is a peer is asked first
      When alice asks for its peer with the address-length at no memory
      Then the call fails with ENOTCONN

    Scenario: A peer
      Given alice has connected to 10.0.0.2:7
      When alice asks for its peer with the address at no memory
      Then the call fails with EFAULT
      And the peer of alice is 10.0.0.2:7

  @OPT-02 @cap:udp @must
  Rule: A value is copied in before anybody asks what it is for
    Source: Linux 2.6.11, net/socket.c, sys_setsockopt(); net/core/sock.c, sock_setsockopt(); net/ipv4/ip_sockglue.c,
    ip_setsockopt(): an int, or an octet; 4.4BSD, kern/uipc_syscalls.c, setsockopt(): as long as it is said to be

    Background:
      Given alice has a UDP socket
      And alice has set IP_TTL to 33

    Scenario Outline: <option>, <length> octets
      When alice sets <option> from a value at no memory, of <length> octets
      Then the call fails with <errno>
      And IP_TTL of alice is 33

      Examples: Of SO_ERROR nobody asks whether it can be set
        | option       | length | errno  |
        | SO_REUSEADDR | 0      | EINVAL |
        | SO_REUSEADDR | 4      | EFAULT |
        | SO_REUSEADDR | 8      | EFAULT |
        | SO_ERROR     | 4      | EFAULT |
        | IP_TTL       | 0      | EINVAL |
        | IP_TTL       | 1      | EFAULT |
        | IP_TTL       | 4      | EFAULT |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Linux looks at the length first: <length>
      Given alice has set SO_REUSEADDR to 1
      When alice sets SO_REUSEADDR from a value at no memory, of <length> octets
      Then the call fails with EINVAL
      And SO_REUSEADDR of alice is 1

      Examples:
        | length |
        | -1     |
        | 1      |
        | 3      |

    @profile:bsd-4.4
    Scenario Outline: 4.4BSD asks only whether it fits into an mbuf: <length>
      When alice sets SO_REUSEADDR from a value at no memory, of <length> octets
      Then the call fails with <errno>
      And IP_TTL of alice is 33

      Examples:
        | length | errno  |
        | -1     | EFAULT |
        | 3      | EFAULT |
        | 108    | EFAULT |
        | 109    | EINVAL |

  @OPT-01 @cap:udp @must
  Rule: A value is found before it is copied out
    Source: Linux 2.6.11, net/core/sock.c, sock_getsockopt(); net/ipv4/ip_sockglue.c, ip_getsockopt(); 4.4BSD,
    kern/uipc_syscalls.c, getsockopt()

    Background:
      Given alice has a UDP socket
      And alice has connected to 10.0.0.1:9
      And alice has sent 01

    Scenario: An error is forgotten that could not be told
      When alice asks for SO_ERROR with the value at no memory
      Then the call fails with EFAULT
      And SO_ERROR of alice is nothing

    Scenario: It is not when even the length cannot be looked at
      When alice asks for SO_ERROR with the value-length at no memory
      Then the call fails with EFAULT
      And SO_ERROR of alice is ECONNREFUSED

    Scenario Outline: With no room no memory is needed: <option>
      When alice asks for <option> with the value at no memory and a length of 0
      Then the call succeeds
      And the length that alice has handed over is 0 afterwards

      Examples:
        | option       |
        | SO_REUSEADDR |
        | IP_TTL       |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A negative length is refused
      When alice asks for SO_ERROR with the value at no memory and a length of -1
      Then the call fails with EINVAL
      And SO_ERROR of alice is ECONNREFUSED

    Scenario: The length of an option of the socket is written behind its value
      When alice asks for SO_REUSEADDR with the value at no memory and a length of 100
      Then the call fails with EFAULT
      And the length that alice has handed over is 100 afterwards

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: That of an option of IP in Linux before it: <length>
      When alice asks for IP_TTL with the value at no memory and a length of <length>
      Then the call fails with EFAULT
      And the length that alice has handed over is <after> afterwards

      Examples: Less than an int is an octet
        | length | after |
        | 100    | 4     |
        | 3      | 1     |
